"""The plan and its rules, in pure functions that need nothing but the standard library.

`entities` says what a plan is made of, `commands` what a user can want, `rules` what follows from
it. `decide` is the one way from a command to changes.
"""
