"""What dots stand for, where the terms that are written leave one answer; else they stay dots."""

from __future__ import annotations

import pytest

from derive.meaning.formula import read_term
from derive.meaning.formula import readings as read_terms
from derive.report.reasons import choice_text
from derive.term.affine import affine
from derive.term.fingerprint import fingerprint, same
from derive.term.nodes import Add, BigOp, Ellipsis, Term, Type, integer
from derive.term.scope import Scope
from derive.term.traverse import substitute, walk


@pytest.mark.parametrize(
    ("dots", "meaning"),
    [
        (r"x_1 + x_2 + \cdots + x_n", r"\sum_{i=1}^n x_i"),
        (r"x_1 + \cdots + x_{n-1} + x_n", r"\sum_{i=1}^n x_i"),
        (r"1 + \frac12 + \frac13 + \cdots + \frac1n", r"\sum_{i=1}^n \frac1i"),
        (r"n(n-1)\cdots(n-k+1)", r"\prod_{i=0}^{k-1} (n-i)"),
        (r"\frac{n}{n} + \frac{n}{n-1} + \dots + \frac{n}{1}", r"\sum_{i=0}^{n-1} \frac{n}{n-i}"),
        (r"(x-x_1)(x-x_2)\cdots(x-x_n)", r"\prod_{i=1}^n (x-x_i)"),
        (r"w_1(x_1-y_1) + w_2(x_2-y_2) + \dots + w_n(x_n-y_n)", r"\sum_{i=1}^n w_i(x_i-y_i)"),
        (r"a^{n-1} + a^{n-2}b + \cdots + ab^{n-2} + b^{n-1}", r"\sum_{i=0}^{n-1} a^{n-1-i}b^i"),
        (r"1 + x + x^2 + \cdots", r"\sum_{i=0}^\infty x^i"),
        (r"1 + 2x + 3x^2 + \cdots", r"\sum_{i=0}^\infty (i+1)x^i"),
        (r"1 + x + \frac{x^2}{2!} + \frac{x^3}{3!} + \dots", r"\sum_{i=0}^\infty \frac{x^i}{i!}"),
        (r"1 + x + \frac{x^2}{2!} + \dots", r"\sum_{i=0}^\infty \frac{x^i}{i!}"),
        (r"1 + 1 + \frac12 + \frac16 + \frac1{24} + \dots", r"\sum_{i=0}^\infty \frac{1}{i!}"),
        (
            r"x - \frac{x^3}{3!} + \frac{x^5}{5!} - \cdots",
            r"\sum_{i=0}^\infty (-1)^i\frac{x^{2i+1}}{(2i+1)!}",
        ),
        (r"1 - \frac{x^2}{2!} + \frac{x^4}{4!} - \cdots", r"\sum_{i=0}^\infty (-1)^i\frac{x^{2i}}{(2i)!}"),
        (r"1 - \frac13 + \frac15 - \cdots", r"\sum_{i=0}^\infty \frac{(-1)^i}{2i+1}"),
        (r"1 + \frac14 + \frac19 + \frac1{16} + \cdots", r"\sum_{i=1}^\infty \frac{1}{i^2}"),
        (r"\frac12 + \frac14 + \frac18 + \cdots", r"\sum_{i=1}^\infty \frac{1}{2^i}"),
        (r"0.9 + 0.09 + 0.009 + \cdots", r"\sum_{i=0}^\infty \frac{9}{10} \left(\frac{1}{10}\right)^i"),
        (r"\frac12 + \frac16 + \frac1{12} + \cdots", r"\sum_{i=1}^\infty \frac{1}{i(i+1)}"),
        (r"1 - x + x^2 - \cdots + (-1)^n x^n", r"\sum_{i=0}^n (-1)^i x^i"),
        (r"b_0 + b_1 x_1 + \dots + b_n x_n + c", r"b_0 + \sum_{i=1}^n b_i x_i + c"),
        (r"c + \sin x + \sin 2x + \sin 3x + \cdots", r"c + \sum_{i=1}^\infty \sin ix"),
        (r"x_1 + \dots + x_n + y_1 + \dots + y_m", r"\sum_{i=1}^n x_i + \sum_{i=1}^m y_i"),
    ],
)
def test_one_pattern_fits(dots: str, meaning: str) -> None:
    found, expected = read_term(dots), read_term(meaning)
    assert not any(isinstance(n, Ellipsis) for n in walk(found))
    assert _values(found) == _values(expected)


def _values(term: Term) -> object:
    """A term, its sums by their lengths and by what they add at the first places."""
    if isinstance(term, Add):
        return [_values(t) for t in term.args]
    if not isinstance(term, BigOp):
        return fingerprint(term)
    (binder,) = term.binders
    assert binder.lower is not None and binder.upper is not None
    low, high = affine(binder.lower), affine(binder.upper)
    assert low is not None
    places = [integer(int(low.constant) + k) for k in range(4)]
    values = [fingerprint(substitute(term.body, {binder.variable: k})) for k in places]
    return term.op, binder.upper if high is None else high - low, values


@pytest.mark.parametrize(
    "dots",
    [
        r"1 + x + \cdots",  # two terms leave the next one open
        r"1 + 2 + \cdots",
        r"2 + 3 + 5 + 7 + \cdots",  # no rule that is looked for
        r"x + \frac{x^3}{3} + \frac{2x^5}{15} + \cdots",
        r"1 + x + x^2 + \cdots + x^n y^n",  # the last term is none of the pattern's
        r"a_0 + a_1 x + \cdots + a_{n-1} x^n",
        r"1 - x + x^2 + \cdots + x^n",  # the signs do not go on as they began
        r"1 + x + x^2 - x^3 + \cdots",
        r"x + \cdots + x",
    ],
)
def test_no_pattern_is_certain(dots: str) -> None:
    assert any(isinstance(n, Ellipsis) for n in walk(read_term(dots)))


def test_products_of_matrices_keep_their_order() -> None:
    square = Type(shape=("n", "n"))
    scope = Scope(symbols={"A": square, "B": square})
    term = read_term(r"A^3 + A^2 B + A B^2 + \cdots", scope)
    assert any(isinstance(n, Ellipsis) for n in walk(term))


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        (r"\frac{x^2}{2!}", r"\frac{x \cdot x}{2}", True),
        (r"x_{n+1}", r"x_{1+n}", True),
        (r"f(2x)", r"f(x + x)", True),
        (r"(-1)^{2n}", "1", True),
        (r"x_1", r"x_2", False),
        (r"f(x)", r"g(x)", False),
        (r"x^n", r"x^{n+1}", False),
    ],
)
def test_values_at_points_tell_terms_apart(a: str, b: str, equal: bool) -> None:
    assert same(read_term(a), read_term(b)) is equal


def test_a_reading_says_what_the_dots_stand_for() -> None:
    (reading,) = read_terms(r"1 + x + x^2 + \cdots")
    assert tuple(map(choice_text, reading.choices)) == (r"the dots stand for \sum_{k = 0}^{\infty} x^{k}",)
