"""Operators over a range, and limits."""
