"""The search for the smallest edit that mends a claim, and its text in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from derive.calculus.expansions import has_remainder
from derive.classes import dataclass, field, replace
from derive.expressions import regex
from derive.meaning import elaborate
from derive.mend.edits import Edit, edits
from derive.mend.rewrites import Vocabulary, negated
from derive.model import Claim, Fix, Problem, Span, Stance, Status, Verdict
from derive.notation import NotationError, read
from derive.notation.syntax import Chain
from derive.term.contents import among, heads
from derive.term.nodes import ZERO, Add, Apply, Div, Neg, Symbol, Term
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Reading
from derive.term.traverse import children
from derive.verify.ladder.extremal_points import APART
from derive.verify.ladder.mentions import varies_not
from derive.verify.ladder.question import is_costly

if TYPE_CHECKING:
    from derive.mend.screening import Screen

_RELATIONS = {"<": ("<=", ">", ">="), "<=": (">=",), ">": (">=", "<", "<="), ">=": ("<=",), "!=": ("=",)}
_BOUNDS = regex(r"_\s*(\{[^{}]*\}|\\[A-Za-z]+|\w)\s*\^\s*(\{[^{}]*\}|\\[A-Za-z]+|\w)")
_FOR_A_DOCUMENT, _LEAST = 2000, 6
_SIGN = {"<": "<", "<=": "\\leq", ">": ">", ">=": "\\geq", "=": "="}


@dataclass(frozen=True, slots=True)
class Mend:
    """An edit after which the claim is proved or holds. `edit` is None for a mend of the relation sign."""

    kind: str
    claim: Claim
    verdict: Verdict
    fix: Fix | None
    edit: Edit | None = None


@dataclass(frozen=True)
class Mender:
    """Looks for mends, within a number of decisions for each claim.

    The numbers are counts, not times, so that the same document gets the same findings everywhere. What one
    claim costs is no other claim's loss: a document with many to mend gives each of them less from the start.
    """

    decide: Callable[[Claim], Verdict]
    for_a_claim: int = 24
    candidates: int = 600
    costly_candidates: int = 60
    of_a_definition: int = 60
    of_the_undecided: int = 4
    """How many decisions an edit counts for that the tower cannot decide."""
    faults: list[Problem] = field(default_factory=list)
    under_cases: dict[tuple[int, Term, Term, Term], bool] = field(default_factory=dict)
    """Whether the claim of an entry, by its sides, holds under a case that the document sets elsewhere."""
    closed: bool = False
    """Nothing more is looked for: the budget of the claim or of the document is spent."""

    @classmethod
    def for_claims(cls, decide: Callable[[Claim], Verdict], number: int) -> Mender:
        """A mender for a document with so many claims to mend."""
        each = max(_LEAST, _FOR_A_DOCUMENT // max(number, 1))
        return cls(decide, min(cls.for_a_claim, each), of_a_definition=min(cls.of_a_definition, each))

    def mend(
        self,
        claim: Claim,
        words: Vocabulary,
        *,
        left: bool = True,
        fits: Callable[[Mend], bool] = lambda _: True,
        suits: Callable[[Edit], bool] | None = None,
    ) -> Mend | None:
        """The smallest single edit after which the claim is proved or holds, of those that `fits` takes; None
        when there is none. With `suits` only edits of terms are tried, those that it takes."""
        if self.closed:
            return None
        try:
            if suits is not None:
                return self._of_terms(claim, words, left, fits, suits)
            return self._mend(claim, words, left, fits)
        except Exception as error:
            self._tell(claim, error)
            return None

    def _mend(self, claim: Claim, words: Vocabulary, left: bool, fits: Callable[[Mend], bool]) -> Mend | None:
        if (found := self._related(claim, _RELATIONS.get(claim.relation, ()))) is not None and fits(found):
            return found
        if (found := self._of_terms(claim, words, left, fits)) is not None or not _may_be_bound(claim):
            return found
        bound = self._related(claim, ("<=", ">="))
        return bound if bound is not None and fits(bound) else None

    def _related(self, claim: Claim, relations: tuple[str, ...]) -> Mend | None:
        """The claim with another relation, where it holds so."""
        for other in relations:
            changed = replace(claim, relation=other)
            if (verdict := self.accept(changed)) is not None:
                return Mend("wrong-relation", changed, verdict, _relation_fix(claim, other))
        return None

    def _of_terms(
        self,
        claim: Claim,
        words: Vocabulary,
        left: bool,
        fits: Callable[[Mend], bool],
        suits: Callable[[Edit], bool] | None = None,
    ) -> Mend | None:
        from derive.mend.residual import guesses  # a document without a slip needs none of it
        from derive.mend.screening import Screen

        # where each value is an integral or a limit, the screen itself is work
        costly = is_costly(claim.left, claim.right, *claim.scope.hypotheses)
        limit = self.costly_candidates if costly else self.candidates
        tried = edits((claim.left, claim.right), words, left=left, limit=limit)
        expansion = has_remainder(claim.left, claim.right)
        if suits is not None:
            tried = [edit for edit in tried if suits(edit)]
            if not tried and not expansion:
                return None
        screen = Screen(claim, (*words.symbols, *words.elements))
        guessed = guesses(screen)
        if expansion:
            from derive.mend.expansion_residual import of_an_expansion

            guessed = [*guessed, *of_an_expansion(screen)]
        tried = [*(edit for edit in guessed if suits is None or suits(edit)), *tried]
        budget = self.for_a_claim
        for edit in sorted(tried, key=lambda e: e.cost):
            if budget <= 0:
                return None
            changed = edited(claim, edit)
            empty = _emptied(changed) or varies_not(changed)
            if empty or _names_itself(changed, edit) or _borrowed(claim, edit) or _cancels(claim, edit):
                continue
            if not self.could_hold(screen, changed):
                continue
            budget -= 1
            verdict = self.verdict(replace(changed, tried=True))
            if verdict is None or (verdict.status is Status.UNDECIDED and APART not in verdict.evidence):
                budget -= self.of_the_undecided - 1  # it costs more than it brings
            elif verdict.status in (Status.PROVED, Status.HOLDS):
                mend = Mend(edit.kind, changed, verdict, None, edit)
                if fits(mend):
                    return replace(mend, fix=self._fix(claim, edit))
        return None

    def accept(self, claim: Claim) -> Verdict | None:
        """The verdict, where the claim is proved or holds."""
        verdict = self.verdict(replace(claim, tried=True))
        return verdict if verdict is not None and verdict.status in (Status.PROVED, Status.HOLDS) else None

    def verdict(self, claim: Claim) -> Verdict | None:
        if self.closed:
            return None
        try:
            return self.decide(claim)
        except Exception as error:
            # a fault in an edit that was only tried costs that edit; it is told among the document's problems
            self._tell(claim, error)
            return None

    def _fix(self, claim: Claim, edit: Edit) -> Fix | None:
        """The edit in the source; a fault in finding its place costs the proposal, not the finding."""
        try:
            return fix_of(claim, edit)
        except Exception as error:
            self._tell(claim, error)
            return None

    def _tell(self, claim: Claim, error: Exception) -> None:
        told = f"a mend could not be tried: {type(error).__name__}: {error} while trying {claim.latex!r}"
        self.faults.append(Problem(claim.span, told))

    def could_hold(self, screen: Screen, claim: Claim) -> bool:
        try:
            return screen.could_hold(claim)
        except Exception as error:
            self._tell(claim, error)
            return False


def _may_be_bound(claim: Claim) -> bool:
    """Whether an equation that the text asserts is of the kind that authors write bounds of: expectations and
    probabilities (Jensen's, the union's), absolute values and norms (the triangle's), of the same functions
    on both sides: `\\log u = u` lost a logarithm."""
    if claim.relation != "=" or claim.stance is not Stance.ASSERTED:
        return False
    functions = heads(claim.left)
    if functions != heads(claim.right):
        return False
    chance = all(map(speaks_of_chance, (claim.left, claim.right)))
    return chance or bool(functions & {"abs", "norm"})


def edited(claim: Claim, edit: Edit) -> Claim:
    left, right = (claim.left, edit.term) if edit.side else (edit.term, claim.right)
    return replace(claim, left=left, right=right, readings=(Reading((left, right)),))


def _names_itself(claim: Claim, edit: Edit) -> bool:
    """Putting a name in the place of what it is defined to be is no mend: `q = x^2 + 0 = q`."""
    known = claim.scope.definitions.get(edit.term.name) if isinstance(edit.term, Symbol) else None
    return known is not None and known.body == (claim.left if edit.side else claim.right)


def _emptied(claim: Claim) -> bool:
    """Mending by deleting everything is no mend: both sides a bare zero say nothing."""
    return bool(claim.left == ZERO and claim.right == ZERO)


def _cancels(claim: Claim, edit: Edit) -> bool:
    """Putting beside a term what takes it away is no mend: `y_i - y_i` for `y_i - \\mu`."""
    before: Term = claim.right if edit.side else claim.left
    return edit.kind in ("wrong-symbol", "wrong-index") and _taken_away(edit.term) > _taken_away(before)


def _taken_away(term: Term) -> int:
    found = 0
    for node in among(term, Add):
        taken = [a.arg for a in node.args if isinstance(a, Neg)]
        if taken:
            found += len(set(node.args).intersection(taken))
    return found


def _borrowed(claim: Claim, edit: Edit) -> bool:
    """Putting the whole other side in is no mend: `V = 1` is not `V = V · 1`."""
    other: Term = claim.left if edit.side else claim.right
    piece = edit.piece.arg if isinstance(edit.piece, Neg) else edit.piece
    return edit.kind in ("missing-factor", "dropped-term") and piece in (other, negated(other))


def _relation_fix(claim: Claim, relation: str) -> Fix | None:
    if claim.left_span is None or claim.right_span is None or claim.formula is None:
        return None
    between = Span(claim.left_span.end, claim.right_span.start)
    if between.end <= between.start:
        return None
    return Fix(f" {_SIGN[relation]} ", f"write ${_SIGN[relation]}$", between)


def fix_of(claim: Claim, edit: Edit) -> Fix | None:
    """The edit as a replacement of source text, checked by reading the new text back.

    The smallest replacement whose side reads as the edited term is taken, the whole side else; None where the
    source does not hold the side as it was decided (a substitution stands in it).
    """
    formula = claim.formula
    side_span = claim.right_span if edit.side else claim.left_span
    if formula is None or side_span is None:
        return None
    description = describe(edit)
    side = _local(claim, side_span)
    if side is None:
        return None
    for span, text in _texts(formula.latex, edit, side, _fraction(claim, edit)):
        new = formula.latex[side.start : span.start] + text + formula.latex[span.end : side.end]
        if reads_as(new, edit.term, claim):
            return Fix(text, description, formula.locate(span))
    return None


def _local(claim: Claim, span: Span) -> Span | None:
    """A source span as offsets into the formula's LaTeX."""
    formula = claim.formula
    assert formula is not None
    if formula.origins is None:
        local = span.shift(-formula.span.start)
        return local if 0 <= local.start <= local.end <= len(formula.latex) else None
    try:
        start = formula.origins.index(span.start)
        end = max(k for k, o in enumerate(formula.origins[:-1]) if o < span.end) + 1
    except ValueError:
        return None
    return Span(start, end)


def _fraction(claim: Claim, edit: Edit) -> Span | None:
    """The fraction that the edited symbol is the upper or lower part of: it is shown whole."""
    node: Term = claim.right if edit.side else claim.left
    above = node
    for k in edit.path:
        above, node = node, children(node)[k]
    return above.span if isinstance(above, Div) and isinstance(node, Symbol) else None


def _texts(latex: str, edit: Edit, side: Span, fraction: Span | None) -> Iterator[tuple[Span, str]]:
    span = edit.span
    if span is not None and fraction is not None:
        printed = edit.new.to_latex()
        yield fraction, latex[fraction.start : span.start] + printed + latex[span.end : fraction.end]
    if span is not None and side.start <= span.start < span.end <= side.end:
        old = latex[span.start : span.end]
        new = edit.new
        if isinstance(new, Neg) and new.arg == edit.old:
            yield span, f"-{old}"
            yield span, f"-({old})"
        if isinstance(new, Apply) and isinstance(edit.old, Apply) and new.args == edit.old.args:
            yield span, old.replace(f"\\{edit.old.head}", f"\\{new.head}", 1)
        yield from ((span, text) for text in _pieced(latex, edit, span))
        printed = new.to_latex()
        yield span, printed
        yield span, f"{{{printed}}}"
        yield span, f"({printed})"
        if isinstance(new, Add):
            yield span, f"\\left({printed}\\right)"
    yield side, edit.term.to_latex()


def _pieced(latex: str, edit: Edit, span: Span) -> Iterator[str]:
    """The author's own text with the piece put in or cut out."""
    old, piece = latex[span.start : span.end], edit.piece
    if edit.kind == "wrong-limits" and (bounds := _BOUNDS.search(old)) is not None:
        yield f"{old[: bounds.start()]}_{bounds[2]}^{bounds[1]}{old[bounds.end() :]}"
    if piece is None:
        return
    if edit.kind == "sign":
        yield from _turned(latex, span, piece)
    elif edit.kind == "missing-factor":
        yield f"{piece.to_latex()} {old}"
        yield f"{piece.to_latex()} \\left({old}\\right)"
    elif edit.kind == "dropped-term":
        sign, bare = ("-", piece.arg) if isinstance(piece, Neg) else ("+", piece)
        yield f"{old} {sign} {bare.to_latex()}"
    elif piece.span is not None and span.start <= piece.span.start < piece.span.end <= span.end:
        before, after = (
            latex[span.start : piece.span.start].rstrip(),
            latex[piece.span.end : span.end].lstrip(),
        )
        for mark in ("", "+", "-", "\\cdot", "\\times", "*"):
            if before.endswith(mark):
                yield f"{before.removesuffix(mark).rstrip()} {after}".strip()
            if mark and after.startswith(mark):
                yield f"{before} {after.removeprefix(mark).lstrip()}".strip()


def _turned(latex: str, span: Span, piece: Term) -> Iterator[str]:
    """The author's text with the sign before the piece turned."""
    if piece.span is None:
        return
    inner = piece.arg.span if isinstance(piece, Neg) and piece.arg.span is not None else piece.span
    before, after = latex[span.start : inner.start].rstrip(), latex[inner.start : span.end]
    if before.endswith("+"):
        yield f"{before[:-1]}- {after}"
    elif before.endswith("-"):
        yield f"{before[:-1]}+ {after}" if before[:-1].strip() else after
    else:
        yield f"{before}-{after}"


def reads_as(latex: str, term: Term, claim: Claim) -> bool:
    """Whether the text, read in the claim's scope, has this meaning in one of its readings."""
    macros = claim.formula.macros if claim.formula is not None else ()
    try:
        display = read(latex, macros)
        parts = [p for row in display.rows for p in row.parts]
        if len(parts) != 1 or isinstance(parts[0], Chain):
            return False
        readings = elaborate(parts, claim.scope)
        return any(r.terms[0] == term for r in readings)
    except NotationError:
        return False


def describe(edit: Edit) -> str:
    """The edit in a few words, for the mend's description."""
    old, new = edit.old.to_latex(), edit.new.to_latex()
    return f"put ${new}$ in the place of ${old}$"
