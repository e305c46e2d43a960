"""Numbers and equations made of vectors and matrices: sums of words in the arrays, over the ring.

A word is a product of arrays in order; transposes are carried to its letters and an inverse cancels
its neighbour. What is a number inside a word (xᵀ…y) is taken out as a kernel, known by the lesser of
itself and its transpose. Shapes are those that the symbols' types tell; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from derive.calculus.gradient import Shape, _times, shape_of
from derive.classes import dataclass, replace
from derive.term.construct import add, determinant, mul, neg
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Div,
    Element,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    Term,
    Tuple,
)
from derive.verify.normal.hypotheses import vanishes
from derive.verify.normal.proof import Proof, proved
from derive.verify.normal.reader import Reader
from derive.verify.normal.ring import Ratio, Unsupported


@dataclass(frozen=True, slots=True, order=True)
class Letter:
    """An array as it stands in a word."""

    key: str
    vector: bool
    square: bool = True
    transposed: bool = False
    inverse: bool = False

    def turned(self) -> Letter:
        return replace(self, transposed=not self.transposed)


Word = tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Σ coefficient · word, all of one shape."""

    shape: Shape
    parts: dict[Word, Ratio]


def read_number(rd: Reader, term: Term) -> Ratio:
    """A number made of arrays, as a ratio over kernels. Raises Unsupported where shapes are unknown."""
    match term:
        case Apply(head="norm", args=(u, *rest)):
            if rest and not (isinstance(rest[0], Number) and rest[0].value == 2) and rest[0] != Symbol("F"):
                return rd.opaque(term)
            if (m := written_out(u)) is not None:
                return rd.powers.radical(rd.read(_inner(m, m)), fmpq(1, 2))
            square = _product(rd, _transpose(_read(rd, u)), _read(rd, u))
            if square.shape != ():
                raise Unsupported("the norm of a matrix")
            return rd.powers.radical(_number(rd, square), fmpq(1, 2))
        case Apply(head="dot", args=(u, v)):
            first, second = written_out(u), written_out(v)
            if first is not None and second is not None and len(_entries(first)) == len(_entries(second)):
                return rd.read(_inner(first, second))
            return _number(rd, _product(rd, _transpose(_read(rd, u)), _read(rd, v)))
        case Apply(head="trace" | "det" as head, args=(u,)) if (m := written_out(u)) is not None:
            if _size(m)[0] != _size(m)[1] or _size(m)[0] > 5:
                raise Unsupported("a matrix that is not square, or large")
            if head == "det":
                return rd.read(determinant(m.rows))
            return rd.read(add(*(row[k] for k, row in enumerate(m.rows))))
        case Apply(head="trace", args=(u,)):
            return _trace(rd, _read(rd, u))
        case Apply(head="det", args=(u,)):
            return _det(rd, _read(rd, u))
        case _:
            if (m := written_out(term)) is not None and _size(m) == (1, 1):
                return rd.read(m.rows[0][0])  # a row times a column
            return _number(rd, _read(rd, term))


def of_arrays(left: Term, right: Term) -> bool:
    """Whether two sides are something that `prove_arrays` can compare: no two numbers."""
    if shape_of(left) not in ((), None) or shape_of(right) not in ((), None):
        return True
    return written_out(left) is not None and written_out(right) is not None


def prove_arrays(rd: Reader, left: Term, right: Term) -> Proof | None:
    """Equality of two arrays: word by word, or entry by entry where they are written out."""
    first, second = written_out(left), written_out(right)
    if first is not None and second is not None:
        if _size(first) != _size(second):
            return None
        pairs = zip(_entries(first), _entries(second), strict=True)
        if any(rd.ring.sub(rd.read(a), rd.read(b)).num != 0 for a, b in pairs):
            return None
        return proved(rd, "normal form, entry by entry", {}, set())
    shape = shape_of(left)
    if shape in ((), None) and shape_of(right) in ((), None):
        return None
    a, b = _read(rd, left), _read(rd, right)
    difference = _add(rd, a, _scaled(rd, b, rd.ring.neg(rd.ring.one)))
    if any(c.num != 0 and not _vanishes(rd, c) for c in difference.parts.values()):
        return None
    return proved(rd, "normal form of arrays", {}, set())


def written_out(term: Term) -> Matrix | None:
    """The array entry by entry, where it is made of arrays written out."""
    match term:
        case Matrix():
            return term
        case Tuple(items=items) if items and not any(isinstance(i, Tuple | Matrix) for i in items):
            return Matrix(tuple((i,) for i in items))
        case Neg(arg=arg):
            inner = written_out(arg)
            return None if inner is None else _each(inner, neg)
        case Add(args=args):
            total = written_out(args[0])
            for a in args[1:]:
                other = written_out(a)
                if total is None or other is None or _size(total) != _size(other):
                    return None
                rows = zip(total.rows, other.rows, strict=True)
                total = Matrix(tuple(tuple(add(x, y) for x, y in zip(r, q, strict=True)) for r, q in rows))
            return total
        case Mul(args=args):
            product: Matrix | None = None
            scale: list[Term] = []
            for a in args:
                factor = written_out(a)
                if factor is None:
                    if shape_of(a) != ():
                        return None
                    scale.append(a)
                elif product is None:
                    product = factor
                elif _size(product)[1] != _size(factor)[0]:
                    return None
                else:
                    columns = list(zip(*factor.rows, strict=True))
                    product = Matrix(
                        tuple(
                            tuple(add(*(mul(x, y) for x, y in zip(row, c, strict=True))) for c in columns)
                            for row in product.rows
                        )
                    )
            return None if product is None else _each(product, lambda e: mul(*scale, e))
        case Apply(head="transpose", args=(a,)):
            inner = written_out(a)
            return None if inner is None else Matrix(tuple(zip(*inner.rows, strict=True)))
        case Apply(head="cross", args=(a, b)):
            u, v = written_out(a), written_out(b)
            return None if u is None or v is None or {_size(u), _size(v)} != {(3, 1)} else _cross(u, v)
        case Pow(base=base, exponent=Number(value=n)) if n.denominator == 1 and 2 <= n <= 6:
            return written_out(Mul((base,) * int(n)))
        case _:
            return None


def _inner(u: Matrix, v: Matrix) -> Term:
    """The sum of the products of entries; of real ones, as everywhere in this reader."""
    return add(*(mul(x, y) for x, y in zip(_entries(u), _entries(v), strict=True)))


def _cross(u: Matrix, v: Matrix) -> Matrix:
    (a, b, c), (x, y, z) = _entries(u), _entries(v)
    minors = ((b, z, c, y), (c, x, a, z), (a, y, b, x))
    return Matrix(tuple((add(mul(p, q), neg(mul(r, s))),) for p, q, r, s in minors))


def _size(matrix: Matrix) -> tuple[int, int]:
    return len(matrix.rows), len(matrix.rows[0])


def _each(matrix: Matrix, change: Callable[[Term], Term]) -> Matrix:
    return Matrix(tuple(tuple(change(e) for e in row) for row in matrix.rows))


def _vanishes(rd: Reader, c: Ratio) -> bool:
    return vanishes(rd, c.num)


def _entries(matrix: Matrix) -> list[Term]:
    return [entry for row in matrix.rows for entry in row]


def _number(rd: Reader, words: Words) -> Ratio:
    if words.shape != ():
        raise Unsupported("an array where a number belongs")
    return words.parts.get((), rd.ring.nought)


def _read(rd: Reader, term: Term) -> Words:
    r = rd.ring
    term = rd.solved.get(term, term)
    if isinstance(term, Symbol):
        told = rd.scope.type_of(term.name)
        shape = told.shape if term.type.shape is None and told is not None else term.type.shape
    else:
        shape = shape_of(term)
    match term:
        case Add(args=args):
            total = _read(rd, args[0])
            for a in args[1:]:
                total = _add(rd, total, _read(rd, a))
            return total
        case Neg(arg=arg):
            return _scaled(rd, _read(rd, arg), r.neg(r.one))
        case Mul(args=args):
            product = Words((), {(): r.one})
            for a in args:
                product = _product(rd, product, _read(rd, a))
            return product
        case Div(numerator=a, denominator=b):
            return _scaled(rd, _read(rd, a), r.inverse(rd.read(b)))
        case Apply(head="transpose", args=(a,)):
            return _transpose(_read(rd, a))
        case Apply(head="inverse", args=(a,)) if shape != ():
            return _inverse(rd, _read(rd, a))
        case Apply(head="zeros"):
            return Words((), {})
        case Apply(head="identity", args=(Symbol(name=size),)):
            return Words((size, size), {(): r.one})  # the empty word of a square shape
        case Apply(head="identity"):
            raise Unsupported("an identity of unknown size")
        case Pow(base=base, exponent=Number(value=n)) if shape and n.denominator == 1 and 1 <= n <= 6:
            factor = _read(rd, base)
            power = factor
            for _ in range(int(n) - 1):
                power = _product(rd, power, factor)
            return power
        case BigOp(op="sum") if shape:
            return _letter(rd, term, shape)
    if shape == ():
        return Words((), {(): rd.read(term)})
    if shape is None:
        raise Unsupported("an array of unknown shape")
    return _letter(rd, term, shape)


def _letter(rd: Reader, term: Term, shape: Shape) -> Words:
    match term:
        case Symbol(name=name):
            key = name
        case Element(base=Symbol(name=name), indices=indices):
            key = f"{name}[{','.join(rd.key(i) for i in indices)}]"
        case _:
            key = rd.structure(term)
    if len(shape) == 2 and 1 in shape:
        raise Unsupported("a row or a column as a matrix")
    return Words(shape, {(Letter(key, len(shape) == 1, shape[0] == shape[-1]),): rd.ring.one})


def _scaled(rd: Reader, words: Words, by: Ratio) -> Words:
    return Words(words.shape, {w: rd.ring.mul(c, by) for w, c in words.parts.items()})


def _add(rd: Reader, a: Words, b: Words) -> Words:
    if not a.parts or not b.parts:
        return b if not a.parts else a
    if len(a.shape) != len(b.shape):
        raise Unsupported("a sum of different shapes")
    parts = dict(a.parts)
    for w, c in b.parts.items():
        parts[w] = rd.ring.add(parts[w], c) if w in parts else c
    return Words(a.shape, parts)


def _transpose(words: Words) -> Words:
    shape = words.shape
    if len(shape) == 1:
        shape = (1, shape[0])
    elif len(shape) == 2:
        shape = (shape[1],) if shape[0] == 1 else (shape[1], shape[0])
    return Words(shape, {tuple(x.turned() for x in reversed(w)): c for w, c in words.parts.items()})


def _product(rd: Reader, a: Words, b: Words) -> Words:
    shape = _times(a.shape, b.shape)
    if shape is None:
        raise Unsupported("a product of shapes that do not fit")
    if len(a.parts) * len(b.parts) > 200:
        raise Unsupported("too many words")
    total = Words(shape, {})
    for v, c in a.parts.items():
        for w, d in b.parts.items():
            word, scale = _normal(rd, v + w)
            total = _add(rd, total, Words(shape, {word: rd.ring.mul(scale, rd.ring.mul(c, d))}))
    return total


def _normal(rd: Reader, word: Word) -> tuple[Word, Ratio]:
    """Inverses cancelled and numbers taken out."""
    r = rd.ring
    scale = r.one
    letters = list(word)
    k = 0
    while k + 1 < len(letters):
        x, y = letters[k], letters[k + 1]
        if x.key == y.key and x.transposed == y.transposed and x.inverse != y.inverse:
            del letters[k : k + 2]
            k = max(k - 1, 0)
        else:
            k += 1
    start: int | None = None
    k = 0
    while k < len(letters):
        x = letters[k]
        if x.vector and x.transposed:
            start = k
        elif x.vector and start is not None:
            scale = r.mul(scale, _scalar(rd, tuple(letters[start : k + 1])))
            del letters[start : k + 1]
            k, start = -1, None
        k += 1
    return tuple(letters), scale


def _text(word: Word) -> str:
    return " ".join(x.key + ("'" if x.transposed else "") + ("^-1" if x.inverse else "") for x in word)


def _scalar(rd: Reader, word: Word) -> Ratio:
    turned = tuple(x.turned() for x in reversed(word))
    word = min(word, turned)
    square = len(word) == 2 and word[0] == word[1].turned()
    kernel = rd.ring.kernel(
        f"word[{_text(word)}]",
        sign="0+" if square else "",
        kind="opaque",
        names=_names(rd, word),
    )
    return rd.ring.of(kernel)


def _names(rd: Reader, word: Word) -> frozenset[str]:
    """The symbols in a word, as far as its letters' keys show them: index variables among them."""
    return frozenset(part for x in word for part in _parts(x.key))


def _parts(key: str) -> set[str]:
    import re

    return {key.split("[")[0], *re.findall(r"\\#\d+", key), *re.findall(r"\*([^*\]+,^()]+)", key)}


def _inverse(rd: Reader, words: Words) -> Words:
    if len(words.parts) != 1:
        raise Unsupported("the inverse of a sum")
    ((word, c),) = words.parts.items()
    if any(x.vector for x in word):
        raise Unsupported("the inverse of a vector")
    if not all(x.square for x in word):  # (XᵀX)⁻¹ is no X⁻¹X⁻ᵀ
        raise Unsupported("the inverse of a product of matrices that are not square")
    turned = tuple(replace(x, inverse=not x.inverse) for x in reversed(word))
    return Words(words.shape, {turned: rd.ring.inverse(c)})


def _trace(rd: Reader, words: Words) -> Ratio:
    total = rd.ring.nought
    for word, c in words.parts.items():
        total = rd.ring.add(total, rd.ring.mul(c, _trace_of(rd, word)))
    return total


def _trace_of(rd: Reader, word: Word) -> Ratio:
    """The same for every rotation of the word and for its transpose."""
    if not word:
        raise Unsupported("the trace of an identity of unknown size")
    turned = tuple(x.turned() for x in reversed(word))
    for w in (word, turned):
        for k in range(len(w)):
            rotated = w[k:] + w[:k]
            if rotated[0].vector and rotated[0].transposed and rotated[-1].vector:
                left, scale = _normal(rd, rotated)
                if not left:
                    return scale
    least = min(w[k:] + w[:k] for w in (word, turned) for k in range(len(w)))
    kernel = rd.ring.kernel(f"trace[{_text(least)}]", kind="opaque", names=_names(rd, least))
    return rd.ring.of(kernel)


def _det(rd: Reader, words: Words) -> Ratio:
    if len(words.parts) != 1 or len(words.shape) != 2 or words.shape[0] != words.shape[1]:
        raise Unsupported("the determinant of a sum")
    ((word, c),) = words.parts.items()
    if rd.ring.constant(c) != 1 or any(x.vector for x in word):
        raise Unsupported("the determinant of a multiple")
    total = rd.ring.one
    for x in word:
        kernel = rd.ring.kernel(f"det[{x.key}]", kind="opaque", names=_names(rd, (x,)))
        total = rd.ring.mul(total, rd.ring.of(kernel, -1 if x.inverse else 1))
    return total
