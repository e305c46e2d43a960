"""What the form of a relation shows of it: a value in passing, a step worked out, names set equal.

Each is a question about one `Setting`; the table in `structure` asks them in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from derive.calculus.undefined import by_chain_rule
from derive.context.links import (
    EQUALITIES,
    IMPLICATIONS,
    INEQUALITIES,
    congruent,
    definition_of,
    is_atom,
    is_computation,
    is_constant,
    within,
)
from derive.context.stance.setting import Setting
from derive.meaning.letters.identity_matrix import stands_for_identity
from derive.model import Stance
from derive.term.nodes import (
    Add,
    Apply,
    Call,
    Derivative,
    Div,
    Element,
    Expectation,
    Limit,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Prime,
    Probability,
    Root,
    Symbol,
    Term,
    Tuple,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, walk


def equation(s: Setting) -> bool:
    return s.first and s.relation in EQUALITIES


def value_in_passing(s: Setting) -> bool:
    return (
        equation(s)
        and s.definition is not None
        and not s.says(Stance.DEFINES)
        and isinstance(s.left, Symbol | Element)
        and (isinstance(s.right, Symbol) or is_constant(s.right))
        and not entries_written_out(s)
    )


def entries_written_out(s: Setting) -> bool:
    """`A = \\begin{pmatrix} …`: who writes out a matrix defines it, unless under a condition."""
    return isinstance(s.right, Matrix) and not s.says(Stance.ASSUMES)


def labels(s: Setting) -> bool:
    """`0 = \\begin{bmatrix} 1 \\\\ 0 \\end{bmatrix}`: the code of a class. No number is a vector."""
    arrays = isinstance(s.right, Matrix | Tuple)
    return s.first and s.relation == "=" and isinstance(s.left, Number) and arrays


def absurd(s: Setting) -> bool:
    """`0 = 1`: nobody states it, except to say that something is impossible."""
    alone = s.first and len(s.chain) == 1 and s.relation == "="
    return alone and isinstance(s.left, Number) and isinstance(s.right, Number) and s.left != s.right


def again_in_same_letters(s: Setting) -> bool:
    """`q = a + b`, and further on "we have `q = b + a`"; of `T^2` nobody has to say so."""
    return (
        equation(s)
        and s.definition is not None
        and not s.fresh
        and (s.says(Stance.ASSERTED) or _power_of_a_name(s))
        and not is_atom(s.right)
        and s.in_same_letters
    )


def _power_of_a_name(s: Setting) -> bool:
    """`T^2` where T was given, and not `T^2`: that may be given anew."""
    known = s.scope.definitions.get(s.definition.name) if s.definition is not None else None
    return isinstance(s.left, Pow) and known is not None and not isinstance(known.body, Root)


def named_derivative_worked_out(s: Setting) -> bool:
    """`\\delta = A - Y` where \\delta names a derivative that can be computed, in the letters of it."""
    known = s.scope.definitions.get(s.definition.name) if s.definition is not None else None
    if not equation(s) or s.fresh or is_atom(s.right):
        return False
    if known is None or not isinstance(known.body, Derivative):
        return False
    return is_computation(known.body, s.scope) and free_symbols(s.right).keys() <= within(known.body, s.scope)


def derivative_by_the_way(s: Setting) -> bool:
    """`…, with the gradient \\nabla J = A x - b` of a J that is defined, in the letters of its definition."""
    if not equation(s) or is_atom(s.right) or not is_computation(s.left, s.scope):
        return False
    slope = (
        isinstance(s.left, Derivative)
        or (isinstance(s.left, Apply) and s.left.head in ("grad", "hessian", "laplacian"))
        or (isinstance(s.left, Call) and isinstance(s.left.function, Prime))
    )
    return slope and free_symbols(s.right).keys() <= within(s.left, s.scope)


def differential_worked_out(s: Setting) -> bool:
    """`du = 2x\\,dx` where u is x^2, all in the letters of the definition; `dU = T\\,dS` says more.

    So are `x\\,dx = \\frac12 du` and, of elements of area, `dx\\,dy = r\\,dr\\,d\\theta`.
    """
    if not equation(s):
        return False
    left, right = _varied(s.left), _varied(s.right)
    if not left or not right or left.keys() & right.keys() or set(left.values()) != set(right.values()):
        return False
    letters = left.keys() | right.keys()
    defined = letters & s.scope.definitions.keys()
    written = letters | free_symbols(s.left).keys() | free_symbols(s.right).keys()
    known = {n for d in defined for n in within(s.scope.definitions[d].body, s.scope)}
    if not defined or not written <= known | defined:
        return False
    return len(letters) > len(defined)


def set_to_zero(s: Setting) -> bool:
    """`\\ell'(x) = \\frac{n}{x} - s = 0`: the derivative is worked out, and then set to a value."""
    last = s.chain[-1]
    return s.first and len(s.chain) > 1 and last.relation == "=" and is_constant(last.right)


def _varied(side: Term) -> dict[str, int]:
    """The letters whose differentials every summand has, and how many it has; none where they differ."""
    found: dict[str, int] = {}
    for summand in side.args if isinstance(side, Add) else (side,):
        own = [n.args[0] for n in walk(summand) if isinstance(n, Apply) and n.head == "differential"]
        names = {a.name for a in own if isinstance(a, Symbol)}
        if len(names) < len(own) or any(n != len(own) for n in found.values()):
            return {}
        found |= dict.fromkeys(names, len(own))
    return found


def names_the_result(s: Setting) -> bool:
    """`\\int_0^1 f = I`: the right side is a new name."""
    named = definition_of(s.right, s.left)
    known = within(s.left, s.scope) | s.scope.definitions.keys()
    known |= {n for h in s.scope.hypotheses for n in free_symbols(h)}  # the p of a binomial X
    return equation(s) and is_computation(s.left, s.scope) and named is not None and named.name not in known


def of_what_is_defined(s: Setting) -> bool:
    """`D_{KL}(p \\| q) = …` where the text says what p and q are: it is worked out, unless words say more."""
    match s.left:
        case Expectation(args=args) if s.words is None or s.says(Stance.ASSERTED):
            return all(isinstance(a, Symbol) and a.name in s.scope.definitions for a in args)
        case _:
            return False


def names_a_chance(s: Setting) -> bool:
    """`P(A) = p`, where nothing is known of p."""
    named = definition_of(s.right, s.left)
    known = s.scope.definitions.keys() | {n for h in s.scope.hypotheses for n in free_symbols(h)}
    return equation(s) and chance_of_events(s.left) and named is not None and named.name not in known


def chance_of_events(term: Term) -> bool:
    """`P(D)`, `P(T \\mid D^c)`, events by their letters: a chance like any other, that may have a name."""
    match term:
        case Probability(args=args, given=given, parameters=(), function=None):
            return all(_is_event(e) for e in (*args, *given))
        case _:
            return False


def _is_event(term: Term) -> bool:
    match term:
        case Symbol(name=name):
            return len(name) == 1 and name.isupper()
        case Apply(head="complement" | "not", args=(inner,)):
            return _is_event(inner)
        case _:
            return False


def is_worked_out(s: Setting) -> bool:
    if not (equation(s) and is_computation(s.left, s.scope)):
        return False
    # a derivative set to zero, a sum of weights that is one: an equation for what it is made of
    return not is_constant(s.right) or is_constant(s.left) or bool(s.cases)


def chain_rule(s: Setting) -> Stance | None:
    """∂L/∂W = Xᵀ ∂L/∂Y for Y = XW and an L that nothing defines: what lies between tells it, and nobody
    supposes it, unless words say so."""
    sides = (s.left, s.right)
    if not equation(s) or by_chain_rule(sides, s.scope) == sides:
        return None
    return Stance.ASSERTED if s.words is None or s.says(Stance.ASSERTED) else Stance.OPEN


def of_itself(s: Setting) -> bool:
    """`\\frac{dy}{dx} = -k y`, `x' + x = f(t)`: an equation for y or x, whatever it was before. Not what
    a slope is by its definition, `f'(x) = \\lim_{h \\to 0} …`."""
    if any(isinstance(n, Limit) for n in walk(s.right)):
        return False
    if s.first and _relates_derivatives(s):
        return True
    match s.left:
        case Derivative(body=Symbol(name=name)) | Derivative(body=Call(function=Symbol(name=name))):
            return name in free_symbols(s.right)
        case Prime(function=Symbol(name=name)) | Call(function=Prime(function=Symbol(name=name))):
            return name in free_symbols(s.right)
        case _:
            return False


def later_names(s: Setting) -> bool:
    if s.first or s.relation not in EQUALITIES or congruent(s.part):
        return False
    if not (isinstance(s.right, Symbol | Element) or (isinstance(s.right, Call) and is_atom(s.right))):
        return False
    definition = definition_of(s.right, s.left)
    return (
        definition is not None
        and definition.name not in s.scope.definitions
        and definition.name not in {n for p in s.chain for n in free_symbols(p.left)}
    )


def atoms_throughout(s: Setting) -> bool:
    return (
        not s.first and all(is_atom(p.left) and is_atom(p.right) for p in s.chain) and not s.without_letters
    )


def equal_quantities(s: Setting) -> bool:
    """`\\frac{a}{A} = \\frac{b}{B} = \\frac{c}{C}`, `k_c r_c = k_j r_{n-j} = k_{n-j} r_j`: no side is worked
    out from the one before, each has factors of its own."""
    opening = s.chain[0]
    if s.first or s.part not in s.chain or is_atom(opening.left) or s.relation not in EQUALITIES:
        return False
    sides = [opening.left, *(p.right for p in s.chain)]
    factors = [factors_of(side) for side in sides]
    if any(not f for f in factors):
        return False
    names = {n for side in sides for n in free_symbols(side)}
    return not names & s.scope.definitions.keys() and all(a != b for a, b in pairwise(factors))


def factors_of(term: Term) -> frozenset[Term]:
    """The names and elements that a product is made of; none where it is more than a product of them."""
    match term:
        case Mul(args=args):
            parts = [factors_of(a) for a in args]
            return frozenset().union(*parts) if all(parts) else frozenset()
        case Div():
            over, under = factors_of(term.numerator), factors_of(term.denominator)
            return over | under if over and under else frozenset()
        case Symbol() | Element():
            return frozenset({term})
        case Call() if is_atom(term):
            return frozenset({term})
        case _:
            return frozenset()


def first_after_names(s: Setting) -> bool:
    """`a_k = a_{2n} = …`, where nothing defines a."""
    if s.first or s.part not in s.chain or not is_atom(s.left) or is_atom(s.right):
        return False
    before = s.chain[: list(s.chain).index(s.part)]
    names = free_symbols(s.left).keys()
    return (
        bool(names)
        and all(is_atom(p.left) and is_atom(p.right) for p in before)
        and not any(name in s.scope.definitions for name in names)
        and s.chain[0].left_span is not None
    )


def named_twice(s: Setting) -> bool:
    """`\\mathrm{RBF} = \\phi(z) = e^{-z^2}`: the names before it are new, and so is the function that it
    gives under the last of them. `f(a) = f(b) = c^2` and `x = f(y) = 3` say no such thing."""
    if not first_after_names(s) or s.relation not in EQUALITIES or not isinstance(s.left, Call):
        return False
    found = definition_of(s.left, s.right)
    before = s.chain[: list(s.chain).index(s.part)]
    arguments = {n for a in s.left.args for n in free_symbols(a)}
    others = {n for p in before for n in free_symbols(p.left)} - arguments
    own = {p.name for p in found.parameters} if found is not None else set[str]()
    return (
        found is not None
        and found.kind == "function"
        and found.name not in others
        and found.name not in within(found.body, s.scope) - own
        and bool(own & free_symbols(found.body).keys())
        and not s.says(Stance.CONDITION)
    )


def open_later(s: Setting) -> bool:
    if s.first:
        return False
    left, right, relation = s.left, s.right, s.relation
    return (
        (relation in INEQUALITIES and is_atom(right) and not is_constant(left))
        or (relation == "approx" and not s.without_letters)
        or (relation in EQUALITIES and _is_value(right, s) and not explicit(left, s.scope))
        or relation in IMPLICATIONS
        or (s.says(Stance.ASSUMES) and (is_atom(left) or is_atom(right)))
    )


def explicit(term: Term, scope: Scope) -> bool:
    """Whether numbers and definitions make a term a number."""
    return is_constant(term) or all(n in scope.definitions for n in within(term, scope))


def _is_value(term: Term, s: Setting) -> bool:
    """`V^\\top V = V V^\\top = I` says what V is, as `x + y = z = 1` does of numbers."""
    if is_constant(term):
        return True
    match term:
        case Symbol(name=name):
            return stands_for_identity(name, s.scope)
        case Apply(head="identity"):
            return True
        case _:
            return False


COMMENT_ASSERTS, COMMENT_ASSUMES = "asserted/by-comment", "assumes/by-comment"


def _relates_derivatives(s: Setting) -> bool:
    """Whether the sides have one function at several orders, and the left side is no slope by itself, which
    is worked out: `x' + x = f(t)`, `s Y = Y''`, but not `f' = 2 f`. Where something composite is
    differentiated, `f' g + f g' = (f g)'`, it is a rule."""
    if isinstance(s.left, Derivative | Prime) or (
        isinstance(s.left, Call) and isinstance(s.left.function, Prime)
    ):
        return False
    orders: dict[str, set[int]] = {}
    for side in (s.left, s.right):
        if any(_of_composite(n) for n in walk(side)):
            return False
        for term in side.args if isinstance(side, Add) else (side,):
            for name, order in _orders(term):
                orders.setdefault(name, set()).add(order)
    return any(len(found) > 1 for found in orders.values())


def _of_composite(node: Term) -> bool:
    match node:
        case Derivative(body=body):
            inner = body.function if isinstance(body, Call) else body
            return not isinstance(inner, Symbol)
        case Prime(function=function):
            return not isinstance(function, Symbol)
        case _:
            return False


def _orders(term: Term) -> Iterator[tuple[str, int]]:
    """The functions that are a factor of a term, each with how often it is differentiated."""
    match term:
        case Neg(arg=arg):
            yield from _orders(arg)
        case Mul(args=args):
            for arg in args:
                yield from _orders(arg)
        case Call(function=Prime(function=Symbol(name=name), order=Number(value=order))):
            yield name, int(order)
        case Prime(function=Symbol(name=name), order=Number(value=order)):
            yield name, int(order)
        case Call(function=Symbol(name=name)) | Symbol(name=name):
            base = name.rstrip("'")
            yield base, len(name) - len(base)
        case Derivative(body=Symbol(name=name) | Call(function=Symbol(name=name)), variables=variables):
            yield name, len(variables)
