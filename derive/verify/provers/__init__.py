"""Proof finders behind the normal form."""
