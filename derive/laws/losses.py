"""Losses over a set of labels and predictions, in the document's own names."""

from __future__ import annotations

from collections.abc import Callable

from derive.laws.law import Names, StandardLoss
from derive.term.construct import add, apply, div, mul, neg, square, sub
from derive.term.nodes import ONE, TWO, BigOp, Binder, Element, Root, Term


def _total(names: Names, body: Term) -> Term:
    return BigOp("sum", body, (Binder(names.index, ONE, names.count),))


def _mean(names: Names, body: Term) -> Term:
    return mul(div(ONE, names.count), _total(names, body))


def _pair(names: Names) -> tuple[Term, Term]:
    return Element(names.label, (names.index,)), Element(names.prediction, (names.index,))


def _squared_error(names: Names) -> Term:
    y, p = _pair(names)
    return square(sub(y, p))


def _absolute_error(names: Names) -> Term:
    y, p = _pair(names)
    return apply("abs", sub(y, p))


def _binary(names: Names) -> Term:
    y, p = _pair(names)
    return add(mul(y, apply("log", p)), mul(sub(ONE, y), apply("log", sub(ONE, p))))


def _categorical(names: Names) -> Term:
    y, p = _pair(names)
    return neg(_total(names, mul(y, apply("log", p))))


def _divergence(names: Names) -> Term:
    p, q = _pair(names)
    return _total(names, mul(p, apply("log", div(p, q))))


def _mean_of(part: Callable[[Names], Term]) -> Callable[[Names], Term]:
    return lambda names: _mean(names, part(names))


LOSSES: tuple[StandardLoss, ...] = (
    StandardLoss("mean squared error", ("MSE",), _mean_of(_squared_error), "GBC 5.1.4"),
    StandardLoss(
        "root mean squared error", ("RMSE",), lambda n: Root(_mean(n, _squared_error(n)), TWO), "PRML 1.3"
    ),
    StandardLoss("mean absolute error", ("MAE",), _mean_of(_absolute_error), "GBC 6.2.1"),
    StandardLoss(
        "residual sum of squares", ("RSS", "SSE"), lambda n: _total(n, _squared_error(n)), "Hastie et al. 3.2"
    ),
    StandardLoss(
        "binary cross-entropy",
        ("BCE",),
        lambda n: neg(_mean(n, _binary(n))),
        "PRML 4.90",
        ("0 < \\hat{y} < 1",),
    ),
    StandardLoss("categorical cross-entropy", ("CE", "CCE"), _categorical, "PRML 4.108", ("\\hat{y} > 0",)),
    StandardLoss("Kullback-Leibler divergence", ("D_{KL}", "KL"), _divergence, "PRML 1.113", ("q > 0",)),
)
