"""What has been defined and assumed so far, section by section, and the scope that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from derive.calculus.dependencies import implicit_variable
from derive.classes import dataclass, field, replace
from derive.context.places import is_private, shared
from derive.model import Span, Unit
from derive.term.congruence import assumed
from derive.term.contents import has
from derive.term.nodes import Add, Call, Element, Ellipsis, Relation, Symbol, Term, Type
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Definition, Origin, Scope
from derive.term.traverse import free_symbols


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A relation assumed from here on. A `case` is replaced by the next case about the same symbol.

    `soft` ones are equations that the document states without saying whether they are
    identities or conditions. `span` is where the document states it.
    """

    term: Term
    latex: str
    case: bool = False
    soft: bool = False
    during: frozenset[str] = frozenset()
    """What the cases speak of under which it was stated: it ends with them."""
    span: Span | None = field(default=None, compare=False)

    @property
    def subject(self) -> str | None:
        return subject_of(self.term)


def subject_of(term: Term) -> str | None:
    """The symbol that a condition `y = 0` or `y^{(i)} = 0` speaks of."""
    if not isinstance(term, Relation):
        return None
    left = term.left
    if (congruent := assumed(term)) is not None:  # `k/2` or `(k - 1)/2` is an integer
        left = congruent[0].args[0] if isinstance(congruent[0], Add) else congruent[0]
    if isinstance(left, Element):
        left = left.base
    if isinstance(left, Call):
        left = left.function
    return left.name if isinstance(left, Symbol) else None


@dataclass(slots=True)
class _Frame:
    level: int
    definitions: dict[str, Definition | None] = field(default_factory=dict)
    hypotheses: list[Hypothesis] = field(default_factory=list)
    unit: Unit | None = None
    """The marked part that it stands for; None for a section."""
    private: bool = False
    """Whether nothing of it is of use behind it: an exercise, an example."""


_NARROWING = frozenset(
    {
        *("=", "equiv", "<", "<=", ">", ">=", "!=", "in", "notin", "ll", "gg", "subset", "subseteq"),
        *("sim", "perp", "succ", "succeq"),
    }
)
"""Relations that say which values a symbol may have, or how they are distributed; `x \\to 0` is no such."""


_EXCLUDES = {
    "=": frozenset({"!=", "<", ">"}),
    "!=": frozenset({"="}),
    "<": frozenset({">", ">=", "="}),
    ">": frozenset({"<", "<=", "="}),
    "<=": frozenset({">"}),
    ">=": frozenset({"<"}),
}


def excludes(one: Term, other: Term) -> bool:
    """`i \\ne k` against `i = k`, `x > 0` against `x < 0`: the later one speaks of another case."""
    if not (isinstance(one, Relation) and isinstance(other, Relation)):
        return False
    return (one.left, one.right) == (other.left, other.right) and other.op in _EXCLUDES.get(one.op, ())


def at_a_value(term: Term, local: Sequence[Hypothesis]) -> bool:
    """Whether an equation speaks of a letter that its own sentence sets to a value: "for $a = 1$, we have …"
    says nothing of another a."""
    free = free_symbols(term)
    return any(
        isinstance(h.term, Relation)
        and h.term.op == "="
        and isinstance(h.term.left, Symbol)
        and not free_symbols(h.term.right)
        and h.term.left.name in free
        for h in local
    )


def _by_parameters(term: Term) -> bool:
    """`p \\sim \\operatorname{Dir}(\\alpha_1, \\dots, \\alpha_K)`: the dots list parameters."""
    return isinstance(term, Relation) and term.op == "sim" and not has(term.left, Ellipsis)


class Ledger:
    """Definitions and hypotheses hold from where they stand to the end of their section.

    A function that the document defines only once keeps its definition to the end.
    """

    def __init__(
        self,
        symbols: Mapping[str, Type],
        dependencies: Mapping[str, tuple[str, ...]],
        options: Mapping[str, str],
        once: frozenset[str] = frozenset(),
        usage: Mapping[str, frozenset[str]] | None = None,
        origins: Mapping[str, tuple[Origin, ...]] | None = None,
        varying: Mapping[int, Set[str]] | None = None,
    ) -> None:
        self._frames = [_Frame(0)]
        self._once = once
        self._varying = dict(varying or {})
        self._section = 0
        self._symbols = dict(symbols)
        self._dependencies = dict(dependencies)
        self._options = dict(options)
        self._usage = dict(usage or {})
        self._origins = dict(origins or {})
        self._kept: dict[str, Definition] = {}
        self._models: list[Term] = []
        self._elsewhere: dict[Term, None] = {}

    def heading(self, level: int, *, private: bool = False) -> None:
        """A section begins; `private`: an exercise or an example."""
        self._section += 1
        while len(self._frames) > 1 and (
            self._frames[-1].unit is not None or self._frames[-1].level >= level
        ):
            self._end()
        for frame in self._frames:  # a case of the text ends with its part, be the next one a part of it
            frame.hypotheses = [h for h in frame.hypotheses if not h.case and not h.during]
        self._frames.append(_Frame(level, private=private))

    def stand(self, path: Sequence[Unit]) -> bool:
        """What follows stands in these units; whether that is another place than before."""
        here = tuple(f.unit for f in self._frames if f.unit is not None)
        kept = shared(here, path)
        for _ in here[kept:]:
            self._end()
        for unit in path[kept:]:
            self._frames.append(_Frame(self._frames[-1].level, unit=unit, private=is_private(unit)))
        return here != tuple(path)

    def _end(self) -> None:
        """The innermost section or unit ends."""
        frame = self._frames.pop()
        if frame.private:
            return
        self._elsewhere.update((h.term, None) for h in frame.hypotheses if not h.case)
        for name, definition in frame.definitions.items():
            if definition is not None and definition.kind != "symbol" and name in self._once:
                self._kept.setdefault(name, replace(definition, earlier=True))

    def retype(self, symbols: Mapping[str, Type]) -> None:
        """From here on the symbols have these types."""
        self._symbols = dict(symbols)

    def model(self, term: Term) -> None:
        """An equation about chance that is stated, not derived: independence, a factorisation. It may stand
        behind anything later, in any section."""
        if term not in self._models and speaks_of_chance(term):
            self._models.append(term)

    def option(self, name: str, value: str) -> None:
        """What scopes tell from here on; nothing where it is empty."""
        self._options = {k: v for k, v in self._options.items() if k != name}
        if value:
            self._options[name] = value

    def widen(self, name: str, words: Iterable[str]) -> None:
        """An option that is a list of words is told of more of them from here on."""
        known = self._options.get(name, "").split()
        self.option(name, " ".join(sorted({*known, *words})))

    def define(self, definition: Definition) -> None:
        if definition.kind == "symbol" and any(definition.name in names for names in self._varying.values()):
            definition = _of_its_variable(definition, self._varying.get(self._section, frozenset()))
        before = self.definition(definition.name)
        if before is not None and before.body != definition.body:
            self._forget_of(before)
        self._forget_law(definition)
        self.retire(definition.name)
        self._frames[-1].definitions[definition.name] = definition

    def retire(self, name: str) -> None:
        """What a name was defined as holds no more: in an exercise or a proof, as far as that reaches."""
        for frame in reversed(self._frames):
            frame.definitions.pop(name, None)
            if frame.unit is not None:
                frame.definitions[name] = None
                return
        self._kept.pop(name, None)

    def _forget_law(self, definition: Definition) -> None:
        """How a variable was drawn is over with "now let $Y = X$", and so is that it is independent of X."""
        inside = free_symbols(definition.body).keys()

        def over(term: Term) -> bool:
            if not isinstance(term, Relation) or term.op not in ("sim", "perp"):
                return False
            left, right = free_symbols(term.left).keys(), free_symbols(term.right).keys()
            if term.op == "sim":
                return isinstance(term.left, Symbol) and term.left.name == definition.name
            return definition.name in left | right and bool(inside & (left | right))

        for frame in self._frames:
            frame.hypotheses = [h for h in frame.hypotheses if not over(h.term)]

    def _forget_of(self, function: Definition) -> None:
        """What was stated of a function that is told in full, and of its argument alone: `f' = 1` for
        f(x) = 1/x says nothing of the next f. Of one with open constants it may have told these."""
        own = {n for p in function.parameters for n in free_symbols(p)}
        if not own or not free_symbols(function.body).keys() <= own:
            return
        for frame in self._frames:
            frame.hypotheses = [
                h
                for h in frame.hypotheses
                if not h.soft
                or function.name not in (named := free_symbols(h.term).keys())
                or not named <= own | {function.name}
            ]

    def assume(self, hypothesis: Hypothesis) -> None:
        if hypothesis.case:
            self.end_case(hypothesis.subject)
        if isinstance(hypothesis.term, Relation) and hypothesis.term.op not in _NARROWING:
            return
        if has(hypothesis.term, Ellipsis) and not _by_parameters(hypothesis.term):
            return  # `i = 1, \\dots, n`: the range of an index narrows no model
        for frame in self._frames:
            frame.hypotheses = [
                h for h in frame.hypotheses if h.soft or not excludes(hypothesis.term, h.term)
            ]
        if all(h.term != hypothesis.term for f in self._frames for h in f.hypotheses):
            during = frozenset(h.subject for h in self.cases if h.subject is not None)
            self._frames[-1].hypotheses.append(replace(hypothesis, during=during))

    def end_case(self, subject: str | None) -> None:
        if subject is None:
            return
        for frame in self._frames:
            frame.hypotheses = [
                h
                for h in frame.hypotheses
                if not (h.case and h.subject == subject) and subject not in h.during
            ]

    def definition(self, name: str) -> Definition | None:
        for frame in reversed(self._frames):
            if name in frame.definitions:
                return frame.definitions[name]  # None where the unit set it aside
        return self._kept.get(name)

    @property
    def cases(self) -> tuple[Hypothesis, ...]:
        return tuple(h for f in self._frames for h in f.hypotheses if h.case)

    def scope(self, extra: Iterable[Hypothesis] = (), *, local: Iterable[Definition] = ()) -> Scope:
        """The scope here, with hypotheses and definitions of the sentence added."""
        definitions = dict(self._kept)
        hypotheses: list[Hypothesis] = []
        for frame in self._frames:
            for name, definition in frame.definitions.items():
                if definition is None:
                    definitions.pop(name, None)
                else:
                    definitions[name] = definition
            hypotheses.extend(frame.hypotheses)
        extra = tuple(extra)
        replaced = {h.subject for h in extra if h.case}
        hypotheses = [h for h in hypotheses if not (h.case and h.subject in replaced)]
        hypotheses = [h for h in hypotheses if h.soft or not any(excludes(e.term, h.term) for e in extra)]
        hypotheses.extend(extra)
        for subject in {h.subject for h in hypotheses if h.case and h.subject in definitions}:
            known = definitions[subject]
            if known.kind == "symbol" and not free_symbols(known.body):
                del definitions[subject]  # "t = 0 is midsummer", then "when t = 1"
        for put in local:
            definitions[put.name] = put
        seen: list[Term] = []
        for h in hypotheses:
            if not h.soft and h.term not in seen:
                seen.append(h.term)
        soft = tuple(h.term for h in hypotheses if h.soft)
        soft = (*(m for m in self._models if m not in soft and m not in seen), *soft)
        dependencies = {k: v for k, v in self._dependencies.items() if k not in definitions}
        scope = Scope(self._symbols, definitions, tuple(seen), dependencies, (), self._options)
        elsewhere = tuple(self._elsewhere)
        places = {h.term: h.span for h in hypotheses if h.span is not None}
        return replace(
            scope, soft=soft, usage=self._usage, elsewhere=elsewhere, origins=self._origins, places=places
        )


def _of_its_variable(definition: Definition, varying: Set[str]) -> Definition:
    """`y = C e^{2x}` where the document has `y''`: y is a function of x. Not `y = v` or `y = C`."""
    variable = implicit_variable(definition.body)
    if variable is None or variable.name in varying or variable == definition.body:
        return definition
    if len(variable.name) > 1 or not variable.name.islower():
        return definition
    return replace(definition, parameters=(variable,), kind="function")
