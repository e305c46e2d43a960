"""What proves a claim by the normal form, and the conditions that it names."""

from __future__ import annotations

from typing import Any

from derive.classes import dataclass, field, replace
from derive.term.construct import add, neg
from derive.term.nodes import Add, Number, Relation, Term, integer
from derive.term.traverse import free_symbols, substitute
from derive.verify.normal.hypotheses import vanishes
from derive.verify.normal.reader import Reader
from derive.verify.normal.ring import Ratio


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a claim.

    conditions: LaTeX relations that the steps used and the scope does not give; `assumed` the same as
    terms. generic: they exclude no more than points where a side is undefined, or a thin set; a
    proof that is not generic is a proof under its conditions only, never a plain one.
    witness: plain data that tells how (kernels of the normal form, the law, the derivative taken).
    """

    method: str
    conditions: tuple[str, ...] = ()
    generic: bool = True
    witness: dict[str, Any] = field(default_factory=dict)
    assumed: tuple[Term, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the claim is proved as it stands."""
        return self.generic


def in_ideal(reader: Reader, value: Ratio) -> bool:
    return vanishes(reader, value.num)


def proved(reader: Reader, method: str, denominators: dict[str, Any], one_sided: set[str]) -> Proof:
    """The proof with the conditions used; a denominator on one side alone is named, it excludes only
    points where that side is undefined."""
    powers, signs = reader.powers, reader.signs
    conditions = dict(powers.conditions)
    for key in sorted(one_sided):
        poly = denominators[key]
        if signs.real_poly(poly) and not poly.is_constant() and not signs.nonzero(poly):
            for vanishing in signs.zeros_of(poly):
                conditions.setdefault(Relation("!=", powers.term(vanishing), integer(0)), True)
    kept = {_readable(c): generic for c, generic in conditions.items() if reader.holds(c) is not True}
    return Proof(
        method,
        tuple(_latex(c) for c in kept),
        all(kept.values()),
        {"kernels": [k.key for k in reader.ring.kernels][:40]},
        tuple(kept),
    )


def _readable(condition: Term) -> Term:
    """With letters for the nameless indices of sums."""
    free = free_symbols(condition)
    nameless = [s for name, s in free.items() if name.startswith("\\#")]
    letters = (letter for letter in "ijklrstuv" if letter not in free)
    named: dict[Term, Term] = {s: replace(s, name=x) for s, x in zip(nameless, letters, strict=False)}
    return substitute(condition, named)


def _latex(term: Term) -> str:
    return tidy(term).to_latex()


def tidy(condition: Term) -> Term:
    """`x - 1 > 0` as `x > 1` where the constant stands alone."""
    match condition:
        case Relation(op=op, left=Add(args=args), right=Number(value=zero)) if zero == 0:
            constants = [a for a in args if isinstance(a, Number)]
            rest = [a for a in args if not isinstance(a, Number)]
            if constants and rest:
                return Relation(op, add(*rest), neg(constants[0]))
    return condition
