"""Real and imaginary part, conjugate, argument; NIST Digital Library of Mathematical Functions 1.9."""

from __future__ import annotations

from derive.functions.record import Function

FUNCTIONS = (
    Function(
        "Re", "\\operatorname{Re}", "DLMF 1.9.2", words=("Re",), sympy="re", mpmath="re", related=("Im",)
    ),
    Function("Im", "\\operatorname{Im}", "DLMF 1.9.2", words=("Im",), sympy="im", mpmath="im"),
    Function("arg", "\\arg", "DLMF 1.9.7", words=("arg", "Arg"), jumps=True, sympy="arg", mpmath="arg"),
    Function(
        "conjugate", "\\overline{{0}}", "DLMF 1.9.11", words=("conj",), sympy="conjugate", mpmath="conj"
    ),
)
