"""What a scope tells of random variables: their laws, their means and covariances, what is independent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from derive.calculus.gradient import shape_of
from derive.calculus.vectors import components
from derive.classes import dataclass, field, replace
from derive.expressions import regex
from derive.term.nodes import (
    Apply,
    Dimension,
    Element,
    Ellipsis,
    Expectation,
    Matrix,
    Number,
    Relation,
    Symbol,
    Term,
    Tuple,
    integer,
)
from derive.term.randomness import speaks_of_chance
from derive.term.traverse import free_symbols, map_children, substitute
from derive.verify.probability.laws import Law, laws_of

Shape = tuple[Dimension, ...]
Names = tuple[str, ...]
Terms = tuple[Term, ...]
Joint = tuple[Names, Terms, tuple[Terms, ...]]

_ENTRY = regex(r"(.+)_\{(\d+)\}")


@dataclass(frozen=True, slots=True)
class Known:
    """Of one random letter: `index` is the letter of a family, `X_i` for every i; None for X itself."""

    law: Law | None = None
    mean: Term | None = None
    variance: Term | None = None
    index: Symbol | None = None


@dataclass(slots=True)
class Facts:
    """known: by the letter. independent: pairs of letters; a family with itself, where its members are.
    covariances: what is told of two letters. rest: the hypotheses that say nothing of chance."""

    known: dict[str, Known] = field(default_factory=dict)
    independent: set[frozenset[str]] = field(default_factory=set)
    covariances: dict[tuple[str, str], Term] = field(default_factory=dict)
    rest: list[Term] = field(default_factory=list)
    jointly: set[frozenset[str]] = field(default_factory=set)
    """Letters that are jointly normal."""
    shapes: dict[str, Shape] = field(default_factory=dict)
    unread: list[Term] = field(default_factory=list)
    """Hypotheses about chance that tell no moment of a letter by itself."""

    @property
    def names(self) -> set[str]:
        return set(self.known)

    def tell(self, name: str, index: Symbol | None, **told: Term | Law) -> None:
        self.known[name] = replace(self.known.get(name, Known()), index=index, **told)  # type: ignore[arg-type]

    def tell_jointly(self, names: Names, means: Terms, rows: tuple[Terms, ...]) -> None:
        for i, name in enumerate(names):
            self.tell(name, None, mean=means[i], variance=rows[i][i])
            for j, other in enumerate(names):
                if i != j:
                    self.covariances[name, other] = rows[i][j]
        self.jointly.add(frozenset(names))

    def conventions(self) -> list[str]:
        return [k.law.convention for k in self.known.values() if k.law is not None and k.law.convention]


def facts_in(hypotheses: Sequence[Term], named: bool = False) -> list[Facts]:
    """What the hypotheses tell, for each convention that their distributions may follow; the first is the
    commonest. Empty where nothing is told of anything random; `named`: the claim names laws itself."""
    said = {
        h.left: h for h in _single(hypotheses) if isinstance(h, Relation) and h.op == "sim"
    }  # the last word
    told = [(h, laws_of(h.right)) for h in said.values()]
    choices = [laws for _, laws in told]
    if any(not laws for laws in choices):
        return []  # a distribution that is not known here
    if len(choices) > 3:
        choices = [laws[:1] for laws in choices]
    found: list[Facts] = []
    for chosen in product(*choices):
        facts = Facts()
        for (stated, _), law in zip(told, chosen, strict=True):
            _distributed(facts, stated.left, law)
        for h in _single(hypotheses):
            if not (isinstance(h, Relation) and h.op == "sim"):
                _moment(facts, h)
        if named or facts.known or facts.independent:
            for name, known in facts.known.items():
                if (shape := _shape(known)) is not None:
                    facts.shapes[name] = shape
            found.append(facts)
    return found


def _single(hypotheses: Sequence[Term]) -> Iterator[Term]:
    for h in hypotheses:
        if isinstance(h, Apply) and h.head == "and":
            yield from _single(h.args)
        elif isinstance(h, Relation) and isinstance(h.left, Tuple) and h.op in ("sim", "perp"):
            if h.op == "sim" and _together(h) is not None:
                yield h
            else:
                yield from (replace(h, left=item) for item in h.left.items)
        else:
            yield h


def random_letter(term: Term) -> tuple[str, Symbol | None] | None:
    """The letter of `X`, or of `X_i` with its index."""
    match term:
        case Symbol(name=name):
            return name, None
        case Element(base=Symbol(name=name), indices=(Symbol() as index,)):
            return name, index
        case Element(base=Symbol(name=name), indices=(Number(),)):
            return name, Symbol("i")
        case _:
            return None


def _together(h: Relation) -> Joint | None:
    laws = laws_of(h.right)
    return _joint(h.left, laws[0]) if laws else None


def _joint(left: Term, law: Law) -> Joint | None:
    """The letters of a random vector that is written out, with their means and covariances."""
    letters, means = components(left), components(law.mean)
    if law.family != "normal" or not isinstance(law.variance, Matrix) or letters is None or means is None:
        return None
    names = [n[0] for x in letters if (n := random_letter(x)) is not None and isinstance(x, Symbol)]
    rows = law.variance.rows
    if not len(names) == len(letters) == len(means) == len(rows) or len(set(names)) < len(names):
        return None
    return tuple(names), means, rows


def _distributed(facts: Facts, left: Term, law: Law) -> None:
    if isinstance(left, Ellipsis):
        return
    if (joint := _joint(left, law)) is not None:
        facts.tell_jointly(*joint)
        return
    if isinstance(left, Apply) and left.head == "conditional" and set(_parameters(left)) <= _letters(law):
        for name in _parameters(left):  # X | θ: what it is conditioned on stands in its law, and is random
            facts.tell(name, None)
        left = left.args[0]
    letter = random_letter(left)
    if letter is not None and law.family in ("dirichlet", "multinomial"):
        letter = letter[0], None  # `(p_1, \\dots, p_K)` is one vector
    if letter is None:
        facts.unread.append(Relation("sim", left, left))
        return
    facts.tell(letter[0], letter[1], law=law, mean=law.mean, variance=law.variance)
    facts.rest += [c for c in law.conditions if c not in facts.rest]


def _parameters(conditional: Apply) -> tuple[str, ...]:
    return tuple(n for a in conditional.args[1:] for n in free_symbols(a))


def _letters(law: Law) -> set[str]:
    return {n for a in law.args for n in free_symbols(a)}


def _moment(facts: Facts, h: Term) -> None:
    match h:
        case Relation(op="perp", left=left, right=right):
            a, b = random_letter(left), random_letter(right)
            if a is not None and b is not None:
                facts.independent.add(frozenset((a[0], b[0])))
                for name, index in (a, b):
                    facts.tell(name, index)
        case Relation(op="=", left=Expectation(op=op, args=args, under=None, given=None), right=value):
            letters = [random_letter(a) for a in args]
            if None in letters:
                facts.unread.append(h)
                return
            names = [n for n in letters if n is not None]
            if op == "E" and len(names) == 1:
                facts.tell(*names[0], mean=value)
            elif op in ("Var", "Cov") and len({n for n, _ in names}) == 1:
                facts.tell(*names[0], variance=value)
            elif op == "Cov" and len(names) == 2:
                (a_, _), (b_, _) = names
                facts.covariances[a_, b_] = value
                for name, index in names:
                    facts.tell(name, index)
            else:
                facts.unread.append(h)
        case _ if speaks_of_chance(h):
            facts.unread.append(h)
        case _:
            facts.rest.append(h)


def _shape(known: Known) -> Shape | None:
    for told, axis in ((known.mean, 1), (known.variance, 2)):
        shape = None if told is None else shape_of(told)
        if shape is not None and len(shape) == axis:
            return shape[:1]
    return None


def with_shapes(term: Term, facts: Facts) -> Term:
    """The term with the random letters as vectors where their moments say so, and members of families as
    such: `X_1` beside `X_i`."""
    mapping: dict[Term, Term] = {}
    for name in free_symbols(term):
        member = _ENTRY.fullmatch(name)
        if member is not None and name not in facts.known and _is_family(member[1], facts):
            mapping[Symbol(name)] = Element(Symbol(member[1]), (integer(int(member[2])),))
    if not facts.shapes and not mapping:
        return term
    for name, symbol in free_symbols(term).items():
        shape = facts.shapes.get(name)
        if shape is not None and not symbol.type.shape:
            role = "sequence" if facts.known[name].index is not None else symbol.type.role
            mapping[symbol] = Symbol(name, replace(symbol.type, shape=shape, role=role))
        elif (entry := _ENTRY.fullmatch(name)) is not None and name not in facts.known:
            whole, told = entry[1], facts.shapes.get(entry[1])
            if told is not None and facts.known[whole].index is None:  # `X_1` of a vector X
                mapping[symbol] = Element(
                    Symbol(whole, replace(symbol.type, shape=told)), (integer(int(entry[2])),)
                )

    def visit(node: Term) -> Term:
        if isinstance(node, Symbol):
            return mapping.get(node, node)
        return map_children(node, visit)

    return visit(term)


def _is_family(name: str, facts: Facts) -> bool:
    return name in facts.known and facts.known[name].index is not None


def at(known: Known, told: Term | None, index: Term | None) -> Term | None:
    """What is told of a letter, for the member of the family that is meant."""
    if told is None or known.index is None or index is None:
        return told
    return substitute(told, {known.index: index})
