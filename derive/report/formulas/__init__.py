"""Formulas as a reader is shown them: whole, with the macros of the document expanded, mended."""
