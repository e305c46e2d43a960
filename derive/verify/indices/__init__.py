"""Equality of arrays in any dimension, by a canonical form of index notation."""
