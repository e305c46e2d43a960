"""Which of the equations in force speak of a claim, however indirectly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.model import Claim
from derive.term.contents import among
from derive.term.heads import HEADS
from derive.term.nodes import (
    Add,
    Apply,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Expectation,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Prime,
    Probability,
    Relation,
    Symbol,
    Term,
    Tuple,
    integer,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute, walk


def relevant(claim: Claim) -> Claim:
    """The claim with only those hypotheses that speak, however indirectly, of its symbols."""
    scope: Scope = claim.scope
    names = set(free_symbols(claim.left)) | set(free_symbols(claim.right))
    names = _closed(names, scope)
    pool = [(t, True) for t in scope.hypotheses] + [(t, False) for t in scope.soft]
    chosen: set[int] = set()
    changed = True
    while changed:
        changed = False
        for k, (term, _) in enumerate(pool):
            if k in chosen:
                continue
            theirs = set(free_symbols(term))
            if theirs & names:
                chosen.add(k)
                grown = _closed(names | theirs, scope)
                changed = changed or grown != names
                names = grown
    hard = tuple(t for k, (t, h) in enumerate(pool) if k in chosen and h)
    soft = tuple(t for k, (t, h) in enumerate(pool) if k in chosen and not h and not _same(t, claim))
    sides = (claim.left, claim.right)
    soft = _without_names(soft, (*sides, *hard), scope, _linear)
    hard = _without_names(hard, (*sides, *soft), scope, _names)
    return replace(claim, scope=replace(scope, hypotheses=hard, soft=soft))


def _without_names(
    equations: tuple[Term, ...],
    others: tuple[Term, ...],
    scope: Scope,
    solved: Callable[[Relation, Symbol], bool],
) -> tuple[Term, ...]:
    """The equations without those that only name something: one symbol of theirs stands nowhere else
    and they can be solved for it, so that every model of the rest can be made one of theirs."""
    kept = list(equations)
    again = True
    while again:
        again = False
        for term in kept:
            rest = [t for t in (*others, *kept) if t is not term]
            used = _closed({n for t in rest for n in free_symbols(t)}, scope)
            if (
                isinstance(term, Relation)
                and term.op == "="
                and any(
                    symbol.name not in used and symbol.name not in scope.definitions and solved(term, symbol)
                    for symbol in free_symbols(term).values()
                )
            ):
                kept.remove(term)
                again = True
                break
    return tuple(kept)


def _names(term: Relation, symbol: Symbol) -> bool:
    """`\\vec s = (s_0, s_1)`: one side is the symbol or an element of it, the other is defined everywhere,
    so that the equation does not narrow what it is made of either."""
    for side, other in ((term.left, term.right), (term.right, term.left)):
        base = side.base if isinstance(side, Element) else side
        if base == symbol and symbol.name not in free_symbols(other):
            return all(_everywhere(n) for n in walk(other))
    return False


def _everywhere(node: Term) -> bool:
    """Whether this step of a term has a value whatever its parts are."""
    match node:
        case Pow(exponent=Number(value=n)):
            return n >= 0 and n.denominator == 1
        case Div(denominator=Number(value=n)):
            return n != 0
        case Apply(head=head):
            return head in ("exp", "sin", "cos", "transpose")
        case _:
            return isinstance(node, (Number, Constant, Symbol, Element, Add, Mul, Neg, Tuple, Matrix))


def _linear(term: Relation, symbol: Symbol) -> bool:
    """Whether the equation can be solved for a symbol that one side has, or for a value of a function or
    a sequence that nothing else speaks of, to the first degree."""
    return _solvable(term, symbol) or any(
        _solvable(_put(term, value, unknown), unknown)
        for value in _values(term, symbol)
        for unknown in (Symbol(f"{symbol.name}!"),)
    )


def _values(term: Relation, symbol: Symbol) -> list[Term]:
    """`f(x)`, `f'(c)`, `a_n` where nothing in the arguments is bound: values that may be chosen freely."""
    free = free_symbols(term).keys()
    found: dict[Term, None] = {}
    for node in walk(term):
        head = node.function if isinstance(node, Call) else node.base if isinstance(node, Element) else None
        if isinstance(head, Prime):
            head = head.function
        if head == symbol and free_symbols(node).keys() <= free:
            found.setdefault(node)
    return list(found)


def _put(term: Relation, value: Term, unknown: Symbol) -> Relation:
    changed = substitute(term, {value: unknown})
    assert isinstance(changed, Relation)
    return changed


def _solvable(term: Relation, symbol: Symbol) -> bool:
    holders = [side for side in (term.left, term.right) if symbol.name in free_symbols(side)]
    if len(holders) != 1:
        return False
    try:
        slope = differentiate(holders[0], symbol)
    except NotDifferentiable:
        return False
    return symbol.name not in free_symbols(slope) and slope != integer(0)


def slipped(term: Term) -> bool:
    """`\\partial\\theta/\\partial\\theta`, a slip of the pen, and `dv = e^x\\,dx`, a step of a substitution:
    no conditions to reckon with."""
    if any(n.head == "differential" for n in among(term, Apply)):
        return True
    return any(any(n.body == v for v, _ in n.variables) for n in among(term, Derivative))


def beside(term: Term, claim: Claim) -> bool:
    """Whether an equation cannot bear on a claim: a slip, or one about chance where the claim has none."""
    if slipped(term):
        return True

    def of_chance(*terms: Term) -> bool:
        return any(isinstance(n, (Probability, Expectation)) for t in terms for n in walk(t))

    return of_chance(term) and not of_chance(claim.left, claim.right)


def _same(term: Term, claim: Claim) -> bool:
    return isinstance(term, Relation) and term.left == claim.left and term.right == claim.right


def _closed(names: set[str], scope: Scope) -> set[str]:
    grown = set(names)
    stack = list(names)
    while stack:
        name = stack.pop()
        definition = scope.definitions.get(name)
        more: Iterable[str] = free_symbols(definition.body) if definition is not None else ()
        if name in scope.dependencies:
            more = (*more, *scope.dependencies[name])
        for other in more:
            if other not in grown:
                grown.add(other)
                stack.append(other)
    return grown


def opaque(term: Term) -> bool:
    """Whether it has a construct that keeps its structure and has no value."""
    return any(HEADS[n.head].opaque for n in among(term, Apply))
