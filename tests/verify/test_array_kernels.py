"""A kernel of the normal form is a number: what has a shape is none, whatever head it stands under."""

from __future__ import annotations

import pytest

from derive.term.nodes import ONE, Apply, Call, Matrix, Mul, Number, Partial, Symbol, Term, Type
from derive.term.scope import Scope
from derive.verify.normal.form import prove_resolved

X, Y = Symbol("x"), Symbol("y")
A = Matrix(((ONE, Number(2)), (Number(3), ONE)))
B = Matrix(((ONE, Number(0)), (Number(5), Number(7))))
FIELD = Symbol("F", Type(shape=("m", "n")))
F_X, F_Y = (Call(Partial(FIELD, orders), (X, Y)) for orders in ((1, 0), (0, 1)))
G = Symbol("g")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Call(G, (Mul((A, B)),)), Call(G, (Mul((B, A)),))),
        (Apply("transpose", (Matrix(((F_X,), (F_Y,))),)), Matrix(((F_X, F_Y),))),
        (Mul((F_X, F_Y)), Mul((F_Y, F_X))),
    ],
    ids=["a function of a product", "blocks of a transpose", "slopes of a matrix"],
)
def test_arrays_do_not_commute_as_numbers_do(left: Term, right: Term) -> None:
    assert prove_resolved(left, right, Scope()) is None


def test_slopes_of_a_number_are_numbers() -> None:
    number = Symbol("f")
    f_x, f_y = (Call(Partial(number, orders), (X, Y)) for orders in ((1, 0), (0, 1)))
    assert prove_resolved(Mul((f_x, f_y)), Mul((f_y, f_x)), Scope()) is not None
    column, row = Matrix(((f_x,), (f_y,))), Matrix(((f_x, f_y),))
    assert prove_resolved(Apply("transpose", (column,)), row, Scope()) is not None
