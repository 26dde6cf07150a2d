"""The user interface: the only package that imports Textual.

`keys` is the table of every key, `draw` turns a plan into lines of text without Textual, `widgets`
and `dialogs` show them, and each tab has a folder of its own. Nothing here writes: what a user
wants becomes a command and goes to the workspace.
"""
