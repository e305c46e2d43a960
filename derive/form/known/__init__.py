"""Formulas that have a name, and what their words promise: found by their left side, compared by deciding."""
