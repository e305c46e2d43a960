"""Certified values of terms in a model: exact numbers, balls, jets, arrays."""
