"""What stands below and above an operator: names that it binds, and their ranges."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.classes import replace
from derive.facts.document import GREEK
from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import INDEX_LETTERS
from derive.facts.pieces import walk as syntax_walk
from derive.facts.runs import opens
from derive.meaning import structure
from derive.meaning.application import call
from derive.meaning.reader import INDEX, Reader, fail
from derive.notation import syntax as s
from derive.term.nodes import Add, Apply, Binder, Neg, Number, Relation, SetOf, Symbol, Term

GROUPS = (
    frozenset("ijkl"),
    frozenset("mn"),
    frozenset("pq"),
    frozenset("uv"),
    frozenset("rs"),
    frozenset("xy"),
    frozenset("st"),
)


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
            case s.Fence(open="{", body=s.Name() | s.Scripts() as inner):
                add(inner)  # `\\sum_{\\{s_i\\}}`, over all the values of that name
            case s.Juxtaposition(factors=factors) if _run_together(factors):
                for factor in factors:
                    add(factor)
            case s.Infix(op=":" | "colon", left=s.Name() as left, right=s.Chain()):
                add(left)
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


def _run_together(factors: tuple[Any, ...]) -> bool:
    """`\\sum_{ij}`, `\\sum_{\\alpha\\beta}`: small letters side by side, each of which runs."""
    return all(
        isinstance(f, s.Name) and not f.word and not f.accents and not f.font and _small(f.name)
        for f in factors
    )


def _small(name: str) -> bool:
    return name.islower() if len(name) == 1 else name in GREEK and name.islower()


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
        case s.Fence(body=s.Sequence()) | s.Fence(open="{", body=s.Name() | s.Scripts()):
            return
        case s.Juxtaposition(factors=factors) if _run_together(factors):
            return
        case s.Infix(op=":" | "colon", left=s.Name(), right=s.Chain() as condition):
            conditions.append(r.term(condition))  # `r : S_r \\ni i`, such that
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
