"""Which findings are told: by code or name, by file, and by how sure they are."""

from __future__ import annotations

import os

from derive.classes import replace
from derive.gate.confidence import ORDER, confidence
from derive.gate.known import DOCUMENT, UnknownFinding, checked, names
from derive.model import Diagnostic, FileReport
from derive.settings import Settings, SettingsError
from derive.settings.patterns import matches


def validated(settings: Settings) -> Settings:
    """The settings with the names of findings as they are written. Raises `SettingsError`."""
    if not (settings.select or settings.ignore or settings.per_file_ignores):
        return settings
    return replace(
        settings,
        select=_checked(settings, "select", settings.select),
        ignore=_checked(settings, "ignore", settings.ignore),
        per_file_ignores=tuple(
            (pattern, _checked(settings, "per-file-ignores", words))
            for pattern, words in settings.per_file_ignores
        ),
    )


def _checked(settings: Settings, key: str, words: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(map(checked, words))
    except UnknownFinding as error:
        where = f"{settings.path}: {key}" if settings.path is not None else f"--{key}"
        raise SettingsError(f"{where}: {error}") from None


def selected(report: FileReport, settings: Settings) -> FileReport:
    """The report with those findings alone that are asked for; names in the settings are `validated`."""
    root = os.path.dirname(settings.path) if settings.path is not None else os.getcwd()
    ignored = [
        *settings.ignore,
        *(
            word
            for pattern, words in settings.per_file_ignores
            if matches(report.source.path, (pattern,), root)
            for word in words
        ),
    ]
    least = ORDER.index(settings.min_confidence) if settings.min_confidence in ORDER else 0

    def asked(code: str, name: str) -> bool:
        chosen = not settings.select or any(names(word, code, name) for word in settings.select)
        return chosen and not any(names(word, code, name) for word in ignored)

    def told(d: Diagnostic) -> bool:
        return asked(d.code, d.name) and ORDER.index(confidence(d, report.decided)) >= least

    return replace(
        report,
        diagnostics=tuple(filter(told, report.diagnostics)),
        problems=report.problems if asked(DOCUMENT.code, DOCUMENT.name) else (),
    )
