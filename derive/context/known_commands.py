"""A document with all that is known of its commands: what declares them in it, around it and in settings, and
what is left to convention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derive.classes import dataclass, field, replace
from derive.documents import bounded, last_of_each, read_document
from derive.documents.project import Project, Surroundings
from derive.expressions import regex
from derive.model import Block, Decided, Document, Formula, Macro, Prose, Source, Status, Verdict
from derive.notation.conventions import conventional
from derive.notation.lexer import is_known
from derive.notation.undeclared import undeclared
from derive.reasons import Reason, Why
from derive.settings import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """Where a document's commands were looked for, and what the report should say of them."""

    files: tuple[str, ...] = ()
    disputed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


MOST, _A_DOCUMENT = 10_000, 30
"""Formulas that are read of a document which may cost so many seconds."""


def read_with(
    source: Source, settings: Settings, project: Project | Surroundings | None = None
) -> tuple[Document, Known]:
    """The document of a source in its project, or among what was found around it before.

    Of its macros the strongest are its own, then those of files that it names, then the settings', then those
    declared around it; conventions are for what nobody declares.
    """
    around = project.around(source) if isinstance(project, Project) else project or Surroundings()
    included = around.included if project is not None else None
    document = read_document(source, (*around.inherited, *settings.macros, *around.referenced), included)
    allowed = max(1.0, (settings.document_seconds or 0) / _A_DOCUMENT) * MOST
    document = replace(bounded(document, int(allowed)), given=settings.assumed_of(source.path))
    declared = {macro.name for macro in document.macros}
    # what nothing refers to may only say what nobody knows
    loose = [m for m in around.loose if m.name not in declared and not is_known(f"\\{m.name}")]
    macros = last_of_each([*loose, *document.macros])
    assumed: tuple[Macro, ...] = ()
    nameless: tuple[Macro, ...] = ()
    if settings.conventions:
        formulas = [*document.given, *(formula.latex for formula in document.formulas)]
        assumed = conventional(formulas, macros, around.disputed.keys())
        nameless = undeclared(formulas, (*assumed, *macros), around.disputed.keys())
    known = Known(around.files, around.disputed, (*_noted(assumed), *_told(nameless)))
    every = (*nameless, *assumed, *macros)
    return replace(document, macros=every, blocks=_with_macros(document.blocks, every)), known


_COMMAND = regex(r"\\([A-Za-z@]+|[^A-Za-z])")


def _with_macros(blocks: Sequence[Block], macros: Sequence[Macro]) -> tuple[Block, ...]:
    """The blocks, each formula with the macros that it calls."""
    table = {macro.name: macro for macro in macros}
    if not table:
        return tuple(blocks)

    def knowing(part: Prose | Formula) -> Prose | Formula:
        if isinstance(part, Prose) or not (called := _called(part.latex, table)):
            return part
        return replace(part, macros=called)

    return tuple(replace(block, parts=tuple(map(knowing, block.parts))) for block in blocks)


def _called(latex: str, table: Mapping[str, Macro]) -> tuple[Macro, ...]:
    """The macros that a formula calls, and those that these call."""
    found: dict[str, Macro] = {}
    open_texts = [latex]
    while open_texts:
        for name in _COMMAND.findall(open_texts.pop()):
            if name in table and name not in found:
                found[name] = table[name]
                open_texts += [table[name].body, table[name].default or ""]
    return tuple(found.values())


def _noted(assumed: Sequence[Macro]) -> tuple[str, ...]:
    if not assumed:
        return ()
    meanings = ", ".join(f"\\{macro.name} as {macro.body.strip()}" for macro in assumed)
    return (f"read by convention, declared nowhere: {meanings}",)


def _told(nameless: Sequence[Macro]) -> tuple[str, ...]:
    if not nameless:
        return ()
    names = ", ".join(f"\\{macro.name}" for macro in nameless)
    return (
        f"declared nowhere, read as names of which nothing is known: {names}; "
        "declare them in derive.toml (macros) or with --macros FILE",
    )


def advised(entry: Decided, known: Known) -> Decided:
    """A formula that an unknown command kept from being read, with where the command was looked for."""
    unknown = entry.verdict.reason
    if (
        entry.verdict.status is not Status.UNREAD
        or unknown is None
        or unknown.code is not Why.UNKNOWN_COMMAND
    ):
        return entry
    (name,) = unknown.args
    if name in known.disputed:
        reason = Reason(Why.DISPUTED_COMMAND, known.disputed[name], unknown)
    else:
        reason = Reason(Why.UNDECLARED_COMMAND, known.files, unknown)
    verdict: Verdict = replace(entry.verdict, reason=reason)
    return replace(entry, verdict=verdict)
