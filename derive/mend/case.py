"""A claim that came out wrong, with everything around it that a cause may look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from derive.classes import dataclass, replace
from derive.mend.array_rewrites import arrays_of
from derive.mend.derivation import derivation
from derive.mend.edits import Edit
from derive.mend.mending import Mend, Mender
from derive.mend.rewrites import Vocabulary, applied_in
from derive.model import (
    Claim,
    Decided,
    Diagnostic,
    Document,
    Fix,
    Label,
    Severity,
    Span,
    Stance,
    Status,
    Verdict,
)
from derive.term.nodes import (
    ONE,
    TWO,
    Add,
    Apply,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    Term,
    integer,
)
from derive.term.randomness import densities_in
from derive.term.scope import Reading, Scope
from derive.term.traverse import children, free_symbols, walk

Decide = Callable[[Claim], Verdict]
GOOD = frozenset({Status.PROVED, Status.HOLDS})


class Mentions:
    """Which entries of a document speak of a symbol: gathered once, asked for every claim."""

    def __init__(self, decided: Sequence[Decided]) -> None:
        self.of: dict[str, list[Decided]] = {}
        self.unread: list[tuple[Decided, Span]] = []
        for d in decided:
            if d.claim is None:
                self.unread.append((d, d.span))
                continue
            for name in free_symbols(d.claim.left).keys() | free_symbols(d.claim.right).keys():
                self.of.setdefault(name, []).append(d)


@dataclass
class Case:
    """One entry of a document under diagnosis. Its claim is there, its verdict any."""

    index: int
    decided: Sequence[Decided]
    document: Document
    mender: Mender
    spoken: Mentions | None = None
    chosen: Mend | None = None
    """A mend that was chosen before; else the smallest is looked for."""

    @property
    def entry(self) -> Decided:
        return self.decided[self.index]

    @property
    def claim(self) -> Claim:
        claim = self.entry.claim
        assert claim is not None
        return claim

    @property
    def verdict(self) -> Verdict:
        return self.entry.verdict

    @property
    def refuted(self) -> bool:
        return self.verdict.status is Status.REFUTED

    @property
    def asserted(self) -> bool:
        """Whether the document asserts the claim, whatever came of it."""
        return self.claim.stance is Stance.ASSERTED

    def holds(self, claim: Claim) -> bool:
        return self.mender.accept(claim) is not None

    def holds_under(self, condition: Term) -> bool:
        """Whether the claim holds under another case of the document: several causes ask it of each claim."""
        if self.mender.closed:
            return False
        known, asked = self.mender.under_cases, (self.index, self.claim.left, self.claim.right, condition)
        if asked not in known:
            known[asked] = self.holds(self.under(condition))
        return known[asked]

    # -- surroundings ---------------------------------------------------------------------------

    @cached_property
    def neighbours(self) -> tuple[Decided, ...]:
        """The other entries of the section with a claim, nearest first."""
        here = self.claim.section
        others = [
            (abs(k - self.index), k > self.index, d)
            for k, d in enumerate(self.decided)
            if k != self.index and d.claim is not None and d.claim.section == here
        ]
        return tuple(d for _, _, d in sorted(others, key=lambda o: o[:2]))

    def claims(self) -> Iterator[tuple[int, Claim]]:
        for k, d in enumerate(self.decided):
            if d.claim is not None:
                yield k, d.claim

    @cached_property
    def about_the_same(self) -> tuple[Claim, ...]:
        """Neighbouring claims whose left side is this one's, nearest first."""
        return tuple(
            d.claim for d in self.neighbours if d.claim is not None and d.claim.left == self.claim.left
        )

    def unknown(self, name: str) -> bool:
        """Whether nothing outside this claim speaks of the symbol: no definition, no other formula."""
        scope: Scope = self.claim.scope
        if name in scope.definitions or name in scope.dependencies:
            return False
        if any(name in free_symbols(h) for h in (*scope.hypotheses, *scope.soft)):
            return False
        spoken = self.spoken or Mentions(self.decided)
        if any(d is not self.entry for d in spoken.of.get(name, ())):
            return False
        pattern = re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])")
        mine = _formula_span(self.entry)
        return not any(
            name in d.latex and pattern.search(d.latex)
            for d, span in spoken.unread
            if d is not self.entry and span != mine
        )

    @cached_property
    def words(self) -> Vocabulary:
        """What an edit may put in: the symbols, factors and terms of the claim and its surroundings."""
        claim = self.claim
        symbols: dict[Symbol, None] = {}
        elements: dict[Element, None] = {}
        near: list[Term] = [claim.right, claim.left]
        for d in self.neighbours[:6]:
            assert d.claim is not None
            near += [d.claim.right, d.claim.left]
        for definition in claim.scope.definitions.values():
            near.append(definition.body)
        for term in near:
            for node in walk(term):
                if isinstance(node, Element):
                    elements.setdefault(node)
                elif isinstance(node, Symbol) and node.type.role not in (
                    "function",
                    "operator",
                    "distribution",
                ):
                    symbols.setdefault(node)
        for name in claim.scope.definitions:
            if (kind := claim.scope.type_of(name)) is not None and kind.role not in ("function", "operator"):
                symbols.setdefault(Symbol(name, kind))
        here = free_symbols(claim.left) | free_symbols(claim.right)
        return Vocabulary(
            tuple(symbols)[:14],
            tuple(elements)[:6],
            _factors(claim),
            _terms(claim),
            frozenset(n for n in here if self.unknown(n)),
            frozenset(t for side in near[2:] for t in walk(side) if children(t)),
            applied_in(claim.left, claim.right),
            densities_in(claim.left, claim.right)[:8],
            arrays_of(claim.left, claim.right),
        )

    @cached_property
    def mend(self) -> Mend | None:
        """The smallest edit after which the claim is proved or holds, in its first reading or, where that has
        an unknown function, in one where the bracket behind a letter is a factor."""
        if self.chosen is not None:
            return self.chosen
        found = self._mended()
        return found if found is not None else self._of_positive_numbers()

    def _mended(
        self, fits: Callable[[Mend], bool] = lambda _: True, suits: Callable[[Edit], bool] | None = None
    ) -> Mend | None:
        left = self.left_may_be_wrong
        found = self.mender.mend(self.claim, self.words, left=left, fits=fits, suits=suits)
        if found is None and (other := self._with_fewer_calls()) is not None:
            case = replace(
                self, decided=(*self.decided[: self.index], other, *self.decided[self.index + 1 :])
            )
            left = case.left_may_be_wrong
            found = self.mender.mend(case.claim, case.words, left=left, fits=fits, suits=suits)
        return found

    def _of_positive_numbers(self) -> Mend | None:
        """The mend of a claim with roots or logarithms, where its numbers are positive: the refutation stood
        under that, and what is right in its place may hold under it alone."""
        from derive.judge.doubts.positive import claims

        weaker = next(iter(claims(self.claim, self.verdict)), None)
        if weaker is None or not self.refuted:
            return None
        return self.mender.mend(weaker, self.words, left=self.left_may_be_wrong)

    @property
    def found(self) -> Mend:
        """The mend, where there is one."""
        assert self.mend is not None
        return self.mend

    def with_mend(
        self, fits: Callable[[Mend], bool], suits: Callable[[Edit], bool] | None = None
    ) -> Case | None:
        """The case with the smallest mend that `fits` takes; None where there is none. With `suits` it is an
        edit of a term that this takes, and no other one is decided."""
        found = self.mend if suits is None else self._mended(fits, suits)
        if suits is None and found is not None and not fits(found):
            found = self.mender.mend(self.claim, self.words, left=self.left_may_be_wrong, fits=fits)
        if found is None:
            return None
        return replace(self, chosen=found)

    def _with_fewer_calls(self) -> Decided | None:
        """The entry in the reading that applies the fewest functions, if it applies fewer than the first."""
        first, *others = self.claim.readings or (Reading((self.claim.left, self.claim.right)),)
        calls = [(_calls(r), k) for k, r in enumerate(others)]
        if not calls or min(calls)[0] >= _calls(first) or self.entry.claim is None:
            return None
        reading = others[min(calls)[1]]
        left, right = reading.terms[:2]
        claim = replace(self.claim, left=left, right=right, readings=(reading,))
        return replace(self.entry, claim=claim)

    @property
    def left_may_be_wrong(self) -> bool:
        """An edit of the left side makes sense where it is an expression, not what is being worked out,
        and where no link before it has shown it to be right."""
        claim = self.claim
        if self.index and (first := self.decided[self.index - 1]).claim is not None:
            shown = first.verdict.status in GOOD and first.claim.right == claim.left
            if shown and first.claim.right_span == claim.left_span:
                return False
        match claim.left:
            case Symbol() | Element() | Number():
                return False
            case Derivative(body=Symbol()):
                return False
            case _:
                return claim.left_span is not None and claim.formula is not None

    # -- other claims made from this one ----------------------------------------------------------

    def with_sides(self, left: Term, right: Term) -> Claim:
        return replace(self.claim, left=left, right=right, readings=(Reading((left, right)),))

    def at(self, index: int) -> Case:
        """The same for another entry of the document."""
        return Case(index, self.decided, self.document, self.mender, self.spoken)

    def under(self, case: Term) -> Claim:
        """The claim with another case in the place of its own about the same symbol."""
        return self.under_case(self.claim, case)

    @staticmethod
    def under_case(claim: Claim, case: Term) -> Claim:
        subject = subject_of(case)
        scope: Scope = claim.scope
        kept = tuple(h for h in scope.hypotheses if not (h in claim.cases and subject_of(h) == subject))
        return replace(claim, scope=replace(scope, hypotheses=(*kept, case)))

    @cached_property
    def other_cases(self) -> tuple[tuple[Term, str, Claim], ...]:
        """The cases that the document sets about the same symbols, with another value: the condition, its
        LaTeX and the nearest claim that stands under it."""
        mine = {subject_of(c): c for c in self.claim.cases}
        found: dict[Term, tuple[Term, str, Claim]] = {}
        order = sorted(
            self.claims(), key=lambda kc: (kc[1].section != self.claim.section, abs(kc[0] - self.index))
        )
        for _, other in order:
            for case, latex in zip(other.cases, _case_latex(other), strict=False):
                subject = subject_of(case)
                if subject in mine and mine[subject] != case:
                    found.setdefault(case, (case, latex, other))
        return tuple(found.values())

    # -- findings -------------------------------------------------------------------------------

    def finding(
        self,
        code: str,
        name: str,
        message: str,
        *,
        severity: Severity | None = None,
        span: Span | None = None,
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        fix: Fix | None = None,
        correct: Claim | None = None,
    ) -> Diagnostic:
        """A finding about this claim: an error where it is refuted, a warning else.

        `correct` is what the line should say, where its left side is wrong: the derivation leads there.
        """
        if severity is None:
            severity = Severity.ERROR if self.refuted else Severity.WARNING
        return Diagnostic(
            code,
            name,
            severity,
            span or (self.claim.right_span if self.entry.claim is not None else None) or self.entry.span,
            message,
            labels,
            notes,
            self.verdict.counterexample if self.refuted else None,
            fix,
            self.index if self.entry.claim is not None else None,
            derivation(correct or self.claim) if self.entry.claim is not None else (),
        )

    def locate(self, term: Term) -> Span | None:
        """Where a term of this claim stands in the source."""
        if term.span is None or self.claim.formula is None:
            return None
        return self.claim.formula.locate(term.span)


def _calls(reading: Reading) -> int:
    return sum(isinstance(n, Call) for side in reading.terms[:2] for n in walk(side))


def subject_of(case: Term) -> str | None:
    """The symbol that a condition `y = 0` or `y^{(i)} = 0` speaks of."""
    if isinstance(case, Relation):
        left = case.left.base if isinstance(case.left, Element) else case.left
        if isinstance(left, Symbol):
            return left.name
    return None


def _case_latex(claim: Claim) -> tuple[str, ...]:
    if len(claim.conditions) == len(claim.cases):
        return claim.conditions
    return tuple(c.to_latex() for c in claim.cases)


def _formula_span(entry: Decided) -> Span:
    formula = entry.claim.formula if entry.claim is not None else None
    return formula.span if formula is not None else entry.span


def _top(term: Term) -> Iterator[tuple[Term, bool]]:
    """The factors of a product at the top of a term; True for those below a fraction line."""
    match term:
        case Neg(arg=arg):
            yield from _top(arg)
        case Mul(args=args):
            for a in args:
                yield from _top(a)
        case Div(numerator=a, denominator=b):
            yield from _top(a)
            for f, below in _top(b):
                yield f, not below
        case _:
            yield term, False


def _factors(claim: Claim) -> tuple[Term, ...]:
    """Factors that may have been lost: those of the other side first, then small numbers and symbols."""
    found: dict[Term, None] = {}
    for f, below in _top(claim.left):
        if not isinstance(f, Add) and not (isinstance(f, Number) and f.value in (0, 1)):
            found.setdefault(Div(ONE, f) if below else f)
    for name in free_symbols(claim.left):
        # a mean that is differentiated: its 1/n, which the step may have lost
        definition = claim.scope.definitions.get(name)
        for f, below in _top(definition.body) if definition is not None else ():
            if isinstance(f, Symbol) and below and not f.type.shape:
                found.setdefault(Div(ONE, f))
    found.setdefault(TWO)
    found.setdefault(Div(ONE, TWO))
    for k in (3, 4):
        found.setdefault(integer(k))
    for node in (*walk(claim.left), *walk(claim.right)):
        constant = node if isinstance(node, Constant) and node.name != "infinity" else None
        if isinstance(node, Apply) and node.head in ("conjugate", "Re", "Im"):
            constant = Constant("i")
        if constant is not None:
            found.setdefault(constant)
            found.setdefault(Div(ONE, constant))
    for symbol in (free_symbols(claim.left) | free_symbols(claim.right)).values():
        if symbol.type.role not in ("function", "operator", "sequence", "distribution"):
            found.setdefault(symbol)
            found.setdefault(Div(ONE, symbol))
    return tuple(found)[:16]


def _summands(term: Term) -> Iterator[Term]:
    match term:
        case Add(args=args):
            for a in args:
                yield from _summands(a)
        case _:
            yield term


def _terms(claim: Claim) -> tuple[Term, ...]:
    """Terms that may have been lost: those of the other side, then one."""
    found: dict[Term, None] = {}
    right = set(_summands(claim.right))
    for s in _summands(claim.left):
        if s not in right and claim.stance is Stance.ASSERTED:
            found.setdefault(s)
    found.setdefault(ONE)
    found.setdefault(Neg(ONE))
    return tuple(found)[:8]
