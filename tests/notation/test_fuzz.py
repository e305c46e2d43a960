"""Mutated real formulas: a tree or the reader's own error, spans inside the source, no hang."""

from __future__ import annotations

import dataclasses
import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from derive.model import Macro, Span
from derive.notation import NotationError, read

FORMULAS = (
    r"MSE = \frac{1}{m} \sum_{i=1}^{m} \left\| 1 - \sigma(\boldsymbol{\theta}^T \mathbf{x}) \right\|^2",
    r"\begin{aligned} & - L(y, \hat{y}) = -y\log(\hat{y}) \\ & - \frac{\partial L}{\partial \theta} = x \end{aligned}",
    r"\int_0^1\int_0^x f(x,y)\,dy\,dx = \oint P\,dx + Q\,dy",
    r"\hat\theta = \underset{\theta}{\operatorname{argmax}} \; p(x \mid \theta) \quad \text{for all } i = 1, \dots, n.",
    r"f(x) = \begin{cases} 0 & \text{if } x < 0 \\ 1 & \text{otherwise} \end{cases}",
    r"||x|-|y|| \le |x-y|, \; P(A|B) = \frac{P(A \cap B)}{P(B)} \implies D_{KL}(P\|Q) \geq 0",
    r"\frac{d}{dx} f(x)\Big|_{x=0} = \lim_{h \to 0} \frac{f(h) - f(0)}{h} = \left[ F \right]_a^b",
    r"A^{-\top} = \begin{pmatrix} 1 & \cdots \\ \vdots & a_{ij} \end{pmatrix}^{*} + \nabla_\theta J'",
    r"{n \choose k} = \frac{n!}{k!\,(n-k)!} \pmod p \wedge \forall x \in \{y : y > 0\}: \sin^2 x + \cos^2 x = 1",
    r"\E[X^2] = \underbrace{\int x^2 p(x) \, \mathrm{d}x}_{\text{second}} \not= \mathbb{E}_{x \sim p}[x]^2",
)
MACROS = (Macro("E", r"\mathbb{E}"), Macro("loop", r"\loop \pool"), Macro("pool", r"\loop{#1}", 1))
TOKENS = sorted(
    {t for f in FORMULAS for t in re.findall(r"\\[A-Za-z]+|\\.|.", f)}
    | {r"\loop", r"\pool", "$", "%", "#", "é"}
)


def spans(node: object) -> list[Span]:
    if isinstance(node, Span):
        return [node]
    if isinstance(node, tuple):
        return [span for item in node for span in spans(item)]
    if dataclasses.is_dataclass(node):
        return [span for field in dataclasses.fields(node) for span in spans(getattr(node, field.name))]
    return []


@st.composite
def mutated(draw: st.DrawFn) -> str:
    tokens = re.findall(r"\\[A-Za-z]+|\\.|.", draw(st.sampled_from(FORMULAS)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(tokens)))
        match draw(st.sampled_from(["drop", "insert", "repeat", "swap"])):
            case "drop":
                del tokens[place : place + draw(st.integers(1, 4))]
            case "insert":
                tokens.insert(place, draw(st.sampled_from(TOKENS)))
            case "repeat":
                tokens[place:place] = tokens[max(0, place - 5) : place] * draw(st.integers(1, 4))
            case _:
                tokens[place : place + 2] = tokens[place : place + 2][::-1]
    return "".join(tokens)


@settings(max_examples=600, deadline=None)
@given(mutated())
def test_a_mutated_formula_is_read_or_refused(latex: str) -> None:
    start = time.process_time()
    try:
        tree = read(latex, MACROS)
    except NotationError as error:
        assert error.what
        found = [error.span]
    else:
        found = spans(tree)
    assert all(0 <= span.start <= span.end <= len(latex) for span in found)
    assert time.process_time() - start < 2


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(latex: str) -> None:
    try:
        read(latex)
    except NotationError as error:
        assert 0 <= error.span.start <= error.span.end <= len(latex)
