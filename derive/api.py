"""The Python interface in one place: what docs/python.md describes, and what keeps its meaning."""

from __future__ import annotations

import os
from collections.abc import Sequence

from derive.classes import dataclass
from derive.front.check import check
from derive.front.decide import DeriveError, decide
from derive.meaning.formula import read
from derive.model import Report
from derive.settings import Settings
from derive.term.nodes import Relation, Term

__all__ = ["DeriveError", "Finding", "check", "check_text", "decide", "differentiate", "findings", "read"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with its place; lines and columns count from 1, in characters.

    `severity` is `error`, `warning` or `info`; `mend` is the LaTeX that would be right there, if known.
    """

    path: str
    line: int
    column: int
    code: str
    name: str
    severity: str
    message: str
    mend: str | None = None


def check_text(
    text: str,
    path: str = "text.md",
    *,
    macros: Sequence[str | os.PathLike[str]] = (),
    claim_seconds: float | None = None,
    document_seconds: float | None = None,
    given: Settings | None = None,
) -> Report:
    """Check a document that lies in memory. Its format is told by `path`, which need not exist. No settings
    count but `given`. Never raises for what the text holds.
    """
    return check(
        path,
        macros=macros,
        claim_seconds=claim_seconds,
        document_seconds=document_seconds,
        given=given,
        alone=True,
        texts={path: text.encode("utf-8", "replace")},
    )


def findings(report: Report) -> tuple[Finding, ...]:
    """All that was found, in the order of the files and of the places in them."""
    from derive.report.findings import findings as of_file
    from derive.report.places import Places

    found: list[Finding] = []
    for file in report.files:
        places = Places.of(file.source.text, file.format)
        for d in of_file(file):
            at = places.place(d.span.start)
            mend = d.fix.latex if d.fix is not None else None
            found.append(
                Finding(
                    file.source.path, at.line, at.column, d.code, d.name, d.severity.value, d.message, mend
                )
            )
    return tuple(found)


def differentiate(latex: str, by: str, given: Sequence[str] = ()) -> Term:
    """The derivative of an expression by a symbol, both in LaTeX; by an array the gradient of a number.

    `given` are assumptions, definitions or declarations in LaTeX, as for `decide`: the derivative goes
    through definitions. Raises `derive.notation.NotationError` for what cannot be read, `DeriveError` for a
    given that cannot be read and where no rule is known.
    """
    from derive.calculus.differentiable import NotDifferentiable
    from derive.calculus.differentiate import differentiate as derivative
    from derive.calculus.resolve import resolve
    from derive.front.differentiate import NoVariable, differentiated
    from derive.term.scope import Scope

    term = read(latex)
    if isinstance(term, Relation):
        raise DeriveError(f"{latex!r} is a relation: the derivative of one of its sides is meant?")
    try:
        if given:
            return differentiated(latex, by, given).value
        return resolve(derivative(resolve(term, Scope()), read(by)), Scope())
    except NotDifferentiable as error:
        raise DeriveError(f"{latex!r} by {by!r}: no derivative is known") from error
    except NoVariable as error:
        raise DeriveError(str(error)) from error
