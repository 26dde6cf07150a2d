"""Dialogs: each asks one thing and answers with a value, never with an action of its own."""
