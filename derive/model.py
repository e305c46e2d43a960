"""The core types that the stages hand to one another.

Frozen, slotted dataclasses; this module imports of the package only the codes of reasons.
Offsets are half-open and count characters. Terms and scopes belong to later stages.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Literal

from derive.classes import dataclass, field
from derive.reasons import Reason
from derive.reasons.choices import Choice


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets, `start <= end`."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Source:
    """A file's path as the user gave it, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Macro:
    """A command that a document declares: `\\newcommand{\\name}[arity][default]{body}`.

    `name` is without the backslash. `default` is the value of the first
    argument when it may be left out. `operator` marks `\\DeclareMathOperator`.
    `stands_for` is not empty where nothing declares the command: a `letter`, a `mark` on a letter or a
    `function`, of which nothing else is known.
    """

    name: str
    body: str
    arity: int = 0
    default: str | None = None
    operator: bool = False
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula of a document: the LaTeX between its delimiters.

    `span` is where that LaTeX stands in the source. `latex` is the source's
    text there, unless the format escapes or interrupts it (a quoted line, a
    notebook's JSON): then `origins[i]` is the source offset of `latex[i]`, and
    `origins[len(latex)]` is the end.
    """

    span: Span
    latex: str
    display: bool
    label: str | None = None
    origins: tuple[int, ...] | None = None
    struck: bool = False
    """Whether it stands in struck-out text: what was withdrawn is no claim."""
    said: Literal["", "asserted", "assumed"] = ""
    """What a comment for derive says of it."""
    macros: tuple[Macro, ...] = ()
    """Those of the document's macros that it calls, and that these call: with them it can be read alone."""

    def locate(self, span: Span) -> Span:
        """Offsets into `latex`, as offsets into the source's text."""
        if self.origins is None:
            return span.shift(self.span.start)
        start = self.origins[min(span.start, len(self.latex))]
        if span.end <= span.start:
            return Span(start, start)
        last = self.origins[min(span.end, len(self.latex)) - 1]
        return Span(start, last + 1)


@dataclass(frozen=True, slots=True)
class Prose:
    """Words between formulas, markup taken off where the reader knows how.

    `text` is what a person would read; `span` covers it in the source.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a document that its author marked off: an exercise, an example, a theorem, a proof.

    `start` is the offset at which it opens: it tells two of a kind apart.
    """

    kind: str
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose and formulas that belong together.

    kind: `heading` (level 1 is the outermost), `paragraph`, `item` of a list
    (level is its depth, from 1), `theorem`/`proof`/… is told by `name`.
    within: the marked units it stands in, the outermost first; `name` is the kind of the last.
    Blocks come in source order; their parts too, and parts do not overlap.
    """

    span: Span
    kind: Literal["heading", "paragraph", "item"]
    parts: tuple[Prose | Formula, ...]
    level: int = 0
    name: str | None = None
    within: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read as it should: a message with its place, never a crash.

    `unread`: what may hold formulas was left out, so that none of them has a verdict.
    """

    span: Span
    message: str
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that is written for derive: `ignore[sign] as in the book`.

    `names` are those in brackets, `text` is what follows. `alone`: nothing else stands on its lines.
    `problem` says why it cannot be followed.
    """

    verb: str
    names: tuple[str, ...]
    text: str
    span: Span
    alone: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    source: Source
    format: str
    blocks: tuple[Block, ...]
    macros: tuple[Macro, ...] = ()
    problems: tuple[Problem, ...] = ()
    directives: tuple[Directive, ...] = ()
    given: tuple[str, ...] = ()
    """LaTeX that settings assume of it."""

    @property
    def formulas(self) -> tuple[Formula, ...]:
        return tuple(p for b in self.blocks for p in b.parts if isinstance(p, Formula))


class Stance(str, Enum):
    """What the text does with a relation."""

    ASSERTED = "asserted"
    """It states or derives it: a false one is an error."""
    OPEN = "open"
    """It may state, define or suppose it."""
    DEFINES = "defines"
    ASSUMES = "assumes"
    CONDITION = "condition"
    """An equation to be solved, a constraint."""
    DENIED = "denied"
    ASKED = "asked"
    QUOTED = "quoted"


SET_ASIDE = (Stance.DENIED, Stance.ASKED, Stance.QUOTED)
"""What the text itself does not state: nothing follows from it, and nobody is told that it is wrong."""


class Role(str, Enum):
    """What the first version of the report told of a relation."""

    DEFINITION = "definition"
    ASSUMPTION = "assumption"
    STEP = "step"
    EQUATION = "equation"


class Status(str, Enum):
    PROVED = "proved"
    HOLDS = "holds"
    REFUTED = "refuted"
    ILL_FORMED = "ill-formed"
    """Shapes, indices or kinds that cannot fit."""
    UNDECIDED = "undecided"
    GIVEN = "given"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A model in which a claim fails: exact values, and both sides as balls.

    `point` maps a symbol's LaTeX to its exact value as text; `left` and
    `right` are the two sides' values, rounded for reading.
    """

    point: tuple[tuple[str, str], ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on the way to a verdict: what was asked, what was answered, which rule did and why.

    `question` names the table (`stance`, `doubt`, `letter`, …); `sure`: no other answer is plausible.
    `span` is where in the source the fact stands that the answer rests on.
    """

    question: str
    answer: str
    rule: str
    because: str
    sure: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about a claim, and on what grounds.

    `reason` is set for `undecided`, `unread` and, where useful, `given`; `derive.report.reasons` words it.
    `conditions` are LaTeX relations that a proof needs. `evidence` is plain
    JSON data: for a proof the method and its witness, for a refutation the
    exact point, the precision and both balls, enough to replay it.
    `reading` names the choices made where the notation leaves them open.
    `outcome` is what was found out, where the text's stance makes the status another (a refuted relation
    that defines is `given`). `trail` is how it came about, in order.
    """

    status: Status
    reason: Reason | None = None
    conditions: tuple[str, ...] = ()
    counterexample: Counterexample | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    reading: tuple[Choice, ...] = ()
    outcome: Status | None = None
    trail: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation of a document, with the scope that it stands in.

    `span` is in source offsets and covers `left relation right` (for a later
    link of a chain, the relation and its right side; `left_span` says where
    the left side stands). `readings` are the plausible ones, best first:
    pairs of terms with the choices that led to them; `left` and `right` are
    the first pair. `section` numbers the part of the document between two headings.
    `cases` are the hypotheses among the scope's that a case of the text put
    (`When y = 0:`); `fresh` names the symbols that nothing defines and only one side has; `trail` tells
    how the stance came about.
    """

    span: Span
    left: Any
    relation: str
    right: Any
    scope: Any
    stance: Stance
    latex: str = ""
    left_span: Span | None = None
    right_span: Span | None = None
    readings: tuple[Any, ...] = ()
    conditions: tuple[str, ...] = ()
    formula: Formula | None = None
    section: int = 0
    cases: tuple[Any, ...] = ()
    fresh: tuple[str, ...] = ()
    trail: tuple[Step, ...] = ()
    tried: bool = False
    """Whether all that is asked is if it is proved or holds: a refutation is told to nobody."""

    @property
    def role(self) -> Role:
        match self.stance:
            case Stance.ASSERTED:
                return Role.STEP
            case Stance.OPEN:
                return Role.EQUATION
            case Stance.DEFINES:
                return Role.DEFINITION
            case Stance.ASSUMES | Stance.CONDITION | Stance.DENIED | Stance.ASKED | Stance.QUOTED:
                return Role.ASSUMPTION


@dataclass(frozen=True, slots=True)
class Fix:
    """The smallest edit that mends a claim: replace `span` by `latex`."""

    latex: str
    description: str
    span: Span


class Severity(str, Enum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that a finding speaks of, and what it is."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    code: str
    name: str
    severity: Severity
    span: Span
    message: str
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    counterexample: Counterexample | None = None
    fix: Fix | None = None
    claim: int | None = None  # index into the file's decided claims
    derivation: tuple[str, ...] = ()  # LaTeX steps that lead to the correct form


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is kept and not counted: what silenced it, with the reason given for it.

    `span` is where the comment stands that did.
    """

    diagnostic: Diagnostic
    by: Literal["comment", "baseline"]
    reason: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim with its verdict, or a formula that holds no claim or was not read.

    `claim` is None for a formula that states nothing (`status` given) or that
    could not be read (`status` unread); `span` and `latex` always tell where.
    """

    span: Span
    latex: str
    verdict: Verdict
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    source: Source
    format: str
    decided: tuple[Decided, ...]
    diagnostics: tuple[Diagnostic, ...]
    problems: tuple[Problem, ...] = ()
    formulas: int = 0
    notes: tuple[str, ...] = ()  # how the document was read: what was taken for known
    suppressed: tuple[Suppressed, ...] = ()
    macros: tuple[Macro, ...] = ()  # in force in it, so that a report can draw its formulas


@dataclass(frozen=True, slots=True)
class Report:
    files: tuple[FileReport, ...]
    problems: tuple[str, ...] = ()  # of the run itself, e.g. a file that cannot be opened
    notes: tuple[str, ...] = ()  # of the run, e.g. a folder without documents: nothing is wrong
    second_reader: bool = False  # whether there was one to be asked
    unchecked: tuple[str, ...] = ()  # of the notes and problems those that tell of something not looked into
    interrupted: bool = False  # by the user, before all documents were done

    @property
    def errors(self) -> int:
        return sum(d.severity is Severity.ERROR for f in self.files for d in f.diagnostics)

    @property
    def warnings(self) -> int:
        return sum(d.severity is Severity.WARNING for f in self.files for d in f.diagnostics)
