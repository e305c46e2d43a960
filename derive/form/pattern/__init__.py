"""Parallel parts of formulas, aligned leaf by leaf: which one deviates from its siblings, and in what."""
