"""The first walk over a document: what every symbol is, judged by how it is used anywhere in it.

Declared (`x \\in \\mathbb{R}^n`), defined as a function (`f(x) = …`), transposed, bound by a sum, bold: each
is evidence for a role. What is found is frozen before a single formula is given its meaning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from derive.classes import replace
from derive.facts.naming import applied_name, spell, symbol_name
from derive.facts.pieces import walk
from derive.facts.sets import DOMAINS, condition, domain_of
from derive.facts.usage import Usage
from derive.notation.syntax import (
    Big,
    Chain,
    Display,
    Ellipsis,
    Fence,
    Integral,
    Juxtaposition,
    Link,
    Name,
    Number,
    Scripts,
    Sequence,
    Syntax,
)
from derive.term.nodes import Dimension, Type

GREEK = frozenset(
    """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho
    sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    ell""".split()
)


def base_name(node: Any) -> Name | None:
    """The letter that scripts and accents sit on."""
    while isinstance(node, Scripts):
        node = node.base
    return node if isinstance(node, Name) else None


def key(name: Name) -> str:
    """The canonical name of a letter with its font and accents."""
    return spell(name)


class Evidence:
    """What the whole document tells about its symbols, by canonical name."""

    def __init__(self) -> None:
        self.functions: Counter[str] = Counter()
        self.function_parameters: dict[str, tuple[Any, ...]] = {}
        self.vectors: dict[str, int] = {}
        self.matrices: dict[str, int] = {}
        """Letters used as arrays, with the first section that does; bold ones are arrays throughout."""
        self.indices: set[str] = set()
        self.sequences: set[str] = set()
        self.complex = False
        self.appearances: Counter[str] = Counter()
        self.applied: Counter[str] = Counter()
        """How often a letter stands right before a parenthesis."""
        self.section = 0
        """Number of the section that is taken in: a declaration speaks from its section on."""
        self.declarations: dict[str, list[tuple[int, Type]]] = {}
        self.pairs: list[tuple[str, str]] = []
        """Vectors that stand on both sides of an inner product: their dimensions agree."""
        self.turned: dict[int, set[str]] = {}
        """By section, the letters that it transposes."""
        self.made: dict[str, int] = {}
        """The letter e with the first section that makes it of other letters, `e = y - t`."""
        self.exponential = False
        """Whether e has an exponent that is no plain number."""
        self.integrated: set[str] = set()
        self.varying: dict[int, set[str]] = {}
        """By section, the letters with two primes, `y''`: they depend on a variable that is not said."""
        self.usage = Usage()

    def gather(self, display: Display) -> None:
        """Take in one formula. A bare symbol, `the sigmoid $\\sigma$`, only mentions it."""
        parts = [part for row in display.rows for part in row.parts]
        if len(parts) == 1 and isinstance(parts[0], Name):
            return
        for node in walk((display,)):
            self._see(node)
            self.usage.see(node)

    def _see(self, node: Any) -> None:
        match node:
            case Name():
                self.appearances[key(node)] += 1
                if node.font == "bold" and not node.word and node.name != "I":  # a font makes no letter of it
                    (self.matrices if node.name.isupper() else self.vectors)[key(node)] = 0
                if node.font == "blackboard" and node.name == "C":
                    self.complex = True
            case Chain(first=first, links=links) if links:
                self._chain(first, links)
            case Scripts(base=base, sub=sub, sup=sup, primes=primes):
                self._scripts(base, sub, sup)
                if primes > 1 and (primed := symbol_name(Scripts(node.span, base, sub))) is not None:
                    self.varying.setdefault(self.section, set()).add(primed)
            case Juxtaposition(factors=factors):
                self._products(factors)
            case Integral(variables=variables):
                self.integrated.update(key(n) for v in variables if (n := base_name(v)) is not None)
            case Big(op=op, sub=sub):
                for name in _bound(sub):
                    # the letter of a limit or of an extremum over numbers counts nothing
                    if op not in _UNCOUNTED or name.name in _COUNTERS:
                        self.indices.add(key(name))
            case _:
                pass

    def _chain(self, first: Syntax | None, links: tuple[Link, ...]) -> None:
        link = links[0]
        if first is None:
            return
        if link.relation == "in":
            self._declare(first, link.right)
        elif isinstance(first, Name) and first.font == "bold" and first.name == "I":
            self.matrices[key(first)] = 0  # "the currents $\\mathbf{I} = \\mathbf{Y}\\mathbf{U}$"
        elif link.relation in ("=", ":=") and _is_euler(first) and _of_letters(link.right):
            self.made.setdefault("e", self.section)
        if (
            link.relation in {"=", ":=", "equiv", "defined"}
            and isinstance(first, Juxtaposition)
            and len(first.factors) == 2
        ):
            head, arguments = first.factors
            name = base_name(head)
            if (
                name is not None
                and isinstance(arguments, Fence)
                and arguments.open == "("
                and arguments.body is not None
            ):
                items = arguments.body.items if isinstance(arguments.body, Sequence) else (arguments.body,)
                if key(name) in CHANCE and all(_random_letter(i) for i in items):
                    return  # E(X) = …, P(A) = …: the operator at work, no definition of it
                if all(isinstance(i, (Name, Scripts)) and base_name(i) is not None for i in items):
                    self.functions[key(name)] += 1
                    self.function_parameters.setdefault(key(name), tuple(items))

    def _declare(self, left: Syntax, right: Syntax) -> None:
        names = left.items if isinstance(left, Sequence) else (left,)
        kind = declared_type(right)
        if kind is None:
            return
        for item in names:
            name = base_name(item)
            if name is None:
                if kind.shape and (applied := applied_name(item)) is not None:
                    self.declarations.setdefault(applied, []).append((self.section, kind))
                continue
            if kind.domain == "complex":
                self.complex = True
            if not isinstance(item, Scripts):
                self.declarations.setdefault(key(name), []).append((self.section, kind))
            elif kind.shape and _numbered(item):
                self.declarations.setdefault(key(name), []).append(
                    (self.section, replace(kind, role="sequence"))
                )
            elif kind.shape and (numbered := _numbered_name(item)) is not None:
                self.declarations.setdefault(numbered, []).append((self.section, kind))
            elif kind.shape:
                (self.vectors if len(kind.shape) == 1 else self.matrices).setdefault(key(name), self.section)

    def tell(self, name: str, section: int, kind: Type, *, said: bool = True) -> None:
        """What words say of a letter, or (not `said`) what its use forces, which gives way to all that is
        said. An array that is declared before stays so, unless the letter is now known to be square."""
        known = self.declarations.setdefault(name, [])
        if not said and any(number <= section for number, _ in known):
            return
        before = [k for number, k in known if number <= section]
        if before and _tells_more(before[-1], kind):
            return
        refined = bool(before) and _refines(before[-1], kind)
        known.insert(sum(number < section + refined for number, _ in known), (section, kind))

    def declared(self, section: int) -> dict[str, Type]:
        """What is declared there: by the last declaration up to the end of that section. A letter that
        only a later section declares may be another thing here."""
        found: dict[str, Type] = {}
        for name, kinds in self.declarations.items():
            up_to_here = [kind for number, kind in kinds if number <= section]
            if up_to_here:
                found[name] = up_to_here[-1]
        if not self.exponential:
            for name, first in self.made.items():
                if first <= section:
                    found.setdefault(name, Type("real", None))
        return found

    def turns(self) -> list[int]:
        """The sections in which a symbol gets a type, without the first."""
        declared = {number for kinds in self.declarations.values() for number, _ in kinds}
        named = (self.vectors.values(), self.matrices.values(), self.made.values())
        return sorted(declared.union(*named) - {0})

    def _scripts(self, base: Syntax, sub: Syntax | None, sup: Syntax | None) -> None:
        name = base_name(base)
        if _is_euler(base) and not (sup is None or isinstance(sup, Number) or is_transpose(sup)):
            self.exponential = True
        if name is None:
            return
        if is_transpose(sup) and isinstance(base, (Name, Scripts)):
            upper = name.name.isupper() or (name.name[:1].isupper() and name.name in GREEK)
            own = f"{key(name)}_{{{sub.text}}}" if isinstance(sub, Number) else key(name)  # W_2 beside W_1
            (self.matrices if upper else self.vectors).setdefault(own, self.section)
        if isinstance(sup, Fence) and sup.open == "(":
            self.sequences.add(key(name))

    def _products(self, factors: tuple[Syntax, ...]) -> None:
        for left, right in pairwise(factors):
            if isinstance(right, Fence) and right.open == "(" and (head := base_name(left)) is not None:
                self.applied[key(head)] += 1
            if isinstance(left, Scripts) and is_transpose(left.sup):
                self._scripts(left.base, left.sub, left.sup)
                a, b = base_name(left), base_name(right)
                if a is None or b is None or key(a) not in self.vectors:
                    continue
                plain = isinstance(right, Name) or (
                    isinstance(right, Scripts) and not is_transpose(right.sup)
                )
                if plain and not (b.name.isupper() and b.font != "bold") and key(b) not in self.matrices:
                    self.vectors.setdefault(key(b), self.section)
                    self.pairs.append((key(a), key(b)))


_UNCOUNTED = frozenset("lim limsup liminf max min sup inf argmax argmin".split())
_COUNTERS = frozenset("i j k l m n".split())

_CUSTOMARY = frozenset(
    """f g h F G H phi psi varphi sigma Phi Psi rho L J ell mu pi tau p q P Q u v w R S""".split()
)


def mostly_variables(evidence: Evidence) -> set[str]:
    """Names that are written as a function of something here or there, `x(t) = …`, and mostly stand alone."""
    return {
        name
        for name in evidence.functions
        if name.lstrip("\\") not in _CUSTOMARY and 3 * evidence.applied[name] < evidence.appearances[name]
    }


def always_applied(evidence: Evidence) -> set[str]:
    """Letters that custom uses for functions and that stand before a parenthesis wherever they stand.

    Those of chance are left to the reader, who tells P(A) from P(x) by what is in the parenthesis.
    """
    return {
        name
        for name, count in evidence.applied.items()
        if count == evidence.appearances[name] and name.lstrip("\\") in _CUSTOMARY and name not in CHANCE
    }


CHANCE = frozenset({"P", "E", "H", "I", "V"})
"""Letters that stand for probability, expectation, entropy, information, variance before random variables."""


def _random_letter(node: Any) -> bool:
    name = base_name(node)
    return name is not None and len(name.name) == 1 and name.name.isupper() and not name.font


def _bound(sub: Syntax | None) -> Iterable[Name]:
    if sub is None:
        return
    for node in walk((sub,)):
        if isinstance(node, Chain) and node.first is not None:
            items = node.first.items if isinstance(node.first, Sequence) else (node.first,)
            for item in items:
                if isinstance(item, Name):
                    yield item
        elif node is sub and isinstance(node, Name):
            yield node
        elif node is sub and isinstance(node, Sequence):
            yield from (i for i in node.items if isinstance(i, Name))


def _is_euler(node: Syntax) -> bool:
    return isinstance(node, Name) and node.name == "e" and not node.font and not node.accents


def _of_letters(right: Syntax) -> bool:
    """Whether other letters stand in it, and no limit, sum or dots that give the number e."""
    nodes = list(walk((right,)))
    if any(isinstance(n, Big | Ellipsis | Integral) or _is_euler(n) for n in nodes):
        return False
    return any(isinstance(n, Name) and not n.word and n.name not in ("i", "pi") for n in nodes)


def _tells_more(old: Type, new: Type) -> bool:
    """Whether the shape that is known says all that a new one does."""
    if old.domain != new.domain or len(old.shape or ()) != len(new.shape or ()):
        return False
    known, shape = old.shape or (), new.shape or ()
    if not all(str(d).startswith(("n_", "m_")) for d in shape):
        return False
    squarer = len(set(shape)) < len(shape) and len(set(known)) == len(known)
    return not (squarer and all(str(d).startswith(("n_", "m_")) for d in known))


def _refines(old: Type, new: Type) -> bool:
    """Whether the old shape gives no size and the new one does, or says that it is square."""
    known, shape = old.shape or (), new.shape or ()
    if old.domain != new.domain or not known or len(known) != len(shape):
        return False
    return all(str(d).startswith(("n_", "m_")) for d in known) and known != shape


def _numbered(item: Scripts) -> bool:
    """`x_i`, `x^{(i)}`: one of several things of a kind, counted by a letter."""
    match item:
        case Scripts(base=Name(), sub=Name(name=name, word=False), sup=None):
            return name in _NUMBERS
        case Scripts(base=Name(), sub=None, sup=Fence(open="(", body=Name(name=name, word=False))):
            return name in _NUMBERS
        case _:
            return False


def _numbered_name(item: Scripts) -> str | None:
    """The name of `W_1`, an array of its own beside `W_2`."""
    match item:
        case Scripts(base=Name() as base, sub=Number(text=digits), sup=None) if not item.primes:
            return f"{spell(base)}_{{{digits}}}"
        case _:
            return None


_NUMBERS = frozenset("i j k l n m t".split())


def is_transpose(sup: Syntax | None) -> bool:
    return isinstance(sup, Name) and sup.name in {"top", "T", "intercal", "transpose"}


def declared_type(right: Syntax) -> Type | None:
    """The type that `\\in right` declares, or None where it is not one of the standard sets."""
    sup = sub = None
    base = right
    if isinstance(right, Scripts):
        base, sup, sub = right.base, right.sup, right.sub
    if isinstance(base, Fence) and isinstance(base.body, Sequence):
        return _power_of_a_range(base, sup)
    if not isinstance(base, Name) or base.font not in {"blackboard", "bold"}:
        return None
    domain = DOMAINS.get(base.name)
    if domain is None:
        return None
    link = condition(right)
    if link is not None:
        dims = _dimensions(sup) if sup is not None else ()
        return Type(domain_of(base.name, link), dims)
    marks = {n.name for n in (sup, sub) if isinstance(n, Name)}
    if marks & {"+", "*"}:
        plus = "+" in marks
        domain = (
            {"real": "positive", "integer": "positive_integer", "natural": "positive_integer"}.get(
                domain, domain
            )
            if plus
            else {"natural": "positive_integer"}.get(domain, domain)
        )
        return Type(domain)
    if isinstance(sub, Sequence) or sub is not None:
        return Type({"real": "nonnegative", "integer": "natural"}.get(domain, domain))
    if sup is None:
        return Type(domain)
    dims = _dimensions(sup)
    return Type(domain, dims) if dims is not None else Type(domain, None)


def _power_of_a_range(base: Fence, sup: Syntax | None) -> Type | None:
    """`\\{0, 1\\}^n`, `[0, 1]^d`, `\\{-1, 1\\}^{m \\times n}`: arrays of numbers of a range. A number of a
    range alone has its bounds as hypotheses, and only `\\{0, 1\\}` as a type."""
    assert isinstance(base.body, Sequence)
    ends = [i.text if isinstance(i, Number) else "" for i in base.body.items]
    bits = base.open == "{" and all(ends) and set(ends) == {"0", "1"}
    if sup is None:
        return Type("binary") if bits else None
    if base.open not in ("{", "[", "(") or len(ends) < 2:
        return None
    shape = _dimensions(sup)
    if bits:
        return Type("binary", shape)
    return Type("unit" if base.open != "{" and ends == ["0", "1"] else "real", shape)


def _dimensions(sup: Syntax) -> tuple[Dimension, ...] | None:
    from derive.notation.syntax import Infix

    if isinstance(sup, Fence) and sup.body is not None:
        return _dimensions(sup.body)
    if isinstance(sup, Infix) and sup.op == "times":
        left, right = _dimensions(sup.left), _dimensions(sup.right)
        return left + right if left is not None and right is not None else None
    if isinstance(sup, Number) and sup.text.isdigit():
        return (int(sup.text),)
    if isinstance(sup, Name):
        return (sup.name,)
    return ("?" + str(sup.span.start),)
