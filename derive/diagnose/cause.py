"""What a cause is: a function that says whether it explains a claim, with its prose and examples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.diagnose.case import Case
from derive.diagnose.edits import Edit
from derive.model import Diagnostic


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of findings. Its documentation and its tests are made from this.

    `summary` is one sentence, `prose` the rest. `invalid` are documents (Markdown) that get the finding,
    `valid` ones that look like it and are right. `when` tells which claims the cause looks at:
    `refuted` ones, or `any` (a slip of form, told whatever the verdict).
    """

    code: str
    name: str
    summary: str
    prose: str
    check: Callable[[Case], Diagnostic | None]
    invalid: tuple[str, ...] = ()
    valid: tuple[str, ...] = ()
    when: str = "refuted"


def cause(
    code: str,
    name: str,
    check: Callable[[Case], Diagnostic | None],
    *,
    doc: str,
    invalid: tuple[str, ...],
    valid: tuple[str, ...] = (),
    when: str = "refuted",
) -> Cause:
    """A cause whose summary and prose are its module's docstring."""
    summary, _, prose = doc.strip().partition("\n\n")
    return Cause(code, name, " ".join(summary.split()), prose.strip(), check, invalid, valid, when)


def mended(case: Case, code: str, name: str, message: Callable[[Edit], str]) -> Diagnostic | None:
    """The finding for the smallest edit that mends the claim, when it is of this kind."""
    mend = case.mend
    if mend is None or mend.kind != name or mend.edit is None:
        return None
    where = case.locate(mend.edit.old)
    inside = where is not None and case.document.source.text[where.start : where.end].strip() != ""
    return case.finding(code, name, message(mend.edit), span=where if inside else None, fix=mend.fix)
