"""Slips of form: indices, binders, differentials, marks."""
