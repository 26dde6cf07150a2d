"""The Matrix tab: the backlog on the value/effort plane, and the ordered list beside it."""
