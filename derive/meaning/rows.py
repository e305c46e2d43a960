"""Matrices, cases and systems of equations; words between formulas."""

from __future__ import annotations

from typing import Any

from derive.meaning import structure
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.term.nodes import ZERO, Apply, Matrix, Piecewise, Term


def matrix(r: Reader, node: s.Matrix) -> Term:
    width = max((len(row) for row in node.rows), default=0)
    rows: list[tuple[Term, ...]] = []
    for row in node.rows:
        if len(row) != width:
            raise fail(node, "a matrix with rows of different lengths")
        cells: list[Term] = []
        dots = next((cell for cell in row if isinstance(cell, s.Ellipsis)), None)
        if dots is not None and all(cell is None or isinstance(cell, s.Ellipsis) for cell in row):
            rows.append(tuple(r.term(cell or dots) for cell in row))  # `& & \\vdots &`: dots for the row
            continue
        for cell in row:
            if cell is None:
                if width < 2 or len(node.rows) < 2:
                    raise fail(node, "an empty cell")
                cells.append(ZERO)
            else:
                cells.append(r.term(cell))
        rows.append(tuple(cells))
    if not rows:
        raise fail(node, "a matrix without entries")
    term = Matrix(tuple(rows), span=node.span)
    if node.kind in ("vmatrix",):
        return Apply("det", (term,), span=node.span)
    if node.kind == "Vmatrix":
        return Apply("norm", (term,), span=node.span)
    return term


_CONNECTIVES = (
    *("if", "for", "when", "where", "provided", "as long as", "and", "with", ""),
    *("pour", "wenn", "falls", "für", "если", "при", "若", "当", "如果", "對於", "对于"),
)


_OTHERWISE = (
    "otherwise",
    "else",
    "elsewhere",
    "other",
    "in all other cases",
    "if otherwise",
    "or else",
    "o.w",
    *("sinon", "ailleurs", "sonst", "andernfalls", "en otro caso", "altrimenti", "caso contrário", "иначе"),
    *("否则", "其他", "其它", "其余"),
)


def cases(r: Reader, node: s.Cases) -> Term:
    if all(_equation(value, condition) for value, condition in node.rows):
        return system(r, node)
    out: list[tuple[Term, Term | None]] = []
    for value, condition in node.rows:
        out.append((_value(r, _stripped(value)), _condition(r, condition)))
    return Piecewise(tuple(out), span=node.span)


def _value(r: Reader, node: Any) -> Term:
    """The value of a case, which may be said in words: `\\text{undefined}`."""
    return structure.words(node.text, node) if isinstance(node, s.Text) and not node.parts else r.term(node)


def _equation(value: Any, condition: Any) -> bool:
    """A row that is a relation of its own, `y &= a x`, and no value with its condition."""
    if isinstance(condition, s.Sequence):
        condition = condition.items[0]
    if isinstance(condition, s.Chain):
        return condition.first is None
    return condition is None and isinstance(value, s.Chain)


def system(r: Reader, node: s.Cases) -> Term:
    """Equations behind one brace: all of them hold."""
    found = []
    for value, condition in node.rows:
        more: tuple[Any, ...] = ()
        if isinstance(condition, s.Sequence):  # `x &= y, \\quad y > 0`
            condition, *others = condition.items
            more = tuple(others)
        if isinstance(condition, s.Chain):
            value = s.Chain(value.span.cover(condition.span), value, condition.links)
        found.append(r.term(value))
        found.extend(c for x in more if (c := _condition(r, x)) is not None)
    return found[0] if len(found) == 1 else Apply("and", tuple(found), span=node.span)


def _stripped(value: Any) -> Any:
    """A comma or words that only lead over to the condition do not belong to the value."""
    if isinstance(value, s.Sequence) and len(value.items) == 1:
        return value.items[0]
    if (
        isinstance(value, s.Juxtaposition)
        and isinstance(value.factors[-1], s.Text)
        and _word(value.factors[-1]) in _CONNECTIVES
    ):
        kept = value.factors[:-1]
        return kept[0] if len(kept) == 1 else s.Juxtaposition(value.span, kept)
    return value


def _word(node: s.Text) -> str:
    return " ".join(node.text.lower().split()).strip(".,;: ")


def _condition(r: Reader, node: Any) -> Term | None:
    if node is None:
        return None
    if isinstance(node, s.Text):
        if node.parts:
            return words(r, node)
        if _word(node) in _OTHERWISE:
            return None
        return structure.words(node.text, node)
    if isinstance(node, s.Name) and node.word:
        return None if node.name.lower() in _OTHERWISE else structure.words(node.name, node)
    if isinstance(node, s.Sequence):
        items = [i for i in node.items if not (isinstance(i, s.Text) and _word(i) in _CONNECTIVES)]
        found = [c for i in items if (c := _condition(r, i)) is not None]
        if not found:
            return None
        return found[0] if len(found) == 1 else Apply("and", tuple(found), span=node.span)
    if isinstance(node, s.Juxtaposition):
        items = [
            f
            for f in node.factors
            if not (isinstance(f, s.Text) and not f.parts and _word(f) in _CONNECTIVES)
        ]
        if len(items) == 1:
            return _condition(r, items[0])
        if not any(isinstance(f, s.Text) or (isinstance(f, s.Name) and f.word) for f in items):
            raise fail(node, "this condition")
        said = " ".join(
            f.text if isinstance(f, s.Text) else f.name if isinstance(f, s.Name) and f.word else "…"
            for f in items
        )
        rest = [f for f in items if not isinstance(f, s.Text) and not (isinstance(f, s.Name) and f.word)]
        return structure.words(said, node, tuple(r.term(f) for f in rest))
    if isinstance(node, s.Chain) and isinstance(node.first, s.Juxtaposition):
        first = node.first
        if (
            isinstance(first.factors[0], s.Text)
            and not first.factors[0].parts
            and _word(first.factors[0]) in _CONNECTIVES
        ):
            kept = first.factors[1:]
            new = kept[0] if len(kept) == 1 else s.Juxtaposition(first.span, kept)
            return r.term(s.Chain(node.span, new, node.links))
    return r.term(node)


#: words around formulas that add nothing to them; with any other the whole is only said
_JOINING = frozenset(
    "if for when where whenever while provided that and both with as all we have case the is in then "
    "holds hold given since".split()
) | {""}


def words(r: Reader, node: s.Text) -> Term:
    """`\\text{if $x > 0$ and $y > 0$}`: the mathematics in it, where the words only join."""
    text = " ".join(node.text.lower().replace("$", " ").split())
    found = [r.term(p) for p in node.parts if not isinstance(p, s.Text)]
    inner = " ".join(_word(p) for p in node.parts if isinstance(p, s.Text)) or text
    if any(w.strip(",.;:()") not in _JOINING for w in inner.split()):
        return structure.words(inner, node, tuple(found))
    if not found:
        raise fail(node, "words")
    return found[0] if len(found) == 1 else Apply("and", tuple(found), span=node.span)
