"""Shapes of terms by unification: which dimensions must agree, and where they cannot.

A dimension is a number, an author's letter, or one of the checker's own for what nobody stated; those are
made equal where products, sums, inverses and norms need it. What cannot fit is a `Clash`. It is `sure` where
no convention explains it: two dimensions of which each has its own name, a column against a row. It is not
where authors have habits that bend the rules: a number added to every entry, a vector added to every row,
vectors written as rows, powers entry by entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from derive.calculus.gradient import _ELEMENTWISE, _TO_NUMBER
from derive.classes import dataclass
from derive.term import nodes as t
from derive.term.contents import among
from derive.term.scope import Definition
from derive.term.traverse import bound_here, children, walk

Shape = tuple[t.Dimension, ...]
Part = tuple[t.Term, Shape]
"""A term with its shape."""

_SAME = frozenset(("hadamard", "cross"))
_SQUARE = frozenset(("trace", "det", "inverse"))
_DEEP = 4
"""So many definitions are followed into one another."""


@dataclass(slots=True)
class Clash(Exception):
    """Shapes that do not fit. kind: `product`, `sum`, `comparison`, `square`; sure: no habit explains it."""

    kind: str
    parts: tuple[Part, ...]
    sure: bool = False


def is_open(dimension: t.Dimension) -> bool:
    """Whether a dimension is a name of the checker's own, for one that the author did not give."""
    return isinstance(dimension, str) and dimension.startswith(("n_", "m_", "?"))


class Shapes:
    """Shapes of terms, and which dimensions are the same.

    `habits`: what a habit of authors explains leaves the shape untold; without, it is a clash as well.
    `derived`: an array of which words told no lengths has those of its definition.
    """

    def __init__(
        self,
        types: Mapping[str, t.Type],
        definitions: Mapping[str, Definition] | None = None,
        *,
        habits: bool = False,
        derived: bool = False,
    ) -> None:
        self.types = types
        self.derived = derived
        self.definitions = definitions or {}
        self.habits = habits
        self.parent: dict[t.Dimension, t.Dimension] = {}
        self._followed: list[str] = []
        self._bound: list[str] = []
        self._counts = {d for kind in types.values() for d in kind.shape or ()}

    # -- dimensions -----------------------------------------------------------------------------

    def root(self, d: t.Dimension) -> t.Dimension:
        while d in self.parent:
            d = self.parent[d]
        return d

    def rooted(self, shape: Shape) -> Shape:
        return tuple(self.root(d) for d in shape)

    def same(self, a: t.Dimension, b: t.Dimension) -> bool | None:
        """Make two dimensions one. False where they differ for sure, None where they may."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return True
        if is_open(a) and b != 1 and not (is_open(b) and str(b).startswith("?")):
            self.parent[a] = b
        elif is_open(b) and a != 1:
            self.parent[b] = a
        elif is_open(a) or is_open(b) or type(a) is not type(b):
            return None
        else:
            return False
        return True

    def _clash(self, kind: str, *parts: Part, sure: bool = False) -> None:
        """Raises Clash, but where habits are allowed for and one may be the reason."""
        if sure or not self.habits:
            raise Clash(kind, tuple((term, self.rooted(shape)) for term, shape in parts), sure)

    # -- what is added or compared --------------------------------------------------------------

    def agree(self, kind: str, parts: Iterable[tuple[t.Term, Shape | None]]) -> Shape | None:
        """The one shape of things that are added, compared or multiplied entry by entry."""
        known: list[Part] = [(term, shape) for term, shape in parts if shape is not None]
        if not known:
            return None
        first = known[0]
        for other in known[1:]:
            first = self._agreed(kind, first, other)
        return first[1]

    def _agreed(self, kind: str, a: Part, b: Part) -> Part:
        if len(a[1]) == len(b[1]):
            fits = [self.same(d, e) for d, e in zip(a[1], b[1], strict=True)]
            if not all(fits):
                self._clash(kind, a, b, sure=False in fits and not _derived(a, b))
            return a
        less, more = (a, b) if len(a[1]) < len(b[1]) else (b, a)
        if not less[1]:
            # a number on every entry is a habit, and `v = |v|` takes one letter for a vector and its length;
            # a number that arrays were contracted to, `Ax = x^\\top A x`, is neither
            bare = isinstance(more[0], t.Symbol)
            loose = kind == "sum" or bare or not self._made_number(less[0]) or _derived(more)
            self._clash(kind, a, b, sure=not loose)
            return more
        self._clash(kind, a, b, sure=self._apart(kind, less[1][0], more[1]) and not _derived(a, b))
        return more

    def _made_number(self, term: t.Term) -> bool:
        """Whether a number was made of arrays, in sight or in the definition of what is named: it is no
        letter that is meant for every entry."""
        if _contracted(term):
            return True
        name = term.function if isinstance(term, t.Call) else term
        definition = self.definitions.get(name.name) if isinstance(name, t.Symbol) else None
        body = definition.body if definition is not None else None
        return body is not None and (_contracted(body) or any(n.op == "sum" for n in among(body, t.BigOp)))

    def _apart(self, kind: str, d: t.Dimension, shape: Shape) -> bool:
        """Whether a column differs from a matrix for sure: by its lengths, or as a row does."""
        rows, columns = self.rooted(shape)
        d = self.root(d)
        if columns == 1 or kind not in ("sum", "comparison"):
            return False
        if rows == 1:
            return not is_open(d) and d != 1
        if kind == "comparison":
            return not is_open(columns)
        alone = all(_rigid(d, e) for e in (rows, columns))
        return alone  # added to each row or to each column it would be a habit

    # -- terms ----------------------------------------------------------------------------------

    def of(self, term: t.Term) -> Shape | None:
        """() a number, (n,) a column, (m, n) a matrix; None where that cannot be told. Raises Clash."""
        match term:
            case t.Number(value=value):
                return None if value == 0 else ()
            case t.Constant():
                return ()
            case t.Symbol(name=name):
                return self._symbol(term) if name not in self._bound else ()
            case t.Element(base=base, indices=indices):
                return self._element(base, len(indices))
            case t.Neg(arg=arg):
                return self.of(arg)
            case t.Add(args=args):
                return self.agree("sum", [(a, self.of(a)) for a in args])
            case t.Relation(left=left, right=right):
                self.agree("comparison", [(left, self.of(left)), (right, self.of(right))])
                return None
            case t.Mul(args=(t.Element() | t.Number(), t.Apply(head="unit") as unit)):
                return self.of(unit)  # an entry that stands in a list is a number
            case t.Mul(args=args):
                return self._product(args)
            case t.Div(numerator=a, denominator=b):
                below = self.of(b)
                above = self.of(a)
                return above if not below or not self.habits else None
            case t.Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case t.Apply(head=head, args=args):
                return self._applied(head, args, [self.of(a) for a in args])
            case t.Call(function=function, args=args):
                for a in args:
                    self.of(a)
                return self._called(function, args)
            case t.BigOp(op=op, body=body):
                shape = self._inside(term, body)
                return shape if op in ("sum", "prod") else ()
            case t.Matrix(rows=rows):
                if any(self.of(cell) != () for row in rows for cell in row):
                    return None
                return _plain(len(rows), len(rows[0]))
            case t.Derivative(body=body, variables=((variable, order),)) if order == t.ONE:
                above, below = self.of(body), self.of(variable)
                return below if above == () else above if below == () else None
            case _:
                self._inside(term, *children(term))
                return None

    def _inside(self, term: t.Term, *parts: t.Term) -> Shape | None:
        """The shape of the last of the parts of a term, whose bound letters are numbers."""
        held = [s.name for s in bound_here(term)]
        self._bound += held
        shape: Shape | None = None
        try:
            for part in parts:
                shape = self.of(part)
        finally:
            del self._bound[len(self._bound) - len(held) :]
        return shape

    def _type(self, symbol: t.Symbol) -> t.Type:
        return self.types.get(symbol.name, symbol.type)

    def _symbol(self, symbol: t.Symbol) -> Shape | None:
        known = self._type(symbol).shape
        definition = self.definitions.get(symbol.name)
        if definition is not None and isinstance(definition.body, t.Matrix):
            return self._defined(definition)  # written out, it is what it is, whatever was said before
        if known:
            return self._told_by(definition, known) if self.derived else known
        if definition is not None and definition.kind == "symbol":
            return self._defined(definition)
        return known if symbol.name in self.types else () if symbol.name in self._counts else None

    def _told_by(self, definition: Definition | None, known: Shape) -> Shape:
        """The shape of an array of which words told no lengths: its definition has them."""
        if definition is None or definition.kind != "symbol" or not all(map(is_open, self.rooted(known))):
            return known
        found = self._defined(definition)
        if found is not None and len(found) == len(known):
            for d, e in zip(known, found, strict=True):
                self.same(d, e)
        return known

    def _called(self, function: t.Term, args: tuple[t.Term, ...]) -> Shape | None:
        if not isinstance(function, t.Symbol):
            return None
        definition = self.definitions.get(function.name)
        if definition is not None and definition.kind == "function":
            return self._defined(definition)
        return self._type(function).shape if not self.habits else None

    def _defined(self, definition: Definition) -> Shape | None:
        """The shape of what a symbol stands for; a slip in there is told where it stands."""
        if definition.name in self._followed or len(self._followed) >= _DEEP:
            return None
        self._followed.append(definition.name)
        kept = dict(self.parent)
        try:
            return self.of(definition.body)
        except Clash:
            self.parent = kept
            return None
        finally:
            self._followed.pop()

    def _element(self, base: t.Term, count: int) -> Shape | None:
        if not isinstance(base, t.Symbol):
            return None
        type_ = self._type(base)
        if type_.shape is None or type_.shape == ():
            return type_.shape if base.name in self.types or not self.habits else None
        if "sequence" in (type_.role, base.type.role):
            return type_.shape if count == 1 else None
        return () if len(type_.shape) == count else None

    def _product(self, args: tuple[t.Term, ...]) -> Shape | None:
        """Factors side by side; what stands behind one whose shape is not told is tried by itself."""
        total: Shape | None = ()
        done: tuple[t.Term, ...] = ()
        untold = False
        for arg in args:
            shape = self.of(arg)
            if shape is None or total is None:
                untold = True
                total, done = (shape, (arg,)) if shape is not None else ((), ())
                continue
            before = done[0] if len(done) == 1 else t.Mul(done) if done else t.ONE
            total = self._times((before, total), (arg, shape))
            done = (*done, arg)
        return None if untold else total

    def _times(self, a: Part, b: Part) -> Shape | None:
        left, right = a[1], b[1]
        if not left or not right:
            return left or right
        rows, inner = (left[0], 1) if len(left) == 1 else left
        other, columns = (right[0], 1) if len(right) == 1 else right
        if inner == 1 and self.root(other) != 1:
            if not self.habits or len(left) == 2 or len(right) == 1:
                self._clash("product", a, b, sure=len(left) == 2 and _rigid(1, self.root(other)))
                return None
            # `x W`, a vector taken for a row
            self._clash("product", a, b, sure=self.same(rows, other) is False)
            return None
        if (inner != 1 or other != 1) and not (fits := self.same(inner, other)):
            self._clash("product", a, b, sure=fits is False)
            return None
        return _plain(self.root(rows), self.root(columns))

    def _power(self, base: t.Term, exponent: t.Term) -> Shape | None:
        shape = self.of(base)
        above = self.of(exponent)
        if not shape:
            return shape if not self.habits or not above else None
        letter = isinstance(base, t.Symbol)
        if self.habits and (len(shape) == 1 or (letter and exponent == t.TWO and all(map(is_open, shape)))):
            return None  # `W^2` stands for the square of the norm as well, where nobody says that W is square
        if len(shape) == 2 and not self.same(*shape):
            self._clash("square", (base, shape))
            return None
        return shape

    def _applied(self, head: str, args: tuple[t.Term, ...], shapes: list[Shape | None]) -> Shape | None:
        first = shapes[0] if shapes else None
        if head in ("transpose", "adjoint"):
            if not first:
                return first
            return (1, first[0]) if len(first) == 1 else _plain(first[1], first[0])
        if head in _SQUARE:
            if first and len(first) == 2:
                if not (fits := self.same(*first)):
                    self._clash("square", (args[0], first), sure=fits is False)
            elif first:
                self._clash("square", (args[0], first), sure=False)
            return first if head == "inverse" else ()
        if head in ("identity", "ones", "unit") and args and (n := _counted(args[-1])) is not None:
            if head == "unit" and len(args) < 2:
                return None
            return (n, n) if head == "identity" else (n,)
        if head == "diag" and len(args) == 1 and first:
            return (first[0], first[0]) if len(first) == 1 else (first[0],)
        if head == "pseudo_inverse" and first and len(first) == 2:
            return (first[1], first[0])
        if head == "dot" or head in _SAME:
            agreed = self.agree(head, zip(args, shapes, strict=True))
            return () if agreed is not None and head == "dot" else agreed
        if head in _TO_NUMBER:
            return ()
        return first if head in _ELEMENTWISE and (len(shapes) == 1 or head == "each_power") else None


def _counted(term: t.Term) -> t.Dimension | None:
    match term:
        case t.Symbol(name=name):
            return name
        case t.Number(value=value) if value.denominator == 1:
            return int(value)
        case _:
            return None


def _rigid(a: t.Dimension, b: t.Dimension) -> bool:
    """Whether two dimensions, each stated by the author, differ: names or numbers, no number for a name."""
    return a != b and not is_open(a) and not is_open(b) and (type(a) is type(b) or 1 in (a, b))


def _derived(*parts: Part) -> bool:
    """A derivative is a row for some authors and a column for others."""
    return any(isinstance(n, t.Derivative) for term, _ in parts for n in walk(term))


def _contracted(term: t.Term) -> bool:
    """Whether a number was made of arrays in sight: `x^\\top A x`, a trace, a norm."""
    return any((n.head in _TO_NUMBER or n.head in ("transpose", "adjoint")) for n in among(term, t.Apply))


def _plain(rows: t.Dimension, columns: t.Dimension) -> Shape:
    if rows == 1 and columns == 1:
        return ()
    return (rows,) if columns == 1 else (rows, columns)
