"""max and min of several numbers; remainders and divisors; functions that are one or zero."""

from __future__ import annotations

from derive.functions.record import Function

FUNCTIONS = (
    Function("max", "\\max", "DLMF front matter", most=-1, words=("max",), continuity="continuous",
             sympy="Max", related=("min",)),
    Function("min", "\\min", "DLMF front matter", most=-1, words=("min",), continuity="continuous",
             sympy="Min"),
    Function("mod", "{0} \\bmod {1}", "Graham, Knuth, Patashnik: Concrete Mathematics 3.21", least=2, most=2,
             jumps=True, sympy="Mod"),
    Function("indicator", "\\mathbb{1}\\left[{0}\\right]", "Iverson's convention", jumps=True),
    Function("delta", "\\delta", "DLMF 1.17.1", jumps=True,
             sympy=lambda sp, x, evaluate=True: sp.DiracDelta(x, evaluate=evaluate)),
    Function("kronecker", "\\delta_{{0}, {1}}", "DLMF front matter", least=2, most=2,
             jumps=True, integers=True,
             sympy=lambda sp, i, j, evaluate=True: sp.KroneckerDelta(i, j, evaluate=evaluate)),
)  # fmt: skip
