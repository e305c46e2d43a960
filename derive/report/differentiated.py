"""A derivative for reading, as LaTeX, and as data."""

from __future__ import annotations

import json
from typing import Any

from derive.calculus.chain_rule import Differentiated, Factor, Way
from derive.calculus.reverse import Back
from derive.term.nodes import Add, Neg, Term


def text(found: Differentiated) -> str:
    """The derivative on the first line, then how it comes about: each factor of the chain rule a line."""
    best = found.simpler or found.value
    rows = [f"{_quotient(found.term, found.variable)} = {best.to_latex()}"]
    if found.simpler is not None:
        rows.append(f"  as it comes: {found.value.to_latex()}")
    if len(found.back) > 1:
        rows.append("  by the chain rule, from the number back, each the derivative of the whole:")
        rows += [f"    {_quotient(f.of, f.by)} = {f.value.to_latex()}{_where(f)}" for f in found.back]
    if any(len(way) > 1 for way in found.ways) or len(found.ways) > 1:
        for number, way in enumerate(found.ways, 1):
            rows.append("  by the chain rule:" if len(found.ways) == 1 else f"  way {number}:")
            rows += [f"    {_quotient(f.of, f.by)} = {f.value.to_latex()}{_where(f)}" for f in way]
    return "\n".join(rows) + "\n"


def latex(found: Differentiated) -> str:
    """An `align*` that can be put into a document."""
    best = found.simpler or found.value
    if found.back:
        rows = [rf"  {_quotient(f.of, f.by)} &= {f.value.to_latex()}{_aside(f)}" for f in found.back]
        return "\n".join([r"\begin{align*}", " \\\\\n".join(rows), r"\end{align*}"]) + "\n"
    rows = [rf"  {_quotient(found.term, found.variable)} &= {' + '.join(map(_product, found.ways))} \\"]
    rows += [rf"  &= {' + '.join(_values(way) for way in found.ways)} \\"]
    rows += [rf"  &= {best.to_latex()}"]
    if all(len(way) == 1 for way in found.ways) and len(found.ways) == 1:
        rows = [rf"  {_quotient(found.term, found.variable)} &= {best.to_latex()}"]
    named = {f.by: f.meaning for way in found.ways for f in way if f.meaning is not None}
    where = ", ".join(f"{by.to_latex()} = {meaning.to_latex()}" for by, meaning in named.items())
    if where:
        rows[-1] += rf" \qquad \text{{with }} {where}"
    return "\n".join([r"\begin{align*}", *rows, r"\end{align*}"]) + "\n"


def data(found: Differentiated) -> str:
    return json.dumps(_data(found), ensure_ascii=False, indent=1) + "\n"


def _data(found: Differentiated) -> dict[str, Any]:
    return {
        "version": 1,
        "expression": found.term.to_latex(),
        "by": found.variable.to_latex(),
        "derivative": (found.simpler or found.value).to_latex(),
        "as_it_comes": found.value.to_latex(),
        "ways": [[_factor(f) for f in way] for way in found.ways],
        **({"back": [_factor(f) for f in found.back]} if found.back else {}),
    }


def _factor(f: Factor | Back) -> dict[str, str | None]:
    return {
        "of": f.of.to_latex(),
        "by": f.by.to_latex(),
        "value": f.value.to_latex(),
        "meaning": None if f.meaning is None else f.meaning.to_latex(),
    }


def _aside(f: Back) -> str:
    """What a letter stands for that was named here."""
    return "" if f.meaning is None else rf" \qquad \text{{with }} {f.by.to_latex()} = {f.meaning.to_latex()}"


def _where(f: Factor | Back) -> str:
    return "" if f.meaning is None else f"   with {f.by.to_latex()} = {f.meaning.to_latex()}"


def _quotient(of: Term, by: Term) -> str:
    named = of.to_latex()
    if len(named) <= 12 and not isinstance(of, Add | Neg):
        return rf"\frac{{d {named}}}{{d {by.to_latex()}}}"
    return rf"\frac{{d}}{{d {by.to_latex()}}} \left({named}\right)"


def _product(way: Way) -> str:
    return r" \cdot ".join(_quotient(f.of, f.by) for f in way)


def _values(way: Way) -> str:
    if len(way) == 1:
        return way[0].value.to_latex()
    return r" \cdot ".join(rf"\left({f.value.to_latex()}\right)" for f in way)
