"""The plan in one SQLite file: tables, transactions, migrations, backups, and a fast way to read.

The only package that knows SQLModel. `read` and `journal` need nothing but the standard library,
so that looking at a plan stays fast and can never write.
"""
