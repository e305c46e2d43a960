"""What the names in a claim about chance are: random variables, their values, events, distributions.

`P(X = x)`, `p(x)` and `E[X]` speak of one variable; `p(x, z)`, `p(z | x)` and `p(x)` of one joint table.
Where notation leaves it open what is the same variable or the same table, a `Naming` is one way to take it:
a refutation must stand under all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from derive.classes import dataclass, field, fields
from derive.expressions import regex
from derive.reasons.gaps import Gap
from derive.term.contents import among
from derive.term.nodes import (
    Apply,
    BigOp,
    Binder,
    Call,
    Element,
    Expectation,
    Number,
    Probability,
    Relation,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols, walk
from derive.verify.evaluate.values import Unsupported
from derive.verify.probability.distribution_letters import (
    FONT,
    MAIN,
    Density,
    base_of,
    density_of,
    function_name,
    letters_in,
    name_of,
    of_event,
    places_of,
    plain,
)
from derive.verify.probability.varying import (
    SETS,
    could_be_random,
    event_names,
    free_names,
    letter_of,
    outside,
    under_names,
    variables_of,
)

_RANDOM = frozenset("RSTUVWXYZ")

_PARAMETER = regex(r"[^_]+_\{(?:\\[a-z]+|[a-zA-Z])\}(?:;.*)?")
"""A letter with one symbol for its index, `p_\\theta`; that of `p_{\\mathrm{data}}` is a name."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One way to take names.

    marks: x' and x̃ are other values of x. values: x_1, x_2 are values of one x, not several variables.
    places: p(x) and p(y) are one function p. letters: p_θ(x) and p(x; θ) belong to p. averaged: a divergence
    of conditional distributions is an average over what is given. told: variables take the values that the
    claim names and no others, 0 and 1 where it names one of them.
    """

    marks: bool = False
    values: bool = False
    places: bool = False
    letters: bool = False
    averaged: bool = False
    told: bool = False


class Clash(Exception):
    """Under this naming one distribution would have the same variable twice."""


@dataclass(slots=True)
class Survey:
    """The names of a claim under one naming.

    variables: name → the variable that it is, or that it is a value of. tables: distribution → its
    variables. values: names that stand for one value each; `compared` are those that a variable is set
    equal to. thresholds: names that variables are only compared with by size. events: variables that are
    events. numbers: values that the claim names. random: names that expectations without a distribution run
    over; over: those that they name. range: where the values begin and end. places: variables that
    subscripts of densities name. main: the distribution of what has no other, None where it is not told.
    """

    naming: Naming
    letters: frozenset[str] = frozenset()
    variables: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[str]] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    thresholds: list[str] = field(default_factory=list)
    compared: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    random: set[str] = field(default_factory=set)
    over: set[str] = field(default_factory=set)
    range: tuple[int | None, int | None] = (None, None)
    merged: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    main: str | None = MAIN

    def density(self, node: Term) -> Density | None:
        return density_of(node, self.letters)

    def table(self, letter: str) -> str:
        return self.merged.get(letter, letter)

    def variable(self, name: str) -> str:
        found = self.variables.get(name)
        if found is None:
            raise Unsupported(Gap.PROBABILITY_OF_NO_VARIABLE)
        return found


def survey(
    terms: Sequence[Term], naming: Naming, declared: frozenset[str], families: dict[str, str]
) -> Survey:
    """The names of the terms (their families counted out already). declared: names that the document calls
    random. families: the base of each name that was an element: `x_{1}` → `x`.

    Raises Unsupported where it cannot be told what is random, Clash where the naming does not fit.
    """
    found = Survey(naming, letters_in(terms))
    densities = [d for t in terms for n in walk(t) if (d := found.density(n)) is not None]
    _merge(found, densities)
    names = _Names(found, naming, families, densities)
    for density in densities:
        _read_density(found, names, density)
    _read_expectations(found, names, terms, declared)
    for density in densities:
        keys = list(density.places) or [names.key(n) for n in variables_of(density)]
        if len(set(keys)) < len(keys):
            raise Clash
        table = found.tables.setdefault(found.table(density.letter), [])
        table += [k for k in dict.fromkeys(names.fold(k) for k in keys) if k not in table]
    _named_under(found, names, terms)
    _bare_letters(found, terms)
    for term in terms:
        for node in walk(term):
            for binder in node.binders if isinstance(node, BigOp) else ():
                if binder.variable.name in found.variables:
                    _read_range(found, binder)
    if found.main is not None:
        table = found.tables.setdefault(found.main, [])
        for name in sorted(found.random | found.over):
            if (key := found.variables[name]) not in table:
                table.append(key)
    return found


def _named_under(found: Survey, names: _Names, terms: Sequence[Term]) -> None:
    """`\\mathbb{E}_{x \\sim p}` with no p(x) beside it: p is a distribution of what is drawn."""
    drawn: dict[str, list[str]] = {}
    for node in (n for t in terms for n in among(t, Expectation)):
        match node.under:
            case Relation(op="sim", right=Symbol() | Element() as right):
                name = function_name(right)
                if name is not None and name in found.letters and found.table(name) not in found.tables:
                    table = drawn.setdefault(found.table(name), [])
                    keys = map(names.key, under_names(node))
                    table += [k for k in dict.fromkeys(keys) if k not in table]
            case _:
                pass
    found.tables.update(drawn)


def _bare_letters(found: Survey, terms: Sequence[Term]) -> None:
    """`KL(p ‖ q)` with no p(x) beside it: distributions of what the others are of, or of one variable."""
    for node in (n for t in terms for n in walk(t)):
        if isinstance(node, Expectation) and node.op in ("KL", "H"):
            for arg in node.args:
                name = function_name(arg) if isinstance(arg, Symbol | Element) else None
                if name is not None and name in found.letters and found.table(name) not in found.tables:
                    others = list(found.tables.values())
                    found.tables[found.table(name)] = list(others[0]) if others else ["x"]


def _merge(found: Survey, densities: Sequence[Density]) -> None:
    """Which letters are one table: P and p are; p_θ is p where the claim has both and the naming says so."""
    letters = list(dict.fromkeys(d.letter for d in densities))
    if found.naming.letters:
        for letter in letters:
            bare = base_of(letter)
            if letter != bare and bare in letters and _PARAMETER.fullmatch(letter):
                found.merged[letter] = bare
            elif letter != bare and ";" in letter and letter.split(";")[0] in letters:
                found.merged[letter] = letter.split(";")[0]
    others = list(dict.fromkeys(found.table(x) for x in letters if x != MAIN))
    mass = [x for x in others if x in ("p", "f", "P")]
    if len(mass) == 1:
        found.merged[MAIN] = mass[0]
    elif len(others) == 1 and MAIN not in letters:
        found.merged[MAIN] = others[0]
    main = found.table(MAIN)
    rest = {x for x in others if x != main}
    under = [
        x
        for x in found.letters
        if x and x != MAIN and found.table(x) not in (main, *rest) and not places_of(x)
    ]
    if not rest and len(under) == 1 and main == MAIN and MAIN not in letters:
        main = found.merged[MAIN] = found.table(under[0])  # the only distribution that is spoken of
        under = []
    found.main = None if rest or (under and main == MAIN and MAIN not in letters) else main


class _Names:
    """From names to variables."""

    def __init__(
        self, found: Survey, naming: Naming, families: dict[str, str], densities: Sequence[Density]
    ) -> None:
        self.found = found
        self.naming = naming
        self.families = families
        self.single = naming.places and all(len(d.args) == 1 and not d.given for d in densities)
        self.folded: dict[str, str] = {}

    def key(self, name: str) -> str:
        if self.naming.values and name in self.families:
            name = self.families[name]
        while (found := FONT.fullmatch(name)) is not None:
            name = found[1]
        name = FONT.sub(lambda m: m[1], name)
        if self.naming.marks:
            name = re.sub(r"\\(?:tilde|hat|bar|widetilde|check)\{([^{}]*)\}", r"\1", name)
            name = name.replace("'", "").replace("^{\\prime}", "").replace("^{*}", "").replace("^{\\ast}", "")
        return self.fold(name)

    def fold(self, name: str) -> str:
        """X and x are one variable."""
        if self.single:
            return "x"
        return name[:1].lower() + name[1:] if not name.startswith("\\") else name[:2].lower() + name[2:]

    def note(self, name: str, key: str | None = None) -> str:
        found = self.found
        key = self.key(name) if key is None else key
        if found.variables.setdefault(name, key) != key:
            raise Clash
        return key


def _read_density(found: Survey, names: _Names, density: Density) -> None:
    if density.places:
        for arg, place in zip((*density.args, *density.given), density.places, strict=True):
            if (name := name_of(arg)) is not None:
                found.values.append(name)
                names.note(name, names.fold(place))
        found.places.update({p: names.fold(p) for p in density.places})
        return
    for arg in (*density.args, *density.given):
        _read_event(found, names, arg)


def _read_event(found: Survey, names: _Names, arg: Term) -> None:
    match arg:
        case Relation(op=op, left=left, right=right):
            variables = list(event_names(arg))
            keys = [names.note(n) for n in variables]
            for side in (left, right):
                for n in walk(side):
                    name = name_of(n)
                    if isinstance(n, Number) and n.value.denominator == 1:
                        found.numbers.add(int(n.value))
                    if name is None or name in variables:
                        continue
                    if op in ("=", "!=") and side in (left, right) and isinstance(side, Symbol) and keys:
                        found.values.append(name)
                        found.compared.add(name)
                        if name not in found.variables:
                            names.note(name, keys[0])
                    else:
                        found.thresholds.append(name)
        case Apply(head=head, args=args) if head in SETS:
            for a in args:
                if (name := name_of(a)) is not None:
                    found.events.add(names.key(name))
                _read_event(found, names, a)
        case _:
            name = name_of(arg)
            if name is None:
                raise Unsupported(Gap.PROBABILITY_OF_OTHER_THAN_EVENTS_AND_VALUES)
            names.note(name)
            found.values.append(name)


def _read_range(found: Survey, binder: Binder) -> None:
    """`\\sum_{k=0}^\\infty P(X = k)`: the values begin at 0."""
    low, high = found.range
    if isinstance(binder.lower, Number) and binder.upper != Symbol(f"N_{{{binder.variable.name}}}"):
        low = int(binder.lower.value)
        if isinstance(binder.upper, Number):
            high = int(binder.upper.value)
    found.range = (low, high)


def _read_expectations(found: Survey, names: _Names, terms: Sequence[Term], declared: frozenset[str]) -> None:
    nodes = [n for t in terms for n in among(t, Expectation)]
    alone: set[str] = set()
    for node in nodes:
        for part in (*node.args, *(() if node.given is None else plain(node.given))):
            if (name := name_of(part)) is not None and not _is_distribution(found, name):
                alone.add(name)
        if node.given is not None:
            for condition in plain(node.given):
                _read_event(found, names, condition)
                if node.under is None:
                    found.over |= set(event_names(condition))
        for name in under_names(node):
            names.note(name)
    known = set(found.variables) - set(found.values)
    givens = {
        n for e in nodes if e.given is not None for c in plain(e.given) if (n := name_of(c)) is not None
    }
    fixed = {n for t in terms for n in outside(t)} - givens
    for node in nodes:
        if node.under is not None and not isinstance(node.under, Relation | Call | Probability):
            found.over |= set(under_names(node))
        if node.under is not None or node.op == "KL":
            continue
        free = {n for a in node.args for n in free_names(a) if n not in found.letters}
        for name in list(free):
            if (event := of_event(name)) is not None:
                free.discard(name)
                free.add(event)
                found.events.add(names.key(event))
                names.note(event)
        taken = {n for n in free if n in found.variables and (n in known or n in found.values)}
        taken |= {n for n in free if n in declared or n in givens or (n in alone and n not in fixed)}
        taken |= {n for n in free if letter_of(n) in _RANDOM and n not in fixed}
        open_ = {n for n in free - taken if n not in fixed and could_be_random(n)}
        small = {n for n in free - taken - fixed if not could_be_random(n)}
        if not taken and not open_ and len(small) == 1:
            taken = small  # `E[(x - E[x])^2]`: what else?
        elif open_ or (small and not taken):
            raise Unsupported(Gap.EXPECTATION_OF_NOTHING_RANDOM)
        if not taken and any(could_be_random(n) for n in free):
            raise Unsupported(Gap.EXPECTATION_OF_NOTHING_RANDOM)
        for name in taken:
            names.note(name)
            found.random.add(name)


def random_outside(*terms: Term) -> tuple[str, ...]:
    """Letters of random variables in the argument of an expectation that stand outside of every one too, and
    are nowhere given: in `E[XY | Y] = X E[Y | Y]` X would be a constant, which nothing says."""
    given: set[str] = set()
    inside: set[str] = set()
    for node in (n for t in terms for n in walk(t)):
        if isinstance(node, Expectation):
            conditions = () if node.given is None else tuple(plain(node.given))
            given |= {n for c in conditions if (n := name_of(c)) is not None}
            if node.under is None:
                inside |= {n for a in node.args for n in free_names(a)}
    numbers = {s.name for t in terms for s in free_symbols(t).values() if s.type.shape == ()}
    found = inside & {n for t in terms for n in outside(t)} & numbers - given
    return tuple(sorted(n for n in found if letter_of(n) in _RANDOM))


def _is_distribution(found: Survey, name: str) -> bool:
    return name in found.letters


def namings(terms: Sequence[Term], families: dict[str, str]) -> list[Naming]:
    """The ways to take the names that may matter here, the plainest first."""
    marks = any(
        "'" in n or "\\prime" in n or re.search(r"\\(?:tilde|hat|bar)", n) for t in terms for n in _all(t)
    )
    unary: set[Term] = set()
    conditional = False
    letters: set[str] = set()
    try:
        known = letters_in(terms)
        for term in terms:
            for node in walk(term):
                if (d := density_of(node, known)) is not None:
                    letters.add(d.letter)
                    unary |= set(d.args)
                    conditional = conditional or len(d.args) > 1 or bool(d.given)
    except Unsupported:
        return [Naming()]
    bases = [base_of(x) for x in letters]
    open_ = {
        "marks": marks,
        "values": bool(families),
        "places": len(unary) > 1 and not conditional and all(_point(a) for a in unary),
        "letters": any(bases.count(b) > 1 for b in bases),
        "averaged": any(
            n.op == "KL" and any(isinstance(a, Probability) and a.given for a in n.args)
            for t in terms
            for n in among(t, Expectation)
        ),
        "told": any(
            isinstance(s, Number)
            for t in terms
            for n in walk(t)
            if isinstance(n, Probability | Expectation)
            for e in among(n, Relation)
            for s in (e.left, e.right)
        ),
    }
    order = [f.name for f in fields(Naming)]
    choices = product(*((False, True) if open_[name] else (False,) for name in order))
    return [Naming(**dict(zip(order, c, strict=True))) for c in choices]


def _point(argument: Term) -> bool:
    """Whether a density may be taken there: `p(x)`. `P(X = x)` names its variable, `P(A)` is of an event."""
    name = name_of(argument)
    return name is not None and letter_of(name).islower()


def _all(term: Term) -> Iterator[str]:
    for node in walk(term):
        if isinstance(node, Symbol):
            yield node.name
