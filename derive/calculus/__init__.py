"""Differentiation, gradients, and following definitions."""
