"""`u_x`: a partial derivative, or u with an index?"""

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
    """One letter below another."""

    r: Reader
    letter: str
    below: str


TABLE: Sequence[Rule[Subscripted, Meant]] = (
    Rule(
        "subscript/bound",
        "a sum or the like counts with the letter below, or the text declares the whole",
        lambda q: (
            "index"
            if q.below in q.r.bound
            or q.below in q.r.evidence.counted
            or q.r.declared(f"{q.letter}_{{{q.below}}}")
            else None
        ),
        sure=True,
        holds=("z = \\sum_i u_i i_x + u_x",),
    ),
    Rule(
        "subscript/chain",
        "the formula has factors `u_a a_x` as the chain rule has them",
        lambda q: "derivative" if q.r.evidence.chained else None,
        holds=("u_x = u_\\xi \\xi_x + u_s s_x", "z_t = z_x x_t + z_y y_t"),
        fails=("u_x = u_y v_x", "u_{i_j} = a_i u_j", "p_x = p_y q_y"),
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
