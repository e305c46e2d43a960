"""Which of the equations in force speak of a claim, however indirectly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from heapq import heappop, heappush

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.classes import replace
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
from derive.term.traverse import free_names, free_symbols, substitute, walk


def relevant(claim: Claim) -> Claim:
    """The claim with only those hypotheses that speak, however indirectly, of its symbols."""
    scope: Scope = claim.scope
    names = reached(free_names(claim.left) | free_names(claim.right), scope)
    pool = [(t, True) for t in scope.hypotheses] + [(t, False) for t in scope.soft]
    chosen: set[int] = set()
    left = list(range(len(pool)))
    changed = True
    while changed:
        changed = False
        others = []
        for k in left:
            theirs = free_names(pool[k][0])
            if theirs.isdisjoint(names):
                others.append(k)
                continue
            chosen.add(k)
            if not theirs <= names:
                names |= reached(theirs - names, scope)
                changed = True
        left = others
    chosen -= {k for k in chosen if names_arguments(pool[k][0])}
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
    every = {id(t): reached(free_names(t), scope) for t in (*others, *equations)}
    uses = Counter(name for names in every.values() for name in names)
    holders: dict[str, list[int]] = {}
    for k, term in enumerate(equations):
        for name in free_names(term):
            holders.setdefault(name, []).append(k)
    gone: set[int] = set()
    staying = {id(t) for t in others}
    waiting = list(range(len(equations)))  # a heap: the first that may go goes first
    while waiting:
        k = heappop(waiting)
        term = equations[k]
        if k in gone or not _only_names(term, every[id(term)], uses, scope, solved):
            continue
        gone.add(k)
        for name in every[id(term)] if id(term) not in staying else ():
            uses[name] -= 1
            if uses[name] == 1:  # one other equation is left that has it
                for other in holders.get(name, ()):
                    if other not in gone:
                        heappush(waiting, other)
    return tuple(term for k, term in enumerate(equations) if k not in gone)


def _only_names(
    term: Term,
    own: Collection[str],
    uses: Mapping[str, int],
    scope: Scope,
    solved: Callable[[Relation, Symbol], bool],
) -> bool:
    """Whether an equation is no more than a name for something. uses: how many terms reach a name."""
    if not isinstance(term, Relation) or term.op != "=":
        return False
    return any(
        uses[name] - (name in own) <= 0 and name not in scope.definitions and solved(term, symbol)
        for name, symbol in free_symbols(term).items()
    )


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


def names_arguments(term: Term) -> bool:
    """`f = f(x, W)`: what a letter depends on. It narrows no value."""
    match term:
        case Relation(op="=", left=Symbol(name=name), right=Call(function=Symbol(name=called))):
            return name == called
        case Relation(op="=", left=Element(base=Symbol(name=name)), right=Call(function=Symbol(name=called))):
            return name == called
        case _:
            return False


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


def reached(names: Collection[str], scope: Scope) -> set[str]:
    """The names, and those that their definitions and dependencies lead to."""
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
