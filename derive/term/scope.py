"""What is known where a formula stands: the types, definitions and hypotheses in force."""

from __future__ import annotations

from collections.abc import Mapping

from derive.classes import dataclass, field, replace
from derive.model import Span, Step
from derive.reasons.choices import Choice
from derive.term.nodes import Dimension, Symbol, Term, Type


@dataclass(frozen=True, slots=True)
class Definition:
    """`name` stands for `body`.

    kind `symbol`: `z = \\theta^\\top x`, no parameters. kind `function`: `f(x) = …`; the
    parameters are the arguments' symbols. kind `element`: `x_i = …` for every i; the
    parameters are the index symbols. `law` names the standard definition it came from; `earlier` says
    that it stands in a section that has ended. `span` is in its formula, `where` in the document.
    `conditions`: what is stated of the parameters, `f(t) = t for 0 \\le t < 1`; of other arguments it says
    nothing. `before`: what the name stood for until it was equated again, derived or defined anew.
    """

    name: str
    body: Term
    parameters: tuple[Symbol, ...] = ()
    kind: str = "symbol"
    span: Span | None = None
    law: str | None = None
    earlier: bool = False
    where: Span | None = field(default=None, compare=False)
    conditions: tuple[Term, ...] = ()
    before: Definition | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the shape of a symbol comes from. how: `set` (`x \\in \\mathbb{R}^n`), `words` ("a matrix A"),
    `use` (`\\det A`). What is merely written bold has none. A dimension that is set equal to another,
    `m = n`, is `equated`. It is in force from `start` to `end`, its section and all below it: further on
    an author may give the letter to something else."""

    how: str
    span: Span | None = None
    shape: tuple[Dimension, ...] | None = None
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """What the claims before one have taught, folded in source order.

    substitutions: what was put in the place of an atom, by section: it must stay the same there.
    identities: equations that turned out to hold anyway, and so narrow no model. conditions: those that
    do not. unfit: what letters were said to be that has no meaning, as its shapes do not fit.
    """

    substitutions: Mapping[tuple[int, Term], Term] = field(default_factory=dict)
    identities: frozenset[Term] = frozenset()
    conditions: frozenset[Term] = frozenset()
    unfit: frozenset[Term] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Frozen; stages extend it with `with_…`.

    symbols: name → Type, from declarations and from evidence over the whole document.
    definitions: name → the definition in force here (a later one replaces an earlier one).
    hypotheses: relations (Relation or Apply('and', …) terms) that are assumed; one that has a free index
      (`y^{(i)} = 0`) is assumed for every index.
    dependencies: `L` → (`y`, `\\hat{y}`): a symbol that is known to be a function of others, with no
      definition (yet); differentiating it by one of them is not zero.
    substitutions: implicit ones in force (`y` is `\\sigma(\\theta^\\top x)`), like definitions, but shown.
    soft: equations that the document states without saying whether they are identities or
      conditions; a refutation must hold under them too, a proof may not use them unseen.
    elsewhere: what earlier sections state, which is over where they end; a dropped term may rest on it.
    options: settings of the reading, e.g. `log` → `10`, `layout` → `denominator`, `prime` → `name`.
    usage: name → how the document uses the letter anywhere: `applied` to a letter, a `factor` beside others,
      `sampled` in brackets, `x[n]`, `listed` by an index, `\\boldsymbol x_i`, `maps` a set to another.
    origins: name → what declares or forces the shape of an array, in the order of the document.
    learned: what the claims before this one have taught.
    places: where in the document a hypothesis is stated.
    """

    symbols: Mapping[str, Type] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    hypotheses: tuple[Term, ...] = ()
    dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    substitutions: tuple[tuple[Term, Term], ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    soft: tuple[Term, ...] = ()
    elsewhere: tuple[Term, ...] = ()
    usage: Mapping[str, frozenset[str]] = field(default_factory=dict)
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)
    learned: Learned = field(default_factory=Learned)
    places: Mapping[Term, Span] = field(default_factory=dict, compare=False)

    def with_symbol(self, name: str, type_: Type) -> Scope:
        return replace(self, symbols={**self.symbols, name: type_})

    def with_definition(self, definition: Definition) -> Scope:
        return replace(self, definitions={**self.definitions, definition.name: definition})

    def with_hypotheses(self, *hypotheses: Term) -> Scope:
        return replace(self, hypotheses=self.hypotheses + hypotheses)

    def origin(self, name: str, at: int) -> Origin | None:
        """What declares or forces the shape of an array at an offset: the last place before it, else the
        first behind it. None where it is not in force, or where two places give different shapes."""
        known = [o for o in self.origins.get(name, ()) if o.start <= at and (o.end is None or at < o.end)]
        if len({o.shape for o in known if o.shape is not None}) > 1:
            return None
        before = [o for o in known if o.span is not None and o.span.start <= at]
        return before[-1] if before else known[0] if known else None

    def type_of(self, name: str) -> Type | None:
        return self.symbols.get(name)


@dataclass(frozen=True, slots=True)
class Reading:
    """One plausible meaning of some pieces of syntax, elaborated together.

    `terms` are in the order of the syntax given; `choices` says what was
    decided where the notation leaves it open (`f(x+1): application`). `trail` has every answer with the rule
    that gave it, its span an offset into the formula.
    """

    terms: tuple[Term, ...]
    choices: tuple[Choice, ...] = ()
    trail: tuple[Step, ...] = ()
