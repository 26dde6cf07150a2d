"""The Vision tab: products, what they want to reach, and the key results that measure it."""
