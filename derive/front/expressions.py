"""Formulas read and not decided: one under what is given, or those of a document."""

from __future__ import annotations

import os
from collections.abc import Sequence

from derive.context import read_claims
from derive.context.givens import gather, scope_from, types_in
from derive.context.known_commands import read_with
from derive.documents.files import UnreadableFile, open_source
from derive.documents.project import Project
from derive.front.decide import read_givens
from derive.meaning import elaborate
from derive.meaning.formula import readings, statement, undelimited
from derive.model import Claim, Decided, FileReport, Source, Status, Verdict
from derive.notation import read as read_display
from derive.notation.conventions import conventional
from derive.notation.syntax import Syntax
from derive.report.explain import at
from derive.settings import SettingsError, settings_for
from derive.term.nodes import Relation, Term
from derive.term.scope import Reading, Scope


def expressions(latex: Sequence[str], given: Sequence[str] = ()) -> tuple[tuple[Term, ...], Scope, Reading]:
    """The first reading of each of some formulas, read together, and the scope that they stand in.

    Raises `derive.notation.NotationError` for a formula and `derive.front.decide.DeriveError` for a given
    that cannot be read.
    """
    texts = [undelimited(text) for text in latex]
    macros = conventional([*given, *texts])
    displays = read_givens(given, macros)
    own = [read_display(text, macros) for text in texts]
    givens = gather(displays)
    scope = types_in([*displays, *own], givens)
    pieces: list[Syntax] = []
    for said in givens.statements:
        pieces += [said.left, said.right]
    reading = elaborate([*pieces, *(statement(display) for display in own)], scope)[0]
    return reading.terms[len(pieces) :], scope_from(scope, givens.statements, reading.terms), reading


def readings_of(latex: str, given: Sequence[str] = ()) -> tuple[Reading, ...]:
    """Every plausible reading of one formula under what is given, best first. Raises as `expressions`."""
    if not given:
        return readings(latex, macros=conventional([latex]))
    (term,), _, reading = expressions((latex,), given)
    return (Reading((term,), reading.choices, reading.trail),)


def entries_of(path: str) -> tuple[Source, str, tuple[Decided, ...]]:
    """A document with its format and its entries, none decided. Raises ValueError with what went wrong."""
    try:
        source, _ = open_source(path)
        settings = settings_for(path)
    except (UnreadableFile, SettingsError) as error:
        raise ValueError(str(error)) from None
    project = Project([os.getcwd()])
    document, _ = read_with(source, settings, project)
    made = tuple(
        Decided(e.span, e.latex, Verdict(Status.UNDECIDED), e) if isinstance(e, Claim) else e
        for e in read_claims(document)
    )
    return source, document.format, made


def readings_at(path: str, line: int) -> list[tuple[str, tuple[Reading, ...]]]:
    """The relations on a line of a document, each with its readings. Raises ValueError."""
    source, format, entries = entries_of(path)
    report = FileReport(source, format, entries, ())
    found: list[tuple[str, tuple[Reading, ...]]] = []
    for entry in at(report, line):
        claim = entry.claim
        if claim is None:
            continue
        pairs = claim.readings or (Reading((claim.left, claim.right)),)
        whole = tuple(Reading((Relation(claim.relation, *r.terms),), r.choices, r.trail) for r in pairs)
        found.append((entry.latex, whole))
    return found
