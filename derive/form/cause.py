"""What a cause is: a function that says whether it explains a claim, with its prose and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.classes import dataclass
from derive.form.page import Page
from derive.mend.case import Case
from derive.mend.edits import Edit
from derive.model import Diagnostic
from derive.term.nodes import Term


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of findings. Its documentation and its tests are made from this.

    `summary` is one sentence, `prose` the rest. `invalid` are documents (Markdown) that get the finding,
    `valid` ones that look like it and are right. `when` tells which claims the cause looks at:
    `refuted` ones, `any` (a slip of form, told whatever the verdict), `formula` (the same, of a formula that
    was not read further too), or `structure` (told where no edit mends the claim).
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


@dataclass(frozen=True, slots=True)
class Survey:
    """A slip of form that is seen in the whole page at once: formulas beside one another, not claims.

    The same as a cause but for `look`, which gives every finding of its kind on the page.
    """

    code: str
    name: str
    summary: str
    prose: str
    look: Callable[[Page], Iterator[Diagnostic]]
    invalid: tuple[str, ...]
    valid: tuple[str, ...]


def survey(
    code: str,
    name: str,
    look: Callable[[Page], Iterator[Diagnostic]],
    *,
    doc: str,
    invalid: tuple[str, ...],
    valid: tuple[str, ...],
) -> Survey:
    """A survey whose summary and prose are its module's docstring."""
    summary, _, prose = doc.strip().partition("\n\n")
    return Survey(code, name, " ".join(summary.split()), prose.strip(), look, invalid, valid)


@dataclass(frozen=True, slots=True)
class Told:
    """A mend in the words of its document: the author's text where there is one, else the printed term."""

    edit: Edit
    old: str
    new: str
    piece: str


def mended(case: Case, code: str, name: str, message: Callable[[Told], str]) -> Diagnostic | None:
    """The finding for the smallest edit that mends the claim, when it is of this kind."""
    mend = case.mend
    if mend is None or mend.kind != name or mend.edit is None:
        return None
    edit, fix = mend.edit, mend.fix
    where = case.locate(edit.old)
    old = _source(case, edit.old)
    told = Told(
        edit,
        old or edit.old.to_latex(),
        fix.latex if fix is not None and fix.span == where else edit.new.to_latex(),
        _source(case, edit.piece) or (edit.piece or edit.old).to_latex(),
    )
    if name == "sign" and edit.piece is not None:
        where = case.locate(edit.piece) or where
    return case.finding(code, name, message(told), span=where if old else None, fix=fix)


def _source(case: Case, term: Term | None) -> str:
    """The author's text for a term of the claim, on one line; empty where there is none."""
    where = case.locate(term) if term is not None else None
    return " ".join(case.document.source.text[where.start : where.end].split()) if where is not None else ""
