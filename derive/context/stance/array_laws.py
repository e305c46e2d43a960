"""What nobody supposes: laws of arrays, moments that are decomposed.

`A B = B A` says what A and B are like; `(A B)^\\top = B A` is stated of all, or it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.calculus.fields import NABLA
from derive.context.links import EQUALITIES, is_atom, is_constant, within
from derive.context.stance.setting import Setting
from derive.meaning.letters.identity_matrix import stands_for_identity
from derive.model import Stance
from derive.term.contents import among, has, heads
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Call,
    Derivative,
    Element,
    Ellipsis,
    Expectation,
    Integral,
    Limit,
    Mul,
    Neg,
    Pow,
    Prime,
    Probability,
    Relation,
    Symbol,
    Term,
)
from derive.term.traverse import children, free_symbols

_OTHER = (Call, Element, Derivative, Prime, Expectation, Probability, BigOp, Integral, Limit, Ellipsis)


def _equation(s: Setting) -> bool:
    return s.first and s.relation in EQUALITIES


def law_of_arrays(s: Setting) -> bool:
    """An operation on something composite, told in the letters that it is made of: all of them arrays, but
    for numbers that stand beside them."""
    left, right = s.left, s.right
    if not (_equation(s) and s.says(Stance.ASSERTED)) or has(left, *_OTHER) or has(right, *_OTHER):
        return False
    if NABLA & (heads(left) | heads(right)):
        return False  # what holds of fields without sources or rotation is stated as often as of all
    if is_atom(left) or is_atom(right) or is_constant(right) or not _composite(left):
        return False
    inside = within(left, s.scope)
    if not _others(right, s).keys() <= inside | _tied(inside, s):
        return False
    arrays = [n for n, symbol in _others(left, s).items() if s.scope.symbols.get(n, symbol.type).shape]
    return bool(arrays) and not _property(left, right)


def _others(side: Term, s: Setting) -> dict[str, Symbol]:
    """The letters of a side but for the identity matrix."""
    return {n: symbol for n, symbol in free_symbols(side).items() if not stands_for_identity(n, s.scope)}


def _tied(inside: set[str], s: Setting) -> set[str]:
    """What an equation that is supposed says together with these: λ beside A and v, by `A v = λ v`."""
    found: set[str] = set()
    for h in (*s.scope.hypotheses, *s.scope.soft):
        names = free_symbols(h).keys() if isinstance(h, Relation) and h.op == "=" else set[str]()
        if names & inside:
            found |= names
    return found


def _composite(term: Term) -> bool:
    """Whether something is done to what is made of several things: a transpose of a product, a product with
    a sum, three arrays in a row."""
    match term:
        case Apply(args=args):
            return any(not is_atom(a) for a in args) or len(args) > 1
        case Pow(base=base):
            return isinstance(base, Add | Mul) or _composite(base)
        case Mul(args=args):
            return len(args) > 2 or any(isinstance(a, Add | Pow) or _composite(a) for a in args)
        case Add(args=args):
            return any(_composite(a) for a in args)
        case Neg(arg=arg):
            return _composite(arg)
        case _:
            return False


def _property(left: Term, right: Term) -> bool:
    """Whether the sides are alike but for order and for letters left out, with no sum in them: `A B = B A`,
    `\\|A x\\| = \\|x\\|`, `x^\\top A y = y^\\top A x`."""
    if has(left, Add) or has(right, Add) or _kind(left) != _kind(right):
        return False
    more, fewer = sorted((list(_letters(left)), list(_letters(right))), key=len, reverse=True)
    return all(fewer.count(name) <= more.count(name) for name in fewer)


def _kind(term: Term) -> str:
    match term:
        case Apply(head=head):
            return head
        case Pow(base=base, exponent=exponent):
            return f"{_kind(base)}^{exponent.to_latex()}"
        case _:
            return type(term).__name__


def _letters(term: Term) -> Iterator[str]:
    if isinstance(term, Symbol):
        yield term.name
    for child in children(term):
        yield from _letters(child)


def decomposes(s: Setting) -> bool:
    """`\\operatorname{Var}(Y) = E[\\operatorname{Var}(Y \\mid X)] + …`, `\\operatorname{Var}(X + Y) = … +
    2 \\operatorname{Cov}(X, Y)`: a moment by means of conditional ones, or of those of its parts."""
    if not _equation(s) or not isinstance(s.left, Expectation) or s.left.op not in ("E", "Var", "Cov"):
        return False
    if s.says(Stance.DEFINES, Stance.ASSUMES, Stance.CONDITION) or s.left.given is not None:
        return False
    if _by_covariances(s):
        return True
    inner = [
        n
        for outer in among(s.right, Expectation)
        for a in outer.args
        for n in among(a, Expectation)
        if n.given is not None
    ]
    asked = free_symbols(s.left).keys()
    return bool(inner) and all(asked <= free_symbols(n).keys() for n in inner)


def _by_covariances(s: Setting) -> bool:
    """A variance by the covariances of its parts, all of them. Where one of many stands for each, `n
    \\operatorname{Var}(X_1)`, the text has them alike."""
    if not isinstance(s.left, Expectation) or s.left.op != "Var":
        return False
    moments = among(s.right, Expectation)
    ops = {n.op for n in moments}
    if "Cov" not in ops or not ops <= {"Var", "Cov"} or any(n.given is not None for n in moments):
        return False
    known = within(s.left, s.scope)
    if not free_symbols(s.right).keys() <= known:
        return False
    summed = has(s.left, BigOp, Ellipsis) or any(
        has(s.scope.definitions[n].body, BigOp, Ellipsis) for n in known if n in s.scope.definitions
    )
    return not (summed and any(_of_one(e) for n in moments for e in among(n, Element)))


def _of_one(element: Element) -> bool:
    return any(is_constant(i) for i in element.indices)
