"""Constraints met by construction: weights, unit vectors, symmetric and orthogonal matrices."""

from flint import arb

from derive import read
from derive.term.nodes import ONE, Apply, Mul, Relation, Symbol, Type
from derive.term.scope import Scope
from derive.verify.evaluate.balls import compare, evaluate
from derive.verify.models.search import models

VECTOR, SQUARE = Type(shape=("n",)), Type(shape=("n", "n"))
X, A = Symbol("x", VECTOR), Symbol("A", SQUARE)


def transposed(a):
    return Apply("transpose", (a,))


def test_weights_sum_to_one_and_stay_positive() -> None:
    p = Scope(symbols={"p": Type(role="sequence")})
    given = tuple(read(h, scope=p) for h in (r"\sum_{i=1}^n p_i = 1", r"p_i > 0"))
    total, entropy = read(r"\sum_{i=1}^n p_i", scope=p), read(r"-\sum_{i=1}^n p_i \log p_i", scope=p)
    ms = list(models([total, entropy], Scope(hypotheses=given), count=5))
    assert ms
    for m in ms:
        assert arb(evaluate(total, m)).overlaps(arb(1))
        assert evaluate(entropy, m) >= 0
        assert all(not name.startswith("\\#") for name, _ in m.point())


def test_free_indices_stay_within_what_is_summed() -> None:
    softmax = read(r"\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}")
    for m in models([softmax], Scope(), count=8):
        assert 1 <= m.values["i"] <= m.values["K"]


def test_a_sum_without_a_range_runs_to_the_number_that_counts() -> None:
    mean = read(r"\frac1n \sum_i 1")
    for m in models([mean], Scope(), count=4):
        assert evaluate(mean, m) == 1


def test_unit_vectors() -> None:
    scope = Scope(symbols={"x": VECTOR}, hypotheses=(Relation("=", Apply("norm", (X,)), ONE),))
    for m in models([X], scope, count=4):
        assert arb(evaluate(Mul((transposed(X), X)), m)).overlaps(arb(1))


def test_symmetric_matrices() -> None:
    scope = Scope(symbols={"A": SQUARE}, hypotheses=(Relation("=", A, transposed(A)),))
    for m in models([A], scope, count=4):
        assert compare(A, transposed(A), m).status == "equal"


def test_orthogonal_matrices() -> None:
    scope = Scope(
        symbols={"A": SQUARE}, hypotheses=(Relation("=", Mul((transposed(A), A)), Apply("identity", ())),)
    )
    found = list(models([Apply("det", (A,))], scope, count=4))
    for m in found:
        product = evaluate(Mul((transposed(A), A)), m)
        assert product.items[0] == 1 and product.items[1] == 0
