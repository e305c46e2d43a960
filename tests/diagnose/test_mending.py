"""The smallest edit that mends a refuted claim, found and named."""

from __future__ import annotations

import pytest

from derive.mend.case import Case
from derive.mend.mending import Mend, Mender
from derive.model import Claim, Decided, Document, Source, Span, Stance, Status, Verdict
from derive.term.nodes import (
    ONE,
    TWO,
    Add,
    Apply,
    Derivative,
    Div,
    Mul,
    Neg,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Reading, Scope
from derive.verify import decide

a, b, x, y = (Symbol(name) for name in "abxy")
ZERO, THREE, FOUR, FIVE = integer(0), integer(3), integer(4), integer(5)


def sq(term: Term) -> Term:
    return Pow(term, TWO)


def fn(head: str, term: Term) -> Term:
    return Apply(head, (term,))


def d(term: Term) -> Term:
    return Derivative(term, ((x, ONE),), partial=False)


def mend(left: Term, right: Term, relation: str = "=", scope: Scope | None = None) -> Mend | None:
    claim = Claim(
        Span(0, 1),
        left,
        relation,
        right,
        scope or Scope(),
        Stance.ASSERTED,
        readings=(Reading((left, right)),),
    )
    assert decide(claim).status is Status.REFUTED
    entry = Decided(claim.span, "", Verdict(Status.REFUTED), claim)
    return Case(0, (entry,), Document(Source("", ""), "markdown", ()), Mender(decide)).mend


POSITIVE = Scope(hypotheses=(Relation(">", a, ZERO), Relation(">", b, ZERO)))
CUBE = Pow(Add((x, ONE)), THREE)
SLIPS = [
    ("sign", sq(Add((a, Neg(b)))), Add((sq(a), Neg(Mul((TWO, a, b))), Neg(sq(b))))),
    ("missing-factor", d(fn("sin", Mul((THREE, x)))), fn("cos", Mul((THREE, x)))),
    (
        "wrong-factor",
        Pow(Add((x, ONE)), THREE),
        Add((Pow(x, THREE), Mul((THREE, sq(x))), Mul((TWO, x)), ONE)),
    ),
    ("dropped-term", d(Mul((x, fn("log", x)))), fn("log", x)),
    ("dropped-term", sq(Add((a, b))), Add((sq(a), sq(b)))),
    ("extra-term", sq(Add((a, b))), Add((sq(a), Mul((TWO, a, b)), sq(b), a))),
    ("wrong-exponent", d(Pow(x, FIVE)), Mul((FIVE, Pow(x, FIVE)))),
    ("inverted-fraction", Div(Mul((sq(x), y)), Mul((x, sq(y)))), Div(y, x)),
    ("missing-bracket", Add((Mul((sq(x), y)), Mul((x, y)))), Add((Mul((x, y, x)), ONE))),
    ("wrong-function", d(Add((fn("sin", x), sq(x)))), Add((fn("sin", x), Mul((TWO, x))))),
    ("wrong-factor", d(Root(x, TWO)), Div(TWO, Root(x, TWO))),
    ("arithmetic", Add((sq(THREE), sq(FOUR))), integer(27)),
]


@pytest.mark.parametrize(("kind", "left", "right"), SLIPS, ids=[f"{s[0]}-{k}" for k, s in enumerate(SLIPS)])
def test_a_slip_is_named_and_mended(kind: str, left: Term, right: Term) -> None:
    found = mend(left, right)
    assert found is not None
    assert found.kind == kind
    assert decide(found.claim).status in (Status.PROVED, Status.HOLDS)


def test_a_mend_keeps_to_the_hypotheses() -> None:
    found = mend(Add((fn("log", a), Neg(fn("log", b)))), fn("log", Div(b, a)), scope=POSITIVE)
    assert found is not None
    assert found.kind == "inverted-fraction"


def test_a_relation_is_turned_round() -> None:
    found = mend(Add((sq(x), ONE)), ZERO, "<")
    assert found is not None
    assert (found.kind, found.claim.relation) == ("wrong-relation", ">")


def test_what_no_single_edit_mends_stays_unmended() -> None:
    right = Add((Pow(a, FIVE), Neg(fn("exp", b)), FIVE))
    assert mend(Mul((Add((a, b)), fn("sin", a))), right) is None


def test_putting_the_other_side_in_is_no_mend() -> None:
    found = mend(fn("sin", x), ONE)
    assert found is None or found.kind not in ("missing-factor", "dropped-term")
