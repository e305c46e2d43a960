"""A page: the formulas of a document as they were written, for slips that show in several of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from derive.classes import dataclass
from derive.context.endless import Endless
from derive.context.places import Places, is_private
from derive.expressions import regex
from derive.facts.pieces import walk
from derive.model import (
    Claim,
    Decided,
    Diagnostic,
    Document,
    Fix,
    Formula,
    Label,
    Severity,
    Span,
    Stance,
    Status,
    Unit,
)
from derive.notation import EndlessMacro, NotationError, read
from derive.notation.syntax import Display, Syntax
from derive.term.nodes import Term
from derive.term.rearranged import Balance, balance

_MARK = regex(r"(?<!\\)&")
_SHOWN = frozenset({Status.PROVED, Status.HOLDS})
_NOT_STATED = frozenset({Stance.DENIED, Stance.ASKED, Stance.QUOTED})


@dataclass(frozen=True, slots=True)
class Written:
    """A formula with its syntax; `number` counts the formulas of the page, `displays` the displays, `section`
    its parts between two headings, `task` the exercise or example it stands in, the outermost first, `thing`
    what the formula documents in a source of code, where one formula has nothing to do with those of another
    function."""

    formula: Formula
    display: Display
    number: int
    displays: int
    section: int
    task: tuple[Unit, ...]
    thing: int = 0

    def text(self, span: Span) -> str:
        """What stands there, on one line, without marks of alignment."""
        return " ".join(_MARK.sub("", self.formula.latex[span.start : span.end]).split())


@dataclass
class Page:
    """A document with the verdicts on its claims."""

    document: Document
    decided: Sequence[Decided]

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """The formulas whose notation can be read and that are not struck out, in source order: also those
        whose meaning is not known, as they are written like the others."""
        found: list[Written] = []
        number = displays = section = 0
        text, code = self.document.source.text, self.document.format in ("python", "julia")
        places, endless = Places(text), Endless()
        thing = counted = 0
        for block in self.document.blocks:
            if block.kind == "heading":
                section += 1
                places.heading(block)
            task = tuple(unit for unit in places.path(block) if is_private(unit))
            for formula in block.parts:
                if not isinstance(formula, Formula) or formula.struck:
                    continue
                number += 1
                displays += formula.display
                try:
                    endless.refuse(formula)
                    display = read(formula.latex, self.document.macros)
                except NotationError as error:
                    if isinstance(error, EndlessMacro):
                        endless.learn(formula, error)
                    continue
                if code:
                    thing += text.count('"""', counted, formula.span.start)
                    counted = formula.span.start
                found.append(Written(formula, display, number, displays, section, task, thing))
        return tuple(found)

    @cached_property
    def nodes(self) -> tuple[tuple[Written, Syntax], ...]:
        """Every node of the formulas that can be read, in source order."""
        return tuple(
            (written, node)
            for written in self.written
            for row in written.display.rows
            for node in walk(row.parts)
        )

    def entry(self, where: Span) -> int | None:
        """The claim that a place of the source stands in, the smallest one."""
        around = [
            (reach.end - reach.start, k)
            for k, d in enumerate(self.decided)
            if d.claim is not None and _holds(reach := _reach(d.claim), where)
        ]
        return min(around)[1] if around else None

    def open(self, where: Span) -> bool:
        """Whether a slip may be told there: the text states the relation, and nothing has shown it to be
        right, nor is it said in two ways. A claim that was found wrong has its finding."""
        k = self.entry(where)
        if k is None:
            return True
        claim, verdict = self.decided[k].claim, self.decided[k].verdict
        assert claim is not None
        shown = verdict.status in _SHOWN or verdict.outcome in _SHOWN
        return not shown and claim.stance not in _NOT_STATED and not self._restated(claim)

    def comparable(self, here: Span, there: Span) -> bool:
        """Whether the two places stand under the same conditions, and the text states the second."""
        first, second = (
            self.decided[k].claim if (k := self.entry(w)) is not None else None for w in (here, there)
        )
        if second is not None and second.stance in _NOT_STATED:
            return False
        return _given(first) == _given(second)

    @cached_property
    def _balances(self) -> Mapping[Balance, frozenset[frozenset[Term]]]:
        """The sides of every equation that the text states, by what its terms come to."""
        found: dict[Balance, set[frozenset[Term]]] = {}
        for d in self.decided:
            if d.claim is not None and d.claim.relation == "=" and d.claim.stance not in _NOT_STATED:
                left, right = d.claim.left, d.claim.right
                found.setdefault(balance(left, right), set()).add(frozenset((left, right)))
        return {key: frozenset(sides) for key, sides in found.items()}

    def _restated(self, claim: Claim) -> bool:
        """Whether the equation stands once more with its terms on other sides: `t - v = s`, `v = t - s`."""
        if claim.relation != "=":
            return False
        return len(self._balances.get(balance(claim.left, claim.right), ())) > 1

    def finding(
        self,
        code: str,
        name: str,
        message: str,
        written: Written,
        span: Span,
        *,
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A warning at a place of a formula."""
        where = written.formula.locate(span)
        return Diagnostic(
            code, name, Severity.WARNING, where, message, labels, notes, None, fix, self.entry(where)
        )

    def put(self, written: Written, span: Span, old: str, new: str) -> Fix | None:
        """The mend that puts new text in the place of the old, unless a macro stands for it there."""
        if written.text(span) != old or not new:
            return None
        return Fix(new, f"put ${new}$ in the place of ${old}$", written.formula.locate(span))


def _given(claim: Claim | None) -> tuple[object, ...]:
    return () if claim is None else (*claim.cases, *claim.conditions)


def _reach(claim: Claim) -> Span:
    return claim.span if claim.left_span is None else claim.span.cover(claim.left_span)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
