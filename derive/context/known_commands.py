"""A document with all that is known of its commands: what declares them in it, around it and in settings, and
what is left to convention."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from derive.documents import last_of_each, read_document
from derive.documents.project import Project, Surroundings
from derive.documents.settings import Settings
from derive.model import Decided, Document, Macro, Source, Status, Verdict
from derive.notation.conventions import conventional
from derive.notation.lexer import is_known

_UNKNOWN = re.compile(r"unknown command \\([A-Za-z]+)\Z")
_FILES = 4  # that a message names


@dataclass(frozen=True, slots=True)
class Known:
    """Where a document's commands were looked for, and what the report should say of them."""

    files: tuple[str, ...] = ()
    disputed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_with(source: Source, settings: Settings, project: Project | None = None) -> tuple[Document, Known]:
    """The document of a source. Of its macros the strongest are its own, then those of files that it names,
    then the settings', then those declared around it; conventions are for what nobody declares."""
    around = project.around(source) if project is not None else Surroundings()
    document = read_document(source, (*around.inherited, *settings.macros, *around.referenced))
    declared = {macro.name for macro in document.macros}
    # what nothing refers to may only say what nobody knows
    loose = [m for m in around.loose if m.name not in declared and not is_known(f"\\{m.name}")]
    macros = last_of_each([*loose, *document.macros])
    assumed: tuple[Macro, ...] = ()
    if settings.conventions:
        formulas = [formula.latex for formula in document.formulas]
        assumed = conventional(formulas, macros, around.disputed.keys())
    known = Known(around.files, around.disputed, _noted(assumed))
    return replace(document, macros=(*assumed, *macros)), known


def _noted(assumed: Sequence[Macro]) -> tuple[str, ...]:
    if not assumed:
        return ()
    meanings = ", ".join(f"\\{macro.name} as {macro.body.strip()}" for macro in assumed)
    return (f"read by convention, declared nowhere: {meanings}",)


def advised(entry: Decided, known: Known) -> Decided:
    """A formula that an unknown command kept from being read, with where the command was looked for."""
    reason = entry.verdict.reason or ""
    unknown = _UNKNOWN.search(reason)
    if entry.verdict.status is not Status.UNREAD or unknown is None:
        return entry
    name = unknown[1]
    if name in known.disputed:
        where = f"declared differently in {_listed(known.disputed[name], 'and')}"
    elif known.files:
        where = f"not declared in this file nor in {_listed(known.files, 'or')}"
    else:
        where = "not declared in this file"
    said = f"{reason}: {where}; declare it in derive.toml (macros) or with --macros FILE"
    verdict: Verdict = replace(entry.verdict, reason=said)
    return replace(entry, verdict=verdict)


def _listed(files: tuple[str, ...], word: str) -> str:
    if len(files) > _FILES:
        return ", ".join(files[:_FILES]) + f" {word} {len(files) - _FILES} more files"
    return f" {word} ".join(filter(None, [", ".join(files[:-1]), files[-1]]))
