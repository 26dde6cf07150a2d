"""The Roadmap tab: cards in lanes, by horizon or by month and quarter, with what was promised for them."""
