"""Files of other tools and of pmtui itself: a file in, one command and a report out; a plan in, a text out.

`read.plan_import` is the way in, `write` the way out. Nothing here changes a plan or a plan file.
"""
