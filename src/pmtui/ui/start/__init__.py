"""The start screen: what an empty plan shows, with three ways on, one key each."""
