"""A plan in, text out. Reports write nothing and know neither the terminal nor the store."""
