"""Drawing as pure functions: a plan and a size in, lines of styled text out. No Textual in here."""
