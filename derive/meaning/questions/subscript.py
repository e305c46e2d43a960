"""`u_x`, `u_{xt}`: a partial derivative, or u with an index?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from derive.classes import dataclass
from derive.meaning.reader import Options, Reader
from derive.model import Span
from derive.reasons.choices import Choice, Chosen
from derive.rules import Rule, first

Meant: TypeAlias = Literal["derivative", "index"]


@dataclass(frozen=True, slots=True)
class Subscripted:
    """One letter, or several, below another. written: them as in a name."""

    r: Reader
    letter: str
    below: tuple[str, ...]

    @property
    def written(self) -> str:
        return f"{self.letter}_{{{''.join(self.below)}}}"

    @property
    def arguments(self) -> frozenset[str]:
        """The letters that a function of several is defined by, in the part where the formula stands."""
        known = self.r.scope.definitions.get(self.letter)
        if known is None or known.kind != "function" or known.earlier or len(known.parameters) < 2:
            return frozenset()
        return frozenset(p.name for p in known.parameters)


TABLE: Sequence[Rule[Subscripted, Meant]] = (
    Rule(
        "subscript/bound",
        "a sum or the like counts with the letter below, or the text declares the whole",
        lambda q: (
            "index"
            if any(b in q.r.bound or b in q.r.evidence.counted for b in q.below) or q.r.declared(q.written)
            else None
        ),
        sure=True,
        holds=("z = \\sum_i u_i i_x + u_x",),
    ),
    Rule(
        "subscript/chain",
        "the formula has factors `u_a a_x` as the chain rule has them",
        lambda q: "derivative" if q.r.evidence.chained and len(q.below) == 1 else None,
        holds=("u_x = u_\\xi \\xi_x + u_s s_x", "z_t = z_x x_t + z_y y_t"),
        fails=("u_x = u_y v_x", "u_{i_j} = a_i u_j", "p_x = p_y q_y"),
    ),
    Rule(
        "subscript/argument",
        "the letters below are arguments that a function of several is defined by",
        lambda q: "derivative" if q.arguments.issuperset(q.below) else None,
        sure=True,
    ),
    Rule("subscript/index", "nothing differentiates by subscripts", lambda q: "index", sure=True),
)
_OPTIONS: Options = (
    ("derivative", Choice(Chosen.SUBSCRIPT_PARTIAL)),
    ("index", Choice(Chosen.SUBSCRIPT_INDEX)),
)


def settle(q: Subscripted, span: Span) -> str:
    found = first(TABLE, q)
    assert found is not None, "the last rule always answers"
    return q.r.settle("subscript", found, _OPTIONS, span)
