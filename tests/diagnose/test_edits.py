"""Single edits of a claim: each is one change of one node, the smallest first."""

from __future__ import annotations

from derive.mend.edits import edits, nodes_with_places, with_child
from derive.mend.rewrites import Vocabulary, letter
from derive.mend.triviality import trivial
from derive.term.nodes import (
    ONE,
    TWO,
    Add,
    Apply,
    BigOp,
    Binder,
    Div,
    Element,
    Mul,
    Neg,
    Pow,
    Symbol,
    Term,
    integer,
)

x, y, i, j, n = (Symbol(name) for name in "xyijn")
NOTHING = Vocabulary()


def offered(right: Term, words: Vocabulary = NOTHING) -> dict[Term, str]:
    return {e.term: e.kind for e in edits((Symbol("f"), right), words, left=False)}


def test_each_sign_of_a_sum_is_turned() -> None:
    found = offered(Add((x, Neg(y))))
    assert found[Add((x, y))] == "sign"
    assert found[Add((Neg(x), Neg(y)))] == "sign"


def test_a_factor_is_dropped_and_one_of_the_surroundings_put_in() -> None:
    found = offered(Mul((TWO, x)), Vocabulary(factors=(Div(ONE, n),)))
    assert found[x] == "extra-factor"
    assert found[Mul((Div(ONE, n), TWO, x))] == "missing-factor"


def test_a_fraction_is_inverted() -> None:
    assert offered(Div(x, y))[Div(y, x)] == "inverted-fraction"


def test_the_name_of_a_number_slip_depends_on_its_place() -> None:
    found = offered(Add((Mul((integer(3), x)), Pow(y, integer(4)))))
    assert found[Add((Mul((TWO, x)), Pow(y, integer(4))))] == "wrong-factor"
    assert found[Add((Mul((integer(3), x)), Pow(y, integer(3))))] == "wrong-exponent"


def test_an_index_is_exchanged_but_a_bound_variable_is_left_alone() -> None:
    term = BigOp("sum", Element(x, (i,)), (Binder(i, ONE, n),))
    found = offered(term, Vocabulary(symbols=(i, j)))
    assert found[BigOp("sum", Element(x, (j,)), (Binder(i, ONE, n),))] == "wrong-index"
    assert not any(isinstance(t, BigOp) and t.binders[0].variable == j for t in found)


def test_bounds_are_moved() -> None:
    term = BigOp("sum", i, (Binder(i, ONE, n),))
    assert offered(term)[BigOp("sum", i, (Binder(i, ONE, Add((n, Neg(ONE)))),))] == "wrong-limits"


def test_a_bracket_is_put_in() -> None:
    assert offered(Add((Mul((x, y)), ONE)))[Mul((x, Add((y, ONE))))] == "missing-bracket"


def test_functions_change_places_with_their_siblings() -> None:
    assert offered(Apply("sin", (x,)))[Apply("cos", (x,))] == "wrong-function"


def test_edits_come_in_order_and_none_twice() -> None:
    found = edits((x, Add((Mul((TWO, x)), y, ONE))), Vocabulary(symbols=(x, y), factors=(TWO,), terms=(x,)))
    assert [e.cost for e in found] == sorted(e.cost for e in found)
    assert len({(e.side, e.term) for e in found}) == len(found)


def test_a_node_is_replaced_by_its_number() -> None:
    term = Add((Mul((x, y)), Neg(x)))
    for node, _, _, rebuild in nodes_with_places(term):
        assert rebuild(node) == term
    assert with_child(term, 1, y) == Add((Mul((x, y)), y))


def test_the_letter_under_accents_and_scripts() -> None:
    names = ("\\hat{y}", "\\mathbf{y}", "\\hat{\\mathbf{y}}", "y_{0}", "y'", "y")
    assert {letter(Symbol(name)) for name in names} == {"y"}
    assert letter(Symbol("\\theta")) == "\\theta"


def test_the_same_words_in_another_order_are_trivial() -> None:
    assert trivial(Add((x, Neg(y))), Add((Neg(y), x)))
    assert trivial(Mul((ONE, x, y)), Mul((y, x)))
    assert trivial(Pow(x, ONE), x)
    assert trivial(Pow(x, TWO), Mul((x, x)))
    assert not trivial(Pow(x, TWO), x)
    assert trivial(Pow(x, Neg(TWO)), Pow(x, Neg(TWO)))
    assert not trivial(Pow(Add((x, y)), TWO), Add((Pow(x, TWO), Mul((TWO, x, y)), Pow(y, TWO))))
