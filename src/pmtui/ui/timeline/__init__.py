"""The Timeline tab: the work breakdown structure and its bars, side by side."""
