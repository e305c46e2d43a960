"""Airy functions; NIST Digital Library of Mathematical Functions 9.2."""

from __future__ import annotations

from derive.functions.record import Function

FUNCTIONS = (
    Function(
        "Ai",
        "\\operatorname{Ai}",
        "DLMF 9.2.3",
        words=("Ai",),
        costly=True,
        sympy="airyai",
        mpmath="airyai",
    ),
    Function(
        "Bi",
        "\\operatorname{Bi}",
        "DLMF 9.2.7",
        words=("Bi",),
        costly=True,
        sympy="airybi",
        mpmath="airybi",
    ),
)
