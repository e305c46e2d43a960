"""Models: exact values that satisfy the hypotheses, smallest heights first."""

from fractions import Fraction

import pytest
from flint import arb

from derive import read
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    BigOp,
    Binder,
    Call,
    Constant,
    Element,
    Mul,
    Neg,
    Pow,
    Relation,
    Symbol,
    Type,
    integer,
)
from derive.term.scope import Scope
from derive.verify.budget import steps_made
from derive.verify.evaluate.balls import evaluate
from derive.verify.evaluate.functions import Sequence, SmoothFunction
from derive.verify.evaluate.values import Gaussian
from derive.verify.models.hypotheses import NoModel
from derive.verify.models.search import Model, _Builder, models

X, Y, Z = Symbol("x"), Symbol("y"), Symbol("z")


def found(term, *hypotheses, count=8, **symbols):
    scope = Scope(symbols=symbols, hypotheses=hypotheses)
    return list(models([term], scope, count=count))


def test_smallest_heights_first() -> None:
    values = [m.values["x"] for m in found(X)]
    assert values[:5] == [0, 1, -1, 2, Fraction(1, 2)]


def test_points_where_everything_is_defined_come_first() -> None:
    values = [m.values["x"] for m in found(read(r"\log(x - 2)"), count=3)]
    assert all(v > 2 for v in values)


def test_counting_numbers_by_use() -> None:
    term = read(r"\sum_{k=1}^{q} k + r!")
    for m in found(term):
        assert m.values["q"] >= 1 and m.values["q"].denominator == 1
        assert m.values["r"] >= 1 and m.values["r"].denominator == 1


def test_n_is_a_number_to_count_with_unless_declared() -> None:
    n = Symbol("n")
    term = Apply("sin", (Mul((n, Constant("pi"))),))
    assert all(m.values["n"].denominator == 1 for m in found(term))
    real = Relation("in", n, Constant("R"))
    assert any(m.values["n"].denominator > 1 for m in found(term, real))


@pytest.mark.parametrize(
    ("hypothesis", "holds"),
    [
        (Relation(">", X, ZERO), lambda x: x > 0),
        (Relation("<", X, integer(-3)), lambda x: x < -3),
        (Apply("and", (Relation("<", ZERO, X), Relation("<", X, ONE))), lambda x: 0 < x < 1),
        (Relation("<", Relation("<", integer(5), X), integer(6)), lambda x: 5 < x < 6),
        (Relation("!=", X, ZERO), lambda x: x != 0),
        (Relation("in", X, Constant("N")), lambda x: x >= 0 and x.denominator == 1),
        (Relation("=", Mul((TWO, X)), integer(3)), lambda x: x == Fraction(3, 2)),
        (Relation("=", Pow(X, TWO), integer(4)), lambda x: x in (2, -2)),
    ],
)
def test_hypotheses_hold_in_each_model(hypothesis, holds) -> None:
    for m in found(X, hypothesis):
        assert holds(m.values["x"]), m.point()


def test_a_linear_equation_is_solved() -> None:
    line = Relation("=", Add((X, Mul((TWO, Y)))), integer(5))
    for m in found(Add((X, Y)), line):
        assert m.values["x"] + 2 * m.values["y"] == 5


def test_the_circle_has_rational_and_irrational_points() -> None:
    circle = Relation("=", Add((Pow(X, TWO), Pow(Y, TWO))), ONE)
    term = Add((Pow(X, TWO), Pow(Y, TWO)))
    ms = found(term, circle)
    assert ms
    for m in ms:
        assert arb(evaluate(term, m, 128)).overlaps(arb(1))


def test_an_equation_through_a_function_is_inverted() -> None:
    h = Relation("=", Pow(Constant("e"), Y), X)
    for m in found(Add((X, Y)), h):
        assert abs(evaluate(Add((Apply("exp", (Y,)), Neg(X))), m, 128)) < 1e-25


def test_an_element_family_is_assumed_for_every_index() -> None:
    i, y, m_ = Symbol("i", Type("integer", (), "index")), Symbol("y"), Symbol("m")
    term = BigOp("sum", Pow(Element(y, (i,)), TWO), (Binder(i, ONE, m_),))
    for m in found(term, Relation("=", Element(y, (i,)), ZERO)):
        assert evaluate(term, m, 64) == 0
    assert any(evaluate(term, m, 64) != 0 for m in found(term))


def test_contradiction_is_no_model() -> None:
    with pytest.raises(NoModel):
        found(X, Relation(">", X, ONE), Relation("<", X, ZERO))
    with pytest.raises(NoModel):
        found(X, Relation("=", Pow(X, TWO), integer(-1)))


def test_vectors_get_one_shape_per_dimension() -> None:
    v = Type(shape=("n",))
    x, y = Symbol("x", v), Symbol("y", v)
    for m in found(Mul((Apply("transpose", (x,)), y)), x=v, y=v):
        assert len(m.values["x"]) == len(m.values["y"]) in (2, 3)


def test_a_dimension_that_is_also_a_number_agrees() -> None:
    x = Symbol("x")
    h = Relation("in", x, Pow(Constant("R"), Symbol("n")))
    for m in found(Mul((Symbol("n"), Apply("norm", (x,)))), h):
        assert m.values["n"] == len(m.values["x"])


def test_shapes_that_nobody_stated_are_marked() -> None:
    theta, x = Symbol(r"\theta", Type(shape=None)), Symbol("x", Type(shape=None))
    (m,) = found(Mul((Apply("transpose", (theta,)), x)), count=1)
    assert set(m.guessed) == {r"\theta", "x"}
    assert len(m.values["x"]) == 2


def test_functions_sequences_and_complex_numbers() -> None:
    f = Symbol("f", Type(role="function"))
    (m,) = found(Add((Call(f, (X,)), Element(Symbol("a"), (ONE,)))), count=1)
    assert isinstance(m.values["f"], SmoothFunction) and isinstance(m.values["a"], Sequence)
    z = Type("complex")
    (m,) = found(Symbol("z", z), count=1, z=z)
    assert isinstance(m.values["z"], Gaussian) and m.complex


def test_a_function_follows_the_value_it_is_given() -> None:
    f = Symbol("f", Type(role="function"))
    h = Relation("=", Call(f, (ZERO,)), integer(7))
    for m in found(Call(f, (ZERO,)), h):
        assert abs(evaluate(Call(f, (ZERO,)), m, 128) - 7) < 1e-30


def test_unknown_quantities_depend_on_what_the_scope_says() -> None:
    loss = Symbol("L")
    scope = Scope(dependencies={"L": ("y",)})
    from derive.term.nodes import Derivative

    m = next(models([loss, Y], scope, count=1))
    assert evaluate(Derivative(loss, ((Y, ONE),)), m, 64) != 0


def test_positive_functions_are_positive() -> None:
    g = Type("positive", (), "function")
    for m in found(Call(Symbol("g", g), (X,)), g=g):
        assert evaluate(Call(Symbol("g", g), (X,)), m, 64) > 0


def test_hypotheses_that_do_not_bear_on_the_claim_are_left_out() -> None:
    other = Relation("=", Symbol("q"), Apply("big_o", (Symbol("r"),)))
    assert len(found(X, other)) == 8
    # what q stands for must have a value all the same
    domain = Relation("=", Symbol("q"), Apply("log", (X,)))
    assert all(m.values["x"] > 0 for m in found(X, domain))


def test_a_function_given_by_an_equation_is_followed() -> None:
    f = Symbol("f", Type(role="function"))
    h = Relation("=", Call(f, (X,)), Pow(X, TWO))
    for m in found(Call(f, (Add((X, ONE)),)), h):
        assert evaluate(Call(f, (Add((X, ONE)),)), m) == evaluate(Pow(Add((X, ONE)), TWO), m)


def test_natural_numbers_start_at_zero_but_not_the_search() -> None:
    n = Symbol("n")
    values = [m.values["n"] for m in found(n, Relation("in", n, Constant("N")), count=6)]
    assert values[0] == 1 and 0 in values
    above = [
        m.values["n"] for m in found(n, Relation("in", n, Constant("N")), Relation(">=", n, ONE), count=6)
    ]
    assert above[0] == 1 and 0 not in above


def test_a_hypothesis_that_no_evaluator_knows_ends_the_search_early(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    candidate = _Builder.candidate

    def counted(self: _Builder, k: int, *, check: bool = True) -> Model | None:
        tried.append(k)
        return candidate(self, k, check=check)

    monkeypatch.setattr(_Builder, "candidate", counted)
    limit = read(r"y < \lim_{h \to 0} \frac{f(x+h) - g(x)}{h}")
    with pytest.raises(NoModel):
        next(models((read("x + y"),), Scope(hypotheses=(limit,)), count=4))
    assert len(tried) < 30


@pytest.mark.parametrize("domain", ["real", "positive_integer", "complex"])
def test_where_one_letter_has_few_values_no_candidates_without_end_are_made(domain: str):
    x = Symbol("x", Type(domain=domain))
    before = steps_made()
    found = list(models((x, x), Scope(), count=120, seed=1))
    assert len({m.point() for m in found}) == len(found) >= 7
    assert steps_made() - before < 60_000


def test_two_letters_are_tried_in_all_their_pairs():
    x, y = (Symbol(n, Type(domain="binary")) for n in "xy")
    assert len(list(models((x, y), Scope(), count=120, seed=1))) == 4
