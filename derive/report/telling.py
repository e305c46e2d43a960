"""The sections of an explanation: every decision on the way of one formula, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from derive.classes import dataclass
from derive.context.links import definition_of
from derive.model import Claim, Decided, Diagnostic, FileReport, Severity, Span, Stance, Status, Step, Verdict
from derive.report.evidence import evidence_words, plainly
from derive.report.places import Places
from derive.report.reasons import choice_text
from derive.report.standing import DECIDED, given_rule, outcome_of
from derive.report.symbols import definition_words, origin_words, type_words
from derive.report.words import one_line
from derive.term.nodes import Call, Element, Relation, Symbol, Term
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, walk


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is told, the line that it rests on, and the rule that says so."""

    text: str
    line: int | None = None
    rule: str | None = None

    def words(self) -> str:
        line = f" (line {self.line})" if self.line is not None else ""
        return f"{self.text}{line}" + (f" [{self.rule}]" if self.rule is not None else "")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of one formula or relation; sections are (title, what is told), in the order of the decisions."""

    line: int
    column: int
    latex: str
    status: Status
    short: str
    sections: tuple[tuple[str, tuple[Fact, ...]], ...]


def explanation(entry: Decided, file: FileReport, places: Places | None = None) -> Explanation:
    """places: of the file, where they are known already."""
    places = places or Places.of(file.source.text, file.format)
    told = _Telling(entry, file, places)
    place = places.place(entry.span.start)
    sections = (
        ("Read as", told.reading()),
        ("Symbols", told.symbols()),
        ("In force", told.in_force()),
        ("Stance", told.stance()),
        ("Found", told.found()),
        ("Doubts", told.doubts()),
        ("Verdict", told.verdict()),
        ("Told", told.findings()),
        ("Counted", told.counted()),
    )
    return Explanation(
        place.line,
        place.column,
        one_line(entry.latex),
        entry.verdict.status,
        _short(entry, told.messages(Severity.ERROR)) + told.warned(),
        tuple((title, facts) for title, facts in sections if facts),
    )


def _short(entry: Decided, errors: Sequence[str]) -> str:
    """The whole in a sentence or two."""
    told = ": that is an error." if errors else "."
    told += "".join(f" What is wrong: {message}." for message in errors)
    verdict, claim = entry.verdict, entry.claim
    match verdict.status:
        case Status.PROVED:
            return "It is true: a proof was found, for all values that its letters may have here."
        case Status.HOLDS:
            return "It is taken to be true: it was tried at many values and never failed. There is no proof."
        case Status.REFUTED:
            return f"It is false, and the text states it{told}"
        case Status.ILL_FORMED:
            return f"Its parts do not fit together, whatever their values are{told}"
        case Status.UNDECIDED:
            return f"It was left open: {plainly(verdict.reason)}. That is no error."
        case Status.UNREAD:
            return f"It could not be read: {plainly(verdict.reason)}. Nothing of it was checked."
        case Status.GIVEN:
            return _short_given(verdict, claim)
        case _:
            assert_never(verdict.status)


def _short_given(verdict: Verdict, claim: Claim | None) -> str:
    if claim is None:
        return "It states no relation, so there is nothing to check."
    if outcome_of(verdict) is Status.REFUTED:
        return (
            "It is not true for all values, but the text does not say that it is: it may set, define or "
            "suppose it. That is no error."
        )
    if outcome_of(verdict) is Status.UNDECIDED:
        return "Nothing was found out about it, and the text does not derive it: it is taken as given."
    match claim.stance:
        case Stance.DEFINES:
            return "It defines something: it is made true here, so there is nothing to check."
        case Stance.ASSUMES | Stance.CONDITION:
            return "The text supposes it: what follows is checked under it, it itself is not."
        case Stance.DENIED | Stance.ASKED | Stance.QUOTED:
            return "The text denies, asks or quotes it, and does not state it: no error, whatever it is."
        case Stance.OPEN | Stance.ASSERTED:
            return "It sets one thing equal to another, and there is no question in it."
        case _:
            assert_never(claim.stance)


_STANCES = {
    Stance.ASSERTED: "the text states or derives it: if it is false, that is an error",
    Stance.OPEN: "the text may state, define or suppose it: if it is false, that alone is no error",
    Stance.DEFINES: "the text defines something by it",
    Stance.ASSUMES: "the text supposes it",
    Stance.CONDITION: "the text puts it as an equation to be solved, or a constraint",
    Stance.DENIED: "the text says that it is wrong",
    Stance.ASKED: "the text asks whether, or where, it is true",
    Stance.QUOTED: "the text quotes it, or strikes it out",
}
_FOUND = {
    Status.PROVED: "true",
    Status.HOLDS: "true wherever it was tried",
    Status.REFUTED: "false for some values",
    Status.ILL_FORMED: "its parts do not fit together",
    Status.UNDECIDED: "not found out",
}


@dataclass(frozen=True, slots=True)
class _Telling:
    """The sections on one entry."""

    entry: Decided
    file: FileReport
    places: Places

    def line(self, span: Span | None) -> int | None:
        return None if span is None else self.places.place(span.start).line

    def steps(self, *questions: str) -> tuple[Step, ...]:
        return tuple(s for s in self.trail if s.question in questions)

    @property
    def trail(self) -> tuple[Step, ...]:
        """The verdict's; a verdict on the form alone has none of the stance."""
        trail, claim = self.entry.verdict.trail, self.entry.claim
        if claim is None or any(step.question == "stance" for step in trail):
            return trail
        return (*claim.trail, *trail)

    def reading(self) -> tuple[Fact, ...]:
        claim = self.entry.claim
        if claim is None:
            return ()
        facts = [Fact(one_line(Relation(claim.relation, claim.left, claim.right).to_latex()))]
        chosen = self.entry.verdict.reading or (claim.readings[0].choices if claim.readings else ())
        others = [c for r in claim.readings for c in r.choices if c not in chosen]
        facts += [Fact(choice_text(choice)) for choice in chosen]
        facts += [Fact(f"also possible, and tried: {choice_text(c)}") for c in dict.fromkeys(others)]
        asked = [s for s in self.trail if s.question not in _QUESTIONS]
        facts += [
            Fact(f"{_asked(s)}: {s.answer}{'' if s.sure else ' rather'}, since {s.because}", None, s.rule)
            for s in asked
        ]
        return tuple(dict.fromkeys(facts))

    def symbols(self) -> tuple[Fact, ...]:
        claim = self.entry.claim
        if claim is None:
            return ()
        scope: Scope = claim.scope
        nodes = [n for side in (claim.left, claim.right) for n in walk(side)]
        indexed = {n.base.name for n in nodes if isinstance(n, Element) and isinstance(n.base, Symbol)}
        made = definition_of(claim.left, claim.right)
        facts = []
        for name, symbol in {**free_symbols(claim.left), **free_symbols(claim.right)}.items():
            known = scope.type_of(name) or symbol.type
            origin, span = origin_words(symbol, scope, self.entry.span.start, self.file.decided)
            if claim.stance is Stance.DEFINES and made is not None and made.name == name:
                origin, span = "defined here", self.entry.span
            listed = ", taken with an index" if name in indexed else ""
            facts.append(Fact(f"{name}: {type_words(known)}{listed}; {origin}", self.line(span)))
        return tuple(facts)

    def in_force(self) -> tuple[Fact, ...]:
        claim = self.entry.claim
        if claim is None:
            return ()
        scope: Scope = claim.scope
        names = _reached(
            claim, claim.left, claim.right, *scope.hypotheses, *(b for _, b in scope.substitutions)
        )
        facts = [
            Fact(f"{definition_words(d)}: {_defined(d)}", self.line(d.where))
            for name, d in scope.definitions.items()
            if name in names
        ]
        about = names if self.steps("standing") else _reached(claim, claim.left, claim.right)
        for term in scope.hypotheses:
            if not about & free_symbols(term).keys():
                continue  # nothing narrowed the scope of what was not judged
            kind = "the case" if term in claim.cases else "supposed"
            if self._ends(term):
                kind = "the case before, which ends here"
            facts.append(Fact(f"{kind}: {term.to_latex()}", self.line(scope.places.get(term))))
        facts += [
            Fact(f"put in its place here: {a.to_latex()} = {b.to_latex()}") for a, b in scope.substitutions
        ]
        facts += [
            Fact(
                f"set equal without saying whether always (a false claim must be false under it too): "
                f"{term.to_latex()}",
                self.line(scope.places.get(term)),
            )
            for term in scope.soft
            if about & free_symbols(term).keys()
        ]
        return tuple(facts)

    def _ends(self, term: Term) -> bool:
        """Whether a case ends since this relation puts the next about the same."""
        claim = self.entry.claim
        return (
            claim is not None
            and claim.stance is Stance.ASSUMES
            and isinstance(term, Relation)
            and (term.op, term.left) == (claim.relation, claim.left)
            and self.entry.verdict.status is Status.GIVEN
        )

    def stance(self) -> tuple[Fact, ...]:
        claim = self.entry.claim
        if claim is None:
            return ()
        words = [
            Fact(
                f"by the words of its sentence alone: {_STANCES[Stance(s.answer)]}: {s.because}",
                self.line(s.span),
                s.rule,
            )
            for s in self.steps("words")
        ]
        steps = self.steps("stance")
        if not steps:
            return (*words, Fact(_STANCES[claim.stance]))
        last = steps[-1]
        return (*words, Fact(f"{_STANCES[claim.stance]}: {last.because}", self.line(last.span), last.rule))

    def found(self) -> tuple[Fact, ...]:
        verdict = self.entry.verdict
        outcome = outcome_of(verdict)
        if self.entry.claim is None or outcome is None:
            return () if self.entry.claim is None else (Fact("nothing was tried: there is nothing to check"),)
        rows = evidence_words(verdict)
        if outcome is Status.UNDECIDED:
            rows = (plainly(verdict.reason), *rows)
        return (Fact(_FOUND[outcome] + (f": {rows[0]}" if rows else "")), *(Fact(row) for row in rows[1:]))

    def doubts(self) -> tuple[Fact, ...]:
        return tuple(
            Fact(f"asked, since {s.because}: {s.answer}", self.line(s.span), s.rule)
            for s in dict.fromkeys(self.steps("doubt"))
        )

    def verdict(self) -> tuple[Fact, ...]:
        verdict = self.entry.verdict
        said = verdict.status.value + (f" ({plainly(verdict.reason)})" if verdict.reason is not None else "")
        steps = self.steps("standing")
        if not steps:
            return (Fact(said),)
        return (Fact(f"{said}: {steps[-1].because}", None, steps[-1].rule),)

    def messages(self, severity: Severity) -> tuple[str, ...]:
        found = (d for d in self.file.diagnostics if self._is_of(d) and d.severity is severity)
        return tuple(one_line(d.message) for d in found)

    def warned(self) -> str:
        """The warnings, behind what is told in short."""
        return "".join(f" But there is a warning: {text}." for text in self.messages(Severity.WARNING))

    def findings(self) -> tuple[Fact, ...]:
        own = [d for d in self.file.diagnostics if self._is_of(d)]
        facts = []
        for d in own:
            mend = f"; right would be: {d.fix.latex}" if d.fix is not None else ""
            facts.append(Fact(f"{d.severity.value} {d.code}: {d.message}{mend}", None, d.name))
            facts += [Fact(note) for note in d.notes]
            facts += [Fact(label.text, self.line(label.span)) for label in d.labels]
        for s in self.file.suppressed:
            if self._is_of(s.diagnostic):
                why = f" ({s.reason})" if s.reason else ""
                said = f"not told, since a {s.by} silences it{why}: {s.diagnostic.message}"
                facts.append(Fact(said, self.line(s.span), s.diagnostic.name))
        return tuple(facts)

    def _is_of(self, d: Diagnostic) -> bool:
        if d.claim is not None:
            return self.file.decided[d.claim] is self.entry
        return self.entry.span.start <= d.span.start < self.entry.span.end

    def counted(self) -> tuple[Fact, ...]:
        verdict = self.entry.verdict
        if self.entry.claim is None:
            return (Fact(f"a formula without a relation that was read; {verdict.status.value}"),)
        outcome = outcome_of(verdict)
        tried = "not tried" if outcome is None else "tried, " + ("decided" if outcome in DECIDED else "open")
        rule = given_rule(self.entry)
        by = f" by the rule {rule}" if rule is not None else ""
        if verdict.status is Status.UNDECIDED and verdict.reason is not None:
            by = f" ({verdict.reason.code.value})"
        return (Fact(f"a relation: {tried}; {verdict.status.value}{by}"),)


_QUESTIONS = frozenset({"words", "stance", "standing", "doubt"})


def _asked(step: Step) -> str:
    """What a question of reading is about: the letter behind its kind, `apply:R`."""
    return step.question.partition(":")[2] or step.question


def _reached(claim: Claim, *terms: Term) -> set[str]:
    """The names in the terms, and in the definitions of those."""
    scope: Scope = claim.scope
    stack = list(terms)
    names: set[str] = set()
    while stack:
        for name in free_symbols(stack.pop()):
            if name not in names:
                names.add(name)
                if name in scope.definitions:
                    stack.append(scope.definitions[name].body)
    return names


def _defined(definition: Definition) -> str:
    """`f(x) = x^2`, `x_{i} = i`, `z = \\theta^{\\top} x`."""
    left: Term = Symbol(definition.name)
    match definition.kind:
        case "function":
            left = Call(left, definition.parameters)
        case "element":
            left = Element(left, definition.parameters)
    return one_line(Relation("=", left, definition.body).to_latex())
