"""Big operators: sums, products, extrema, limits, unions, with every form of their bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import INDEX_LETTERS
from derive.facts.pieces import walk as syntax_walk
from derive.facts.runs import opens
from derive.meaning import structure
from derive.meaning.application import call
from derive.meaning.reader import INDEX, Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Binder,
    Element,
    Limit,
    Neg,
    Number,
    Relation,
    SetOf,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols, walk

EXTREMA = frozenset({"max", "min", "sup", "inf", "argmax", "argmin"})
LIMITS = frozenset({"lim", "limsup", "liminf"})
SUMS = frozenset({"sum", "prod", "coprod"})
GROUPS = (
    frozenset("ijkl"),
    frozenset("mn"),
    frozenset("pq"),
    frozenset("uv"),
    frozenset("rs"),
    frozenset("xy"),
    frozenset("st"),
)


def big(r: Reader, node: s.Big) -> Term:
    if node.op in LIMITS:
        return limit(r, node)
    if isinstance(node.body, s.Missing):
        raise fail(node, f"{node.op} without its body")
    if node.op in EXTREMA and node.sub is None and node.sup is None:
        return _extremum(r, node)
    return ranged(r, node)


def _extremum(r: Reader, node: s.Big) -> Term:
    """`\\max(a, b)`, `\\max\\{a, b\\}`, `\\max S`."""
    body = node.body
    if node.op in ("max", "min") and isinstance(body, s.Fence) and body.body is not None:
        if isinstance(body.body, s.Sequence) and body.open in ("(", "{", "["):
            return Apply(node.op, tuple(r.term(i) for i in body.body.items), span=node.span)
        if body.open == "{" and isinstance(body.body, s.Bar):
            return Apply(node.op, (r.term(body),), span=node.span)
        if body.open in ("(", "["):
            return Apply(node.op, (r.term(body.body),), span=node.span)
    if node.op in ("max", "min") and not isinstance(body, s.Fence):
        return Apply(node.op, (r.term(body),), span=node.span)
    return BigOp(node.op, r.term(body), (), span=node.span)


def ranged(r: Reader, node: s.Big) -> Term:
    behind = _behind_product(r, node)
    if behind is not None:
        return behind
    with r.binding(names := bound_names(r, node.sub, node)):
        body = r.term(node.body)
        binders = read_binders(r, node, names)
    if not binders and node.op in SUMS:
        binders = (Binder(_implied_index(body)),)
        body = _with_index_types(body, binders)
    return BigOp(node.op, body, binders, span=node.span)


def _behind_product(r: Reader, node: s.Big) -> Term | None:
    """`\\prod_i q_i \\ln p`: factors without the index are rather no part of a product over it; in a sum
    it makes no difference."""
    names = set(bound_names(r, node.sub, node))
    if node.op != "prod" or not names or not isinstance(node.body, s.Juxtaposition):
        return None
    factors = node.body.factors
    last = max((k for k, f in enumerate(factors) if names & _free_names(r, f)), default=len(factors))
    if last + 1 >= len(factors):
        return None
    behind = factors[last + 1]
    if isinstance(behind, s.Fence) and behind.open != "{":
        return None
    options = (
        ("narrow", Choice(Chosen.PRODUCT_OVER_FACTORS_THAT_HOLD_ITS_INDEX)),
        ("wide", Choice(Chosen.PRODUCT_OVER_ALL_FACTORS_THAT_FOLLOW_IT)),
    )
    if r.ask("reach:product", options) == "wide":
        return None
    held = factors[: last + 1]
    inside = s.Juxtaposition(held[0].span.cover(held[-1].span), held) if last else held[0]
    first = s.Big(node.span, node.op, node.sub, node.sup, inside)
    return r.term(s.Juxtaposition(node.span, (first, *factors[last + 1 :])))


def _free_names(r: Reader, node: Any) -> set[str]:
    """The letters in a piece that no big sign within it binds."""
    inner = {n for b in syntax_walk((node,)) if isinstance(b, s.Big) for n in bound_names(r, b.sub, b)}
    return {spell(n) for n in syntax_walk((node,)) if isinstance(n, s.Name)} - inner


def _with_index_types(body: Term, binders: tuple[Binder, ...]) -> Term:
    return body


def _implied_index(body: Term) -> Symbol:
    """`\\sum y^{(i)}` without bounds runs over the one index of its body, or over a letter that is free."""
    free = free_symbols(body)
    seen = [
        i.name
        for t in walk(body)
        if isinstance(t, Element)
        for i in t.indices
        if isinstance(i, Symbol) and i.name in free
    ]
    single = list(dict.fromkeys(seen))
    if len(single) == 1:
        return replace(free[single[0]], type=INDEX)
    if "i" in single:
        return Symbol("i", INDEX)
    return Symbol(next(n for n in ("i", "j", "k", "l", "m", "n", "p", "q") if n not in free), INDEX)


# Bounds -------------------------------------------------------------------------------------------------


def bound_names(r: Reader, sub: Any, node: s.Big | None = None) -> list[str]:
    """The letters that the bounds introduce, in order."""
    found: list[str] = []

    def add(item: Any) -> None:
        name = symbol_name(item)
        if name is None:
            return
        if isinstance(item, s.Number):
            return
        if name not in found:
            found.append(name)

    listed = _listed_bases(sub)
    if listed:
        return listed
    for item in items_of(sub):
        match item:
            case s.Juxtaposition(factors=(first, s.Fence(body=s.Missing()))):
                add(first)
            case s.Name() | s.Scripts():
                add(item)
            case s.Chain(first=first, links=links) if first is not None:
                _chain_names(r, item, first, links, add, found, node)
            case s.Fence(body=s.Sequence(items=items)):
                for i in items:
                    add(i)
            case s.Juxtaposition(factors=(first, s.Fence(open="[" | "("))):
                add(first)
            case s.Juxtaposition(factors=(first, s.Text() | s.Name(word=True))):
                add(first)
            case s.Infix(op="mid" | "setminus", left=left) | s.Bar(left=left):
                add(left)
            case s.Ellipsis():
                continue
            case _:
                continue
    return found


def _listed_bases(sub: Any) -> list[str]:
    """`x_1, \\dots, x_n`: all the elements of x, that is x; of several such lists in turn. Else nothing."""
    items = items_of(sub)
    if not any(isinstance(i, s.Ellipsis) for i in items):
        return []
    found: list[str] = []
    for item in items:
        match item:
            case s.Ellipsis():
                continue
            case s.Scripts(base=base, sub=below, sup=None) if below is not None:
                name = symbol_name(base)
            case s.Name():
                name = symbol_name(item)
            case _:
                return []
        if name is None:
            return []
        if name not in found:
            found.append(name)
    return found


def _chain_names(
    r: Reader, chain: s.Chain, first: Any, links: Any, add: Any, found: list[str], node: Any
) -> None:
    listed = _listed_bases(first)
    if listed:
        found.extend(n for n in listed if n not in found)
        return
    if isinstance(first, s.Sequence):
        for i in first.items:
            add(i)
        return
    if isinstance(first, s.Fence) and isinstance(first.body, s.Sequence):
        for i in first.body.items:
            add(i)
        return
    if isinstance(first, s.Number) or (len(links) > 1 and links[0].relation in ("<", "<=")):
        chained = [first, *(link.right for link in links)]
        for item in chained[1:-1]:
            add(item)
        if len(chained) == 2:
            add(chained[1])
        elif isinstance(first, s.Name) and _companions(r, first, chained[1], node):
            add(first)
            if isinstance(chained[-1], s.Name) and _companions(r, chained[1], chained[-1], node):
                add(chained[-1])
        return
    name = symbol_name(first)
    if name is not None and name in found:
        return
    link = links[0]
    if name is not None and name in r.bound and isinstance(link.right, s.Name) and link.relation != "in":
        add(link.right)  # \sum_j over j with i bound outside: i \ne j
        return
    if name is None:
        add_first_letters(r, first, add)
        return
    add(first)
    if (
        link.relation in ("<", "<=", ">", ">=", "!=")
        and isinstance(link.right, s.Name)
        and _companions(r, first, link.right, node)
    ):
        add(link.right)


def add_first_letters(r: Reader, first: Any, add: Any) -> None:
    """`\\sum_{i + j = n}`: the letters of the left side run."""
    for item in syntax_walk((first,)):
        if isinstance(item, s.Name) and not r.declared(spell(item)) and not item.word:
            add(item)


def _companions(r: Reader, a: Any, b: Any, node: Any) -> bool:
    """In `i < j` both run, if both are index letters of one kind and the second is not fixed outside."""
    if not isinstance(a, s.Name) or not isinstance(b, s.Name):
        return False
    x, y = spell(a), spell(b)
    if y in r.bound or r.role(y) not in (None, "index"):
        return False
    if not any(x in g and y in g for g in GROUPS):
        return False
    if node is None:
        return True
    in_body = sum(1 for n in syntax_walk((node.body,)) if isinstance(n, s.Name) and spell(n) == y)
    inside = sum(1 for n in syntax_walk((node,)) if isinstance(n, s.Name) and spell(n) == y)
    return in_body > 0 and inside >= r.evidence.names.get(y, 0)


def items_of(sub: Any) -> list[Any]:
    """The separate conditions of a lower bound: a sequence, or the lines of a substack."""
    match sub:
        case None:
            return []
        case s.Sequence(items=items):
            return [x for i in items for x in items_of(i)]
        case s.Matrix(rows=rows):
            return [x for row in rows for cell in row if cell is not None for x in items_of(cell)]
        case _:
            return [sub]


def read_binders(r: Reader, node: s.Big, names: list[str]) -> tuple[Binder, ...]:
    sub, sup = node.sub, node.sup
    binders: dict[str, Binder] = {n: Binder(_bound_symbol(r, n)) for n in names}
    conditions: list[Term] = []
    for item in items_of(sub) if not _listed_bases(sub) else ():
        _bounds(r, item, binders, conditions)
    if sup is not None:
        if sub is None or len(binders) == 0:
            raise fail(sup, "an upper bound without the index")
        targets = [n for n, b in binders.items() if b.domain is None and b.upper is None]
        if not targets:
            raise fail(sup, "an upper bound beside a range")
        upper = r.term(sup)
        for name in targets:
            binders[name] = replace(binders[name], upper=upper)
    out = list(binders.values())
    if conditions:
        if not out:
            raise fail(node, "a condition without an index")
        whole = conditions[0] if len(conditions) == 1 else Apply("and", tuple(conditions))
        out[-1] = replace(out[-1], condition=whole)
    if sub is not None and not out:
        domain = r.term(sub)
        raise fail(sub, f"bounds over {type(domain).__name__.lower()}")
    return tuple(out)


def _bound_symbol(r: Reader, name: str) -> Symbol:
    known = r.scope.symbols.get(name)
    if known is not None and known.role == "index":
        return Symbol(name, known)
    if known is not None:
        return Symbol(name, known)
    return Symbol(name, INDEX) if name in INDEX_LETTERS or name in r.evidence.counted else Symbol(name)


def _bounds(r: Reader, item: Any, binders: dict[str, Binder], conditions: list[Term]) -> None:
    match item:
        case s.Name() | s.Scripts() | s.Juxtaposition(factors=(_, s.Fence(body=s.Missing()))):
            return
        case s.Ellipsis():
            raise fail(item, "dots in the bounds")
        case s.Fence(body=s.Sequence()):
            return
        case s.Chain(first=first, links=links) if first is not None:
            _chain_bounds(r, item, first, links, binders, conditions)
        case s.Infix(op="mid") | s.Bar():
            left, right = item.left, item.right
            conditions.append(Relation("divides", r.term(left), r.term(right), span=item.span))
        case (
            s.Infix(op="setminus")
            | s.Juxtaposition(factors=(s.Name() | s.Scripts(), s.Fence(open="[" | "(")))
        ):
            # `u[n]`, `V(x)`: of a signal only this value, of a function its values;
            conditions.append(r.term(item))  # `x_c \\setminus x`: all but those
        case s.Juxtaposition(factors=(first, s.Text(text=said) | s.Name(name=said, word=True))):
            conditions.append(structure.words(said, item, (r.term(first),)))  # `p \\text{ prime}`
        case s.Text():
            raise fail(item, "words in the bounds")
        case _:
            raise fail(item, "these bounds")


def _chain_bounds(
    r: Reader, item: s.Chain, first: Any, links: Any, binders: dict[str, Binder], conditions: list[Term]
) -> None:
    if _listed_bases(first) and all(n in binders for n in _listed_bases(first)):
        conditions.append(r.term(item))  # `x_1, \\dots, x_n \\in S`
        return
    name = symbol_name(first)
    if len(links) == 1:
        link = links[0]
        own = binders.get(name) if name is not None else None
        fresh = own is not None and own.lower is None and own.domain is None
        if own is not None and fresh and name is not None:
            if link.relation == "=":
                if isinstance(link.right, s.Sequence):
                    _listed(r, item, link.right, name, own, binders)
                else:
                    binders[name] = replace(own, lower=r.term(link.right))
                return
            if link.relation == "in":
                binders[name] = replace(own, domain=collection(r, link.right))
                return
            if link.relation in (">=", ">") and not _mentions(link.right, binders):
                lower = r.term(link.right)
                binders[name] = replace(own, lower=lower if link.relation == ">=" else _step(lower, 1))
                return
        if link.relation == "in" and isinstance(first, s.Sequence):
            domain = collection(r, link.right)
            for i in first.items:
                key = symbol_name(i)
                if key is None or key not in binders:
                    raise fail(i, "this index")
                binders[key] = replace(binders[key], domain=domain)
            return
        if link.relation == "=" and isinstance(first, s.Sequence):
            lower = r.term(link.right)
            for i in first.items:
                key = symbol_name(i)
                if key is None or key not in binders:
                    raise fail(i, "this index")
                binders[key] = replace(binders[key], lower=lower)
            return
    if len(links) > 1 and all(link.relation in ("<", "<=") for link in links):
        chained = [first, *(link.right for link in links)]
        inner = [symbol_name(c) for c in chained[1:-1]]
        if (
            all(n is not None and n in binders for n in inner)
            and not _mentions(first, binders)
            and not _mentions(chained[-1], binders)
        ):
            low, high = r.term(first), r.term(chained[-1])
            if links[0].relation == "<":
                low = _step(low, 1)
            if links[-1].relation == "<":
                high = _step(high, -1)
            for n in inner:
                assert n is not None
                binders[n] = replace(binders[n], lower=low, upper=high)
            for left, link in zip(chained[1:-2], links[1:-1], strict=True):
                conditions.append(Relation(link.relation, r.term(left), r.term(link.right), span=item.span))
            return
    left = r.term(first)
    for link in links:
        right = r.term(link.right)
        conditions.append(Relation(link.relation, left, right, span=link.span))
        left = right


def collection(r: Reader, node: Any) -> Term:
    """What an index runs over: `n(i)` there is the set that belongs to i, no product."""
    if isinstance(node, s.Juxtaposition) and len(node.factors) == 2:
        head, fence = node.factors
        if isinstance(head, s.Name) and opens(fence):
            return call(r, head, spell(head), fence)  # type: ignore[arg-type]
    return r.term(node)


def _listed(
    r: Reader, item: s.Chain, right: s.Sequence, name: str, own: Binder, binders: dict[str, Binder]
) -> None:
    """`i = 1, \\dots, n`, or the values one by one."""
    values = right.items
    dots = [k for k, v in enumerate(values) if isinstance(v, s.Ellipsis)]
    if not dots:
        binders[name] = replace(own, domain=SetOf(tuple(r.term(v) for v in values), span=right.span))
        return
    if len(dots) != 1 or dots[0] != len(values) - 2:
        raise fail(item, "these bounds")
    binders[name] = replace(own, lower=r.term(values[0]), upper=r.term(values[-1]))


def _mentions(node: Any, binders: dict[str, Binder]) -> bool:
    return any(isinstance(n, s.Name) and spell(n) in binders for n in syntax_walk((node,)))


def _step(term: Term, by: int) -> Term:
    if isinstance(term, Number):
        value = term.value + by
        return Number(value) if value >= 0 else Neg(Number(-value))
    one = Number(Fraction(1))
    return Add((term, one if by > 0 else Neg(one)), span=term.span)


# Limits ----------------------------------------------------------------------------------------------------


def limit(r: Reader, node: s.Big) -> Term:
    sub = node.sub
    if isinstance(node.body, s.Missing):
        raise fail(node, "a limit without its body")
    if node.sup is not None:
        raise fail(node.sup, "a superscript on a limit")
    items = _shared(items_of(sub))
    if not items:
        return Apply(f"{node.op}_of", (r.term(node.body),), span=node.span)
    if not all(_moves(item) for item in items):
        with r.binding(bound_names(r, sub, node)):
            under = tuple(r.term(item) for item in items)
            body = r.term(node.body)
        where = under[0] if len(under) == 1 else Apply("and", under, span=node.span)
        return Apply(f"{node.op}_over", (body, where), span=node.span)
    limits: list[tuple[Symbol, Term, str]] = []
    for item in items:
        if isinstance(item, s.Chain) and isinstance(item.first, s.Sequence):
            limits.extend(_approach(r, s.Chain(item.span, v, item.links)) for v in item.first.items)
            continue
        limits.append(_approach(r, item))
    with r.binding([v.name for v, _, _ in limits]):
        body = r.term(node.body)
    for variable, point, side in reversed(limits):
        body = Limit(body, variable, point, side, node.op, span=node.span)
    return body


def _shared(items: list[Any]) -> list[Any]:
    """`x, y \\to \\infty`: letters before a relation go where the last of them goes, together."""
    found: list[Any] = []
    waiting: list[Any] = []
    for item in items:
        if isinstance(item, s.Name | s.Scripts):
            waiting.append(item)
            continue
        if isinstance(item, s.Chain) and waiting and isinstance(item.first, s.Name | s.Scripts):
            span = waiting[0].span.cover(item.first.span)
            together = s.Fence(span, "(", ")", s.Sequence(span, (*waiting, item.first)))
            item = s.Chain(waiting[0].span.cover(item.span), together, item.links)
            waiting = []
        found.extend(waiting)
        waiting = []
        found.append(item)
    return found + waiting


def _moves(item: Any) -> bool:
    """Whether a variable by itself approaches a point; `\\|h\\| \\to 0`, `(x, y) \\to a` are kept."""
    if not isinstance(item, s.Chain) or item.first is None or len(item.links) != 1:
        return False
    if item.links[0].relation not in APPROACHES:
        return False
    firsts = item.first.items if isinstance(item.first, s.Sequence) else (item.first,)
    return all(symbol_name(v) is not None or _increment(v) for v in firsts)


def _increment(node: Any) -> bool:
    """`\\Delta x`, `dx`: one symbol by custom."""
    return (
        isinstance(node, s.Juxtaposition)
        and len(node.factors) == 2
        and isinstance(node.factors[0], s.Name)
        and node.factors[0].name in ("Delta", "delta", "d")
    ) or isinstance(node, s.Prefix)


APPROACHES = frozenset("to implies downarrow uparrow searrow nearrow longrightarrow".split())


def _approach(r: Reader, item: Any) -> tuple[Symbol, Term, str]:
    if not isinstance(item, s.Chain) or item.first is None or len(item.links) != 1:
        raise fail(item, "this limit")
    link = item.links[0]
    if link.relation not in APPROACHES:
        raise fail(item, "this limit")
    name = symbol_name(item.first)
    if name is None:
        increment = r.term(item.first)
        if not isinstance(increment, Symbol):
            raise fail(item.first, "a limit in something that is no variable")
        name = increment.name
    side = {"downarrow": "+", "searrow": "+", "uparrow": "-", "nearrow": "-"}.get(link.relation, "+-")
    right = link.right
    if isinstance(right, s.Scripts) and isinstance(right.sup, s.Name) and right.sup.name in ("+", "-"):
        side = right.sup.name
        right = right.base if right.sub is None else s.Scripts(right.span, right.base, right.sub)
    elif isinstance(right, s.Juxtaposition) and len(right.factors) == 2 and _side_mark(right.factors[1]):
        side, right = right.factors[1].name, right.factors[0]  # type: ignore[union-attr]
    elif isinstance(right, s.Sum) and len(right.parts) == 1:
        sign, part = right.parts[0]
        if isinstance(part, s.Scripts) and isinstance(part.sup, s.Name) and part.sup.name in ("+", "-"):
            side = part.sup.name
            right = s.Sum(right.span, ((sign, part.base),))
    known = r.scope.symbols.get(name)
    symbol = (
        Symbol(name, span=item.first.span) if known is None else Symbol(name, known, span=item.first.span)
    )
    return symbol, r.term(right), side


def _side_mark(node: Any) -> bool:
    return isinstance(node, s.Name) and node.name in ("+", "-")


# Families --------------------------------------------------------------------------------


def family(r: Reader, node: s.Scripts, base: s.Fence) -> Term | None:
    """`\\{x_i\\}_{i=1}^n`, `(a_n)_{n \\ge 0}`: a sequence with its range."""
    sub = node.sub
    if base.body is None or not (
        isinstance(sub, s.Chain) or (isinstance(sub, s.Name) and spell(sub) in r.evidence.subscripts)
    ):
        return None
    if isinstance(sub, s.Name) and base.open != "{" and spell(sub) not in _free_names(r, base.body):
        return None  # `(y_i)_j`: the j-th entry of y_i
    fake = s.Big(node.span, "family", sub, node.sup, base.body)
    names = bound_names(r, sub, fake)
    if not names:
        return None
    with r.binding(names):
        body = r.term(base.body)
        binders = read_binders(r, fake, names)
    return BigOp("family", body, binders, span=node.span)
