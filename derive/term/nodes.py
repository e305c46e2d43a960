"""The closed set of term nodes: mathematics with its meaning settled.

A term is immutable and compares by structure; the span of the source it came
from (offsets into the formula's LaTeX) and the author's spelling never count in
a comparison. The author's form is kept: `a - b` is `Add(a, Neg(b))`, `a/b` is
`Div`, nothing is reordered or simplified. Operations on terms are modules of
their own beside this one.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, cast, get_args

from derive.classes import dataclass, field, fields
from derive.model import Span

if TYPE_CHECKING:
    import sympy

Dimension: TypeAlias = int | str
"""A number, or the name of an unknown one (`n`, or `?3` where the author gave none)."""


@dataclass(frozen=True, slots=True)
class Type:
    """What a symbol can stand for.

    domain: `real`, `complex`, `integer`, `natural` (from 0), `positive_integer`, `positive`,
    `nonnegative`, `unit` ([0, 1]), `binary`, `boolean`, `set`, `any`.
    shape: () a number, (n,) a column vector, (m, n) a matrix; None unknown.
    role: `variable`, `function` (applied to arguments; shape and domain are those of its
    value), `constant`, `index`, `sequence` (takes indices; shape is an element's),
    `random`, `distribution`, `event`, `set`, `operator`.
    """

    domain: str = "real"
    shape: tuple[Dimension, ...] | None = ()
    role: str = "variable"


REAL = Type()


class _Term:
    __slots__ = ("_code", "_free", "_hash", "_held", "_measure", "_names", "_parts", "_shape", "_spread")

    _hash: int
    _held: tuple[int, frozenset[str]]
    """Which kinds of nodes and which operators are in it: `derive.term.contents`."""
    _free: dict[str, Symbol]
    _names: frozenset[str]
    _parts: tuple[Term, ...]
    """Its free symbols, their names, and the direct subterms of a node with a field of another kind:
    `derive.term.traverse`."""
    _shape: tuple[Dimension, ...] | None
    """`derive.calculus.gradient`."""
    _measure: tuple[int, int]
    """Its depth and its size: `derive.calculus.resolve`."""
    _spread: Term
    """What is written of arrays as of numbers, written out: `derive.calculus.entrywise`."""
    _code: Any
    """What evaluates it: `derive.verify.evaluate.code`."""

    def to_latex(self) -> str:
        """Print as LaTeX; reading what was printed gives the same term."""
        return PRINTERS.latex(cast("Term", self))

    def to_sympy(self, *, evaluate: bool = True) -> sympy.Basic:
        """The same in SymPy; with `evaluate=False` in the author's form.

        Raises `derive.term.lower.NotExpressible`, which names the construct.
        """
        return PRINTERS.sympy(cast("Term", self), evaluate)


@dataclass(slots=True)
class Printers:
    """What writes a term in another language. `derive.term` hands them in as it is opened: the nodes know
    no printer."""

    latex: Callable[[Term], str]
    sympy: Callable[[Term, bool], sympy.Basic]


def _none(*_: object) -> Any:
    raise RuntimeError("no printer was handed in")


PRINTERS = Printers(_none, _none)


def _span() -> Any:
    return field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(_Term):
    """An exact rational. `text` is the author's spelling; a decimal's digits count for `≈`."""

    value: Fraction
    text: str | None = field(default=None, compare=False)
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Constant(_Term):
    """`pi`, `e`, `i`, `infinity`, `euler_gamma`, `golden_ratio`, `catalan`, `true`, `false`, `emptyset`,
    and the standard sets `N`, `Z`, `Q`, `R`, `C`."""

    name: str
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Symbol(_Term):
    """`name` is the canonical LaTeX of the symbol: `x`, `\\hat{y}`, `x_{0}`, `\\mathbf{x}`, `\\theta`, `MSE`.

    Two symbols are the same when their names are; the type is carried along.
    """

    name: str
    type: Type = field(default=REAL, compare=False)
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Element(_Term):
    """An element of a sequence, vector or matrix: `x_i`, `A_{ij}`, `y^{(i)}`, `x_j^{(i)}` (upper first)."""

    base: Term
    indices: tuple[Term, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Add(_Term):
    args: tuple[Term, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Neg(_Term):
    arg: Term
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Mul(_Term):
    """A product in the author's order: of numbers, of a number and an array, of matrices."""

    args: tuple[Term, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Div(_Term):
    numerator: Term
    denominator: Term
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Pow(_Term):
    base: Term
    exponent: Term
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Root(_Term):
    radicand: Term
    index: Term
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Apply(_Term):
    """A built-in operator on its arguments; `head` is a key of `derive.term.heads.HEADS`.

    E.g. `sin(x)`, `log(x)` (natural), `log(x, b)`, `abs`, `norm(x)` (Euclidean), `norm(x, p)`,
    `transpose`, `inverse`, `det`, `trace`, `dot`, `cross`, `hadamard`, `binomial(n, k)`,
    `factorial`, `gamma`, `max`, `min`, `floor`, `mod(a, n)`, `grad`, `div`, `curl`, `laplacian`,
    `and`, `or`, `not`, `implies`, `iff`, `indicator(condition)`, `plusminus(x)`, `set_builder(x, c)`, ….
    """

    head: str
    args: tuple[Term, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Call(_Term):
    """A function of the document on its arguments. `function` is a Symbol, Prime, Element or other term."""

    function: Term
    args: tuple[Term, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Prime(_Term):
    """The derivative of order `order` of a function of one variable, as a function: f', f^{(n)}."""

    function: Term
    order: Term
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Partial(_Term):
    """The partial derivative of a function of several arguments, as a function of the same arguments.

    `orders[k]` is how often it is differentiated by its k-th argument: ∂³f/∂u₁∂u₂² is (1, 2).
    """

    function: Term
    orders: tuple[int, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Binder:
    """A bound index with its range: lower..upper, or over `domain`, where `condition` holds.

    All of them None: the range is left to the context (`\\sum_i`).
    """

    variable: Symbol
    lower: Term | None = None
    upper: Term | None = None
    domain: Term | None = None
    condition: Term | None = None


@dataclass(frozen=True, slots=True)
class BigOp(_Term):
    """op: `sum`, `prod`, `max`, `min`, `sup`, `inf`, `argmax`, `argmin`, `bigcup`, `bigcap`, ….

    The binders may use the earlier ones; the body all of them.
    """

    op: str
    body: Term
    binders: tuple[Binder, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Integral(_Term):
    """Over `variable` from `lower` to `upper`, or over `domain`; indefinite when all three are None.

    A multiple integral is nested. `op` tells `int` from `oint`.
    """

    body: Term
    variable: Symbol
    lower: Term | None = None
    upper: Term | None = None
    domain: Term | None = None
    op: str = "int"
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Limit(_Term):
    """side: `+` from above, `-` from below, `+-` both. op: `lim`, `limsup`, `liminf`."""

    body: Term
    variable: Symbol
    point: Term
    side: str = "+-"
    op: str = "lim"
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Derivative(_Term):
    """The derivative of `body` by each of `variables` (a variable and its order, in turn).

    A variable is a Symbol, an Element or a Call (a functional's argument); it may be an array
    (`\\nabla_\\theta`, `\\partial L/\\partial\\theta`: the gradient, in the shape of the variable for a
    number-valued body). `partial` tells ∂ from d: d follows every dependency, ∂ too
    where the body is a symbol that depends on the variable only through others.
    """

    body: Term
    variables: tuple[tuple[Term, Term], ...]
    partial: bool = True
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class At(_Term):
    """`body` with `variable` replaced by `value` after every derivative in it is taken."""

    body: Term
    variable: Term
    value: Term
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Piecewise(_Term):
    """(value, condition) pairs, the first that holds counts; condition None is `otherwise`."""

    cases: tuple[tuple[Term, Term | None], ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Matrix(_Term):
    """Rows of entries or blocks. A single column is a vector."""

    rows: tuple[tuple[Term, ...], ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Tuple(_Term):
    items: tuple[Term, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class SetOf(_Term):
    items: tuple[Term, ...]
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Interval(_Term):
    lower: Term
    upper: Term
    left_open: bool = False
    right_open: bool = False
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Relation(_Term):
    """A relation as a term (a condition, an event). op as in `notation.syntax.Link`."""

    op: str
    left: Term
    right: Term
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Expectation(_Term):
    """op: `E`, `Var`, `Cov`, `Std`, `H` (entropy), `KL`, `I`. `under`: the variables or distribution
    it is taken over (`x \\sim p` as a Relation), `given`: what it is conditioned on."""

    op: str
    args: tuple[Term, ...]
    under: Term | None = None
    given: Term | None = None
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Probability(_Term):
    """`P(A | B)` of events, or with a Symbol `function` a mass or density: `p(x | y; \\theta)`."""

    args: tuple[Term, ...]
    given: tuple[Term, ...] = ()
    parameters: tuple[Term, ...] = ()
    function: Term | None = None
    span: Span | None = _span()


@dataclass(frozen=True, slots=True)
class Ellipsis(_Term):
    """Dots whose pattern was not made out (what was made out became a BigOp)."""

    span: Span | None = _span()


Term: TypeAlias = (
    Number
    | Constant
    | Symbol
    | Element
    | Add
    | Neg
    | Mul
    | Div
    | Pow
    | Root
    | Apply
    | Call
    | Prime
    | Partial
    | BigOp
    | Integral
    | Limit
    | Derivative
    | At
    | Piecewise
    | Matrix
    | Tuple
    | SetOf
    | Interval
    | Relation
    | Expectation
    | Probability
    | Ellipsis
)


def _remembered(kind: type) -> Callable[[Any], int]:
    """The hash of what counts in a comparison, worked out once: half of all terms are never asked for it."""
    compared = attrgetter(*(f.name for f in fields(kind) if f.compare))
    keep = _Term.__dict__["_hash"].__set__

    def once(term: Any) -> int:
        found: int | None = getattr(term, "_hash", None)  # to be told of what is missing is dearer
        if found is None:
            found = hash(compared(term))
            keep(term, found)
        return found

    return once


# terms are keys of many tables: without this each look-up would walk the whole term
for _kind in get_args(Term):
    if any(f.compare for f in fields(_kind)):
        _kind.__hash__ = _remembered(_kind)


def integer(value: int) -> Number:
    return Number(Fraction(value))


ZERO, ONE, TWO = integer(0), integer(1), integer(2)
