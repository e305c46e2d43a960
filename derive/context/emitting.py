"""A link of a statement as the claim that the report speaks of: its readings, its places, its trail."""

from __future__ import annotations

from collections.abc import Sequence

from derive.classes import dataclass, replace
from derive.context.ledger import Hypothesis
from derive.context.links import EQUALITIES, Part
from derive.context.modulus import modular
from derive.context.statements import Statement, slice_of
from derive.model import Claim, Decided, Formula, Span, Stance, Status, Step, Verdict
from derive.notation.syntax import Syntax
from derive.reasons.choices import Choice, Chosen
from derive.rules import Answer
from derive.term.nodes import ONE, Derivative, Integral, Neg, Term
from derive.term.scope import Reading, Scope
from derive.term.traverse import walk


@dataclass(frozen=True, slots=True)
class Emitter:
    """What the claims of one statement have alike. sides: as they are written. words: what its sentence says.
    read: how the questions of its reading were answered. modulus: what its sentence counts modulo of."""

    statement: Statement
    section: int
    sides: tuple[Syntax, ...] = ()
    words: Answer[Stance] | None = None
    read: tuple[Step, ...] = ()
    modulus: Term | None = None

    def claim(
        self,
        part: Part,
        stance: Answer[Stance],
        scope: Scope,
        readings: Sequence[Reading],
        k: int,
        cases: Sequence[Hypothesis],
    ) -> Claim:
        """The k-th link, in all its readings, under those of the cases that are in its scope."""
        statement, formula = self.statement, self.statement.formula
        pairs = self._pairs(part, readings, k)
        left_span = None if part.left_span is None else self._left_formula(part).locate(part.left_span)
        right_span = formula.locate(part.right_span)
        start = left_span if k == 0 and statement.chain.first is not None and left_span is not None else None
        relation_span = formula.locate(part.relation_span)
        active = [h for t, h in {h.term: h for h in cases}.items() if t in scope.hypotheses]
        return Claim(
            Span(start.start if start is not None else relation_span.start, right_span.end),
            pairs[0].terms[0],
            part.relation,
            pairs[0].terms[1],
            scope,
            stance.value,
            latex=self.latex(part),
            left_span=left_span,
            right_span=right_span,
            readings=tuple(pairs),
            conditions=tuple(h.latex for h in active),
            formula=formula,
            section=self.section,
            cases=tuple(h.term for h in active),
            trail=self._trail(part, stance),
        )

    def given(self, part: Part, stance: Answer[Stance], scope: Scope) -> Decided:
        """A link in which there is nothing to check."""
        formula = self.statement.formula
        right = formula.locate(part.right_span)
        start = (
            formula.locate(part.left_span).start
            if part.left_span and not part.continued
            else formula.locate(part.relation_span).start
        )
        span = Span(start, max(right.end, start))
        latex = self.latex(part)
        claim = Claim(
            span,
            part.left,
            part.relation,
            part.right,
            scope,
            stance.value,
            latex=latex,
            formula=formula,
            left_span=None if part.left_span is None or part.continued else formula.locate(part.left_span),
            right_span=right,
            section=self.section,
            trail=self._trail(part, stance),
        )
        return Decided(span, latex, Verdict(Status.GIVEN, trail=claim.trail), claim)

    def latex(self, part: Part) -> str:
        """The link as it is written, its left side from wherever it stands."""
        formula = self.statement.formula
        left = "" if part.left_span is None else slice_of(self._left_formula(part), part.left_span)
        sign = slice_of(formula, part.relation_span)
        return f"{left} {sign} {slice_of(formula, part.right_span)}".strip()

    def place(self, part: Part) -> Span:
        """Where a link stands in the document, from its relation on where its left side stands elsewhere."""
        left = None if part.continued else part.left_span
        return self.statement.formula.locate((left or part.relation_span).cover(part.right_span))

    def _pairs(self, part: Part, readings: Sequence[Reading], k: int) -> list[Reading]:
        """The two sides in each reading, those first that custom takes first."""
        statement = self.statement
        pairs = [Reading((r.terms[k], r.terms[k + 1]), r.choices) for r in readings]
        pairs = _up_to_constant(readings, k, pairs)
        if self.modulus is not None and part.relation in EQUALITIES:
            pairs = modular(pairs, part.relation, self.sides[k : k + 2], self.modulus)
        if k == 0 and statement.mark == "-" and statement.chain.first is not None:
            minus = [
                Reading((Neg(r.terms[0]), r.terms[1]), (*r.choices, Choice(Chosen.DASH_IS_MINUS)))
                for r in pairs
            ]
            bullet = [replace(r, choices=(*r.choices, Choice(Chosen.DASH_IS_LIST_MARK))) for r in pairs]
            pairs = bullet + minus if statement.row_marks else minus + bullet
        return pairs

    def _left_formula(self, part: Part) -> Formula:
        """Where the left side of a link stands: that of the first may be in the formula before."""
        if part.continued and self.statement.left_formula is not None:
            return self.statement.left_formula
        return self.statement.formula

    def _trail(self, part: Part, stance: Answer[Stance]) -> tuple[Step, ...]:
        """How it was read and how the stance came about: what the words said, and the rule that answered."""
        words = self.words
        said = (words.step("words"),) if words is not None and words.rule != stance.rule else ()
        return (*self._read(part), *said, stance.step("stance"))

    def _read(self, part: Part) -> tuple[Step, ...]:
        """The answers about what stands in the sides of a link, with their places in the document."""
        spans = [s for s in (None if part.continued else part.left_span, part.right_span) if s is not None]
        return tuple(
            replace(step, span=self.statement.formula.locate(step.span))
            for step in self.read
            if step.span is not None and any(s.start <= step.span.start < s.end for s in spans)
        )


def _up_to_constant(readings: Sequence[Reading], k: int, pairs: list[Reading]) -> list[Reading]:
    """Behind an indefinite integral the links of a chain hold up to a constant: that is a reading of them."""
    variables = {
        node.variable
        for side in readings[0].terms[: k + 1]
        for node in walk(side)
        if isinstance(node, Integral) and node.lower is None and node.upper is None and node.domain is None
    }
    if len(variables) != 1 or any(isinstance(n, Integral) for t in pairs[0].terms for n in walk(t)):
        return pairs
    (x,) = variables
    more = [
        Reading(
            (Derivative(r.terms[0], ((x, ONE),)), Derivative(r.terms[1], ((x, ONE),))),
            (*r.choices, Choice(Chosen.UP_TO_CONSTANT)),
        )
        for r in pairs
    ]
    return pairs + more
