"""The provers behind the normal form."""

import pytest

from derive import read
from derive.calculus.resolve import resolve_pair
from derive.term.nodes import Relation, Type
from derive.term.scope import Scope
from derive.verify.normal.proof import Proof
from derive.verify.provers import by_sympy as prove_sympy
from derive.verify.provers.equations import prove


def given(*relations: tuple[str, str, str], **types: str) -> Scope:
    scope = Scope().with_hypotheses(*(Relation(op, read(a), read(b)) for a, op, b in relations))
    for name, domain in types.items():
        scope = scope.with_symbol(name, Type(domain=domain))
    return scope


def proof_of(left: str, right: str, scope: Scope | None = None) -> Proof | None:
    scope = scope or Scope()
    return prove(*_sides(left, right, scope), scope)


def _sides(left: str, right: str, scope: Scope):  # type: ignore[no-untyped-def]
    a, b = resolve_pair(read(left), read(right), scope)
    return a, "=", b


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\int x^2\,dx", r"\frac{x^3}{3}"),
        (r"\int x e^x\,dx", r"(x-1)e^x+C"),
        (r"\int \cos x\,dx", r"\sin x+7"),
    ],
)
def test_antiderivatives_are_differentiated(left: str, right: str) -> None:
    proof = proof_of(left, right)
    assert proof is not None and "constant" in proof.method


def test_a_wrong_antiderivative_is_not_proved() -> None:
    assert proof_of(r"\int x^2\,dx", r"\frac{x^2}{2}") is None
    assert proof_of(r"e^{\int x\,dx}", r"e^{x^2/2}") is None  # a constant in the exponent is a factor


def test_nested_roots_by_squares() -> None:
    assert proof_of(r"\sqrt{3+2\sqrt 2}", r"1+\sqrt 2")
    assert proof_of(r"\sqrt{3+2\sqrt 2}", r"-1-\sqrt 2") is None


def test_machin_by_whole_turns() -> None:
    assert proof_of(r"4\arctan\frac{1}{5}-\arctan\frac{1}{239}", r"\frac{\pi}{4}")
    assert proof_of(r"4\arctan\frac{1}{5}-\arctan\frac{1}{238}", r"\frac{\pi}{4}") is None


def test_constant_on_an_interval() -> None:
    claim = (r"\arctan x+\arctan\frac{1}{x}", r"\frac{\pi}{2}")
    assert proof_of(*claim, given(("x", ">", "0")))
    assert proof_of(*claim, given(("x", "!=", "0"))) is None
    assert proof_of(*claim) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{k=1}^{n}\frac{1}{k(k+1)}", r"\frac{n}{n+1}"),
        (r"\sum_{k=0}^{n}2^k", "2^{n+1}-1"),
        (r"\sum_{k=1}^{n}k\cdot k!", "(n+1)!-1"),
    ],
)
def test_induction(left: str, right: str) -> None:
    proof = proof_of(left, right, given(n="natural"))
    assert proof is not None and proof.method == "induction"


def test_induction_minds_its_start() -> None:
    assert proof_of(r"\sum_{k=0}^{n}2^k", "2^{n+1}", given(n="natural")) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\int_0^1 x^2\,dx", r"\frac{1}{3}"),
        (r"\int_0^{\pi}\sin x\,dx", "2"),
        (r"\int_0^{\infty}e^{-x}\,dx", "1"),
        (r"\lim_{x\to 0}\frac{\sin x}{x}", "1"),
        (r"\sum_{n=1}^{\infty}\frac{1}{n^2}", r"\frac{\pi^2}{6}"),
    ],
)
def test_closed_forms_by_sympy(left: str, right: str) -> None:
    a, _, b = _sides(left, right, Scope())
    proof = prove_sympy.prove(a, b, Scope())
    assert proof is not None and "closed forms" in proof.witness


def test_a_pole_inside_the_range_is_no_antiderivative() -> None:
    a, _, b = _sides(r"\int_{-1}^{1}\frac{1}{x^2}\,dx", "-2", Scope())
    assert prove_sympy.prove(a, b, Scope()) is None


def test_a_closed_form_that_breaks_at_the_start_is_not_believed() -> None:
    scope = given(n="natural")
    a, _, b = _sides(r"\sum_{k=0}^{n}(-1)^k\binom{n}{k}", "0", scope)
    assert prove_sympy.prove(a, b, scope) is None
