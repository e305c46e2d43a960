"""Constructs that keep their structure and mean nothing to compute with (`derive.term.heads.OPAQUE`).

A formula that holds one is read, and its claims stay undecided with the construct as the reason:
a subscript on a bracket, a hat over a product, an operator without its operand, a condition in words.
"""

from __future__ import annotations

from typing import Any

from derive.facts.naming import MARKS, script_text, symbol_name
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.term.heads import OPAQUE
from derive.term.nodes import Apply, Relation, Symbol, Term


def component(r: Reader, term: Term, sub: Any, span: Any) -> Term:
    """`[a \\times b]_y`, `|x|_p`, `(x)_+`: what the subscript does is the author's own."""
    name = script_text(sub)
    below = Symbol(name, span=sub.span) if name is not None else r.term(sub)
    return Apply("component", (term, below), span=span)


def entries(r: Reader, term: Term, sub: s.Infix, span: Any) -> Term:
    """`x_{1:n}`, `x_{:t}`: the entries from one place to another; an end that is not said is left open."""
    ends = [
        Apply("placeholder", (), span=e.span) if isinstance(e, s.Missing) else r.term(e)
        for e in (sub.left, sub.right)
    ]
    return Apply("entries", (term, *ends), span=span)


def entries_where(r: Reader, term: Term, sub: s.Chain, span: Any) -> Term:
    """`x_{<t}`, `x_{\\ne i}`: the entries whose place stands so to this one."""
    link = sub.links[0]
    place = Relation(
        link.relation, Apply("placeholder", (), span=link.span), r.term(link.right), span=link.span
    )
    return Apply("entries_where", (term, place), span=span)


def marked(node: Any, term: Term, sup: Any) -> Term | None:
    """`(a + b)^+`, `0^-`, `f(x)^*`: the mark of a superscript on what is no name; None where it is none."""
    if not isinstance(sup, s.Name) or sup.accents or sup.font:
        return None
    head = f"marked {MARKS.get(sup.name, sup.name)}"
    return Apply(head, (term,), span=node.span) if head in OPAQUE else None


def accented(r: Reader, node: s.Accent) -> Term:
    """`\\widehat{x + y}`; over an application (`\\hat{f(x)}`) the accent is that of the function."""
    body = node.body
    if node.note is not None:
        raise fail(node, f"a note on {node.kind}")
    if isinstance(body, s.Juxtaposition) and len(body.factors) == 2:
        head, fence = body.factors
        name = head.base if isinstance(head, s.Scripts) else head
        if isinstance(name, s.Name) and isinstance(fence, s.Fence) and fence.open == "(":
            marked_name = s.Name(name.span, name.name, name.font, (*name.accents, node.kind), name.word)
            function: Any = marked_name
            if isinstance(head, s.Scripts):
                function = s.Scripts(head.span, marked_name, head.sub, head.sup, head.primes)
            return r.term(s.Juxtaposition(node.span, (function, fence)))
    head_ = f"accented {node.kind}"
    if head_ not in OPAQUE:
        raise fail(node, f"{node.kind} over an expression")
    return Apply(head_, (r.term(body),), span=node.span)


def variation(r: Reader, node: s.Fraction) -> Term | None:
    """`\\frac{\\delta F}{\\delta f}`: a functional derivative, or a quotient of small changes."""
    halves = [node.numerator, node.denominator]
    if r.declared("\\delta") or not all(
        isinstance(h, s.Juxtaposition)
        and isinstance(h.factors[0], s.Name)
        and h.factors[0].name == "delta"
        and not h.factors[0].font
        for h in halves
    ):
        return None
    rest = [h.factors[1:] for h in halves if isinstance(h, s.Juxtaposition)]
    parts = [x[0] if len(x) == 1 else s.Juxtaposition(x[0].span.cover(x[-1].span), x) for x in rest]
    return Apply("variation", tuple(r.term(p) for p in parts), span=node.span)


def stacked(r: Reader, node: s.Fence, body: s.Fraction) -> Term:
    """One above the other in fences: Stirling numbers of both kinds, symbols of a field."""
    pair = (r.term(body.numerator), r.term(body.denominator))
    heads = {("{", "}"): "stirling_second", ("[", "]"): "stirling_first"}
    return Apply(heads.get((node.open, node.close), "stacked"), pair, span=node.span)


_FIGURES = frozenset({"angle", "measuredangle", "triangle", "square", "Box"})


def figure(r: Reader, factors: tuple[Any, ...], k: int) -> tuple[int, Term] | None:
    """`\\angle ABC`, `\\triangle ABC`: one name of the points that follow, and the factors it takes."""
    sign = factors[k]
    if not isinstance(sign, s.Name) or sign.name not in _FIGURES or sign.accents:
        return None
    points = []
    for factor in factors[k + 1 :]:
        if not isinstance(factor, s.Name) or len(factor.name) != 1 or not factor.name.isupper():
            break
        points.append(factor.name)
    if not points:
        return None
    name = f"\\{sign.name} {''.join(points)}"
    return 1 + len(points), r.symbol(name, sign.span.cover(factors[k + len(points)].span))


def operation(r: Reader, node: s.Infix) -> Term | None:
    """An operator that every field gives its own meaning; None for one that has a meaning here."""
    head = f"operation {node.op}"
    return Apply(head, (r.term(node.left), r.term(node.right)), span=node.span) if head in OPAQUE else None


def conditional(r: Reader, node: Any, left: Any, right: Any) -> Term:
    """`X \\mid Y = y \\sim N`: a random variable under a condition."""
    items = right.items if isinstance(right, s.Sequence) else (right,)
    given = tuple(r.term(x) for x in items)
    under = given[0] if len(given) == 1 else Apply("and", given, span=right.span)
    return Apply("conditional", (r.term(left), under), span=node.span)


def named_function(r: Reader, name: str, node: Any, what: str) -> Term:
    """A function or operator that a formula speaks of without its argument, `g = \\tanh`.

    Alone it is no formula."""
    if any(node is piece for piece in r.nodes) and len(r.nodes) == 1:
        raise fail(node, what)
    return Apply("named_function", (Symbol(name, span=node.span),), span=node.span)


def applied(r: Reader, head: Any, args: tuple[Term, ...], span: Any) -> Term:
    """`\\operatorname{sec}(v, w)`, `\\tr_B(x)`, `\\det'(A)`: the author's own function with a known name."""
    name = symbol_name(head)
    if name is None or (len(r.nodes) == 1 and isinstance(head, s.Name)):
        raise fail(head, "several arguments of a function of one")
    return Apply("applied", (Symbol(name, span=head.span), *args), span=span)


def words(text: str, node: Any, formulas: tuple[Term, ...] = ()) -> Term:
    """A condition or value in words: said, and not understood."""
    plain = " ".join(text.split()).strip(" .,;:")
    return Apply("said", (Symbol(f"\\text{{{plain}}}", span=node.span), *formulas), span=node.span)
