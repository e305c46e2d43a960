"""Typed terms: what the syntax means in its scope."""

from derive.terms.elaborate import elaborate

__all__ = ["elaborate"]
