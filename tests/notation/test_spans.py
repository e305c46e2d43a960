"""Spans nest: what a node is made of stands inside it, in the examples of every entry of the tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from derive.notation import read
from derive.notation.tables import FIELDS

EXAMPLES = sorted({entry.example for entries in FIELDS.values() for entry in entries})
MORE = (
    r"\sqrt[3]{x^2} + \genfrac{}{}{1pt}{0}{a}{b}",
    r"{n \choose k+1} = {a \over b + c}",
    r"P(A \mid B \cap C) = \sum_{x \mid y} x_{1:n}",
    r"\forall x \in S: \exists y, y^2 = x",
    r"\braket{a}{b} = \comm{A}{B}",
    r"x < 1 \text{ and } y > 2 \wedge z = 3",
)


def parts(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from parts(item)
    elif dataclasses.is_dataclass(value) and hasattr(value, "span"):
        yield value


def inside(node: object) -> Iterator[tuple[object, object]]:
    stack = [node]
    while stack:
        outer = stack.pop()
        for field in dataclasses.fields(outer):  # type: ignore[arg-type]
            for inner in parts(getattr(outer, field.name)):
                yield outer, inner
                stack.append(inner)


@pytest.mark.parametrize("latex", [*EXAMPLES, *MORE])
def test_parts_stand_inside(latex: str) -> None:
    for outer, inner in inside(read(latex)):
        assert outer.span.start <= inner.span.start, (outer, inner)  # type: ignore[attr-defined]
        assert inner.span.end <= outer.span.end, (outer, inner)  # type: ignore[attr-defined]
