"""Riemann's zeta function; NIST Digital Library of Mathematical Functions 25.2."""

from __future__ import annotations

from derive.functions.record import Function

FUNCTIONS = (Function("zeta", "\\zeta", "DLMF 25.2.1", costly=True, sympy="zeta", mpmath="zeta"),)
