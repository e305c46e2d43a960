"""One document, read at once and decided when asked: for hosts that list claims before they run them."""

from __future__ import annotations

import os

from derive.classes import dataclass
from derive.documents.files import UnreadableFile, open_source
from derive.documents.project import Project
from derive.front.document import check_file, read_entries
from derive.gate.selection import selected, validated
from derive.model import Claim, Decided, FileReport, Source
from derive.settings import Settings, SettingsError, settings_for


@dataclass(frozen=True, slots=True)
class Entry:
    """A formula that states a relation, or that was not read: the k-th of the file's `decided`."""

    k: int
    start: int
    latex: str


class Single:
    """A document on disk. `faults` are of the file as a whole: it cannot be opened, its settings are wrong,
    an internal fault; they grow when it is decided."""

    def __init__(self, path: str, project: Project | None = None) -> None:
        self.path = path
        self.project = project or Project([os.getcwd()])
        self.faults: list[str] = []
        self._settings = Settings()
        try:
            self._settings = validated(settings_for(path))
        except SettingsError as error:
            self.faults += error.faults
        self._report: FileReport | None = None
        self._decided = False

    def entries(self) -> tuple[Source | None, tuple[Entry, ...]]:
        """The text and its entries in source order, nothing decided. What goes wrong is in `faults`."""
        try:
            source, _ = open_source(self.path)
        except UnreadableFile as error:
            self.faults.append(str(error))
            self._decided = True
            return None, ()
        try:
            found = read_entries(source, self._settings, self.project)
        except Exception as error:  # the boundary of a file
            self.faults.append(f"{self.path}: internal fault: {type(error).__name__}: {error}")
            self._decided = True
            return source, ()
        return source, tuple(
            Entry(k, entry.span.start, entry.latex) for k, entry in enumerate(found) if _tells(entry)
        )

    def report(self) -> FileReport | None:
        """The report on the file, made once; None where `faults` say why there is none."""
        if not self._decided:
            self._decided = True
            try:
                report, faults = check_file(self.path, self._settings, self.project)
                self._report = selected(report, self._settings) if report is not None else None
                self.faults += faults
            except Exception as error:  # the boundary of a file
                self.faults.append(f"{self.path}: internal fault: {type(error).__name__}: {error}")
        return self._report


def _tells(entry: Claim | Decided) -> bool:
    from derive.model import Status

    return isinstance(entry, Claim) or entry.claim is not None or entry.verdict.status is Status.UNREAD
