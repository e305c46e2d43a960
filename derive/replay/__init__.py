"""Certificates checked by code that shares nothing with the tower but terms."""
