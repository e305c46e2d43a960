"""Letters run together: which are products and which are names."""

import pytest

from derive.meaning.formula import read_term
from derive.meaning.formula import readings as read_terms
from derive.term.nodes import Apply, Call, Element, Mul, Pow, Symbol
from derive.term.scope import Scope

a, b, f, i, j, k, n, t, x, y = (Symbol(s) for s in "abfijkntxy")


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        ("Area", Symbol("Area")),
        ("dist(x, y)", Call(Symbol("dist"), (x, y))),
        ("Volume_1", Symbol("Volume_{1}")),
        ("A_{lin}", Symbol("A_{lin}")),
        ("x^{new}", Symbol("x^{\\mathrm{new}}")),
        ("A_{ijk}", Element(Symbol("A"), (i, j, k))),
        ("abx", Mul((a, b, x))),
        ("b a s t", Mul((b, a, Symbol("s"), t))),
        ("trA", Apply("trace", (Symbol("A"),))),
        ("dx(t)", Apply("differential", (Call(x, (t,)),))),
        ("af(x)", Mul((a, Call(f, (x,))))),
    ],
)
def test_what_letters_spell(latex: str, term: object) -> None:
    assert read_term(latex) == term


@pytest.mark.parametrize("latex", ["mgl", "mgh", "npq", "abcd", "xyz", "mgls", "mab"])
def test_products_have_one_reading(latex: str) -> None:
    assert [isinstance(r.terms[0], Mul) for r in read_terms(latex)] == [True]


def test_what_can_be_spoken_is_read_both_ways() -> None:
    readings = [r.terms[0] for r in read_terms("kanata + 1")]
    assert len(readings) == 2


def test_an_index_makes_no_word() -> None:
    (reading,) = read_terms(r"\sum_{i,l,n} A_{lin}")[:1]
    assert "_{l,i,n}" in reading.terms[0].to_latex()


def test_a_function_of_two_letters_is_what_the_document_makes_it() -> None:
    alone = read_terms("tl(x)")
    assert isinstance(alone[0].terms[0], Mul) and alone[1].terms[0] == Call(Symbol("tl"), (x,))
    scope = Scope(usage={"tl": frozenset({"together"})})
    assert read_terms("tl(x)", scope)[0].terms[0] == Call(Symbol("tl"), (x,))


def test_a_power_of_a_product_is_its_last_letters() -> None:
    assert read_term("abx^2") == Mul((a, b, Pow(x, read_term("2"))))
