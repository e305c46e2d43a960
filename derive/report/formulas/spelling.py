"""Commands that the reader knows and plain LaTeX does not, in commands that every program draws.

Those of packages come with their bodies; the others are made from the tables of notation, so that a name
which is learnt there is drawn here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from derive.model import Macro
from derive.notation.tables import SIGNS
from derive.notation.tables.packages import MACROS as PACKAGES

_FENCED = {
    "abs": r"\left| #1 \right|",
    "norm": r"\left\| #1 \right\|",
    "floor": r"\left\lfloor #1 \right\rfloor",
    "ceil": r"\left\lceil #1 \right\rceil",
    "pqty": r"\left( #1 \right)",
    "bqty": r"\left[ #1 \right]",
    "expval": r"\left\langle #1 \right\rangle",
    "ev": r"\left\langle #1 \right\rangle",
    "num": "#1",
    "ensuremath": "#1",
}
_PAIRED = {
    "sfrac": r"\frac{#1}{#2}",
    "nicefrac": "{#1}/{#2}",
    "flatfrac": "{#1}/{#2}",
    "ip": r"\left\langle #1, #2 \right\rangle",
    "innerproduct": r"\left\langle #1, #2 \right\rangle",
    "comm": r"\left[ #1, #2 \right]",
    "commutator": r"\left[ #1, #2 \right]",
}
_SAME = {
    "plusmn": r"\pm", "infin": r"\infty", "dag": r"\dagger", "empty": r"\emptyset", "isin": r"\in",
    "sube": r"\subseteq", "hdots": r"\dots", "mleft": r"\left", "mright": r"\right", "sb": "_", "sp": "^",
    "P": r"\mathrm{P}",
    "symbf": r"\mathbf", "symbfit": r"\boldsymbol", "vb": r"\mathbf", "vectorbold": r"\mathbf",
    "symup": r"\mathrm", "symit": r"\mathit", "symcal": r"\mathcal", "symscr": r"\mathcal",
    "symbb": r"\mathbb", "symfrak": r"\mathfrak", "symsf": r"\mathsf", "va": r"\vec",
    "vectorarrow": r"\vec", "vu": r"\hat", "vectorunit": r"\hat", "widebar": r"\overline",
    "grad": r"\nabla", "gradient": r"\nabla", "Alpha": r"\mathrm{A}", "Beta": r"\mathrm{B}",
    "Epsilon": r"\mathrm{E}", "Zeta": r"\mathrm{Z}", "Eta": r"\mathrm{H}", "Iota": r"\mathrm{I}",
    "Kappa": r"\mathrm{K}", "Mu": r"\mathrm{M}", "Nu": r"\mathrm{N}", "Omicron": r"\mathrm{O}",
    "Rho": r"\mathrm{P}", "Tau": r"\mathrm{T}", "Chi": r"\mathrm{X}", "arg": r"\operatorname{arg}",
    "imaginaryunit": r"\mathrm{i}", "imaginaryI": r"\mathrm{i}", "exponentialE": r"\mathrm{e}",
}  # fmt: skip
_EVERYWHERE = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp det dim ker deg gcd Pr "
    "max min sup inf lim limsup liminf Re Im hom".split()
)
"""Names that TeX has from the start."""

_SUMS = frozenset(
    "sum prod int iint iiint oint coprod bigcup bigcap bigoplus bigotimes bigvee bigwedge bigsqcup biguplus "
    "bigodot smallint idotsint".split()
)
"""Signs, no names."""


@cache
def spellings() -> tuple[Macro, ...]:
    """In the order of strength: a later one of a name goes before."""
    return (*_of_the_tables(), *PACKAGES.values(), *_written())


def _written() -> Iterator[Macro]:
    yield from (Macro(name, body, 1) for name, body in _FENCED.items())
    yield from (Macro(name, body, 2) for name, body in _PAIRED.items())
    yield from (Macro(name, body) for name, body in _SAME.items())


def _of_the_tables() -> Iterator[Macro]:
    for command, entry in SIGNS.items():
        name = command[1:]
        if not name.isalpha() or name in _EVERYWHERE:
            continue
        if entry.role in ("function", "big") and entry.value.isalpha() and name not in _SUMS:
            yield Macro(name, name, operator=True)
        elif entry.role == "space":
            yield Macro(name, " ")
