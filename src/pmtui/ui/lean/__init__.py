"""The lean driver: Textual repaints whole regions, this sends the cells of them that changed.

Pure but for `driver.py`: `picture.py` reads what Textual paints, `difference.py` says how to get from one
picture to the next, with the help of `scrolling.py`, `styles.py` and `graphemes.py`.
"""
