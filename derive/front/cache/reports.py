"""Reports on documents, by the content of the document and of everything that it reads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence

from derive.classes import replace
from derive.documents import format_of
from derive.documents.project import Surroundings
from derive.front.cache.codec import Unstorable, dumps, loads
from derive.front.cache.store import Store
from derive.installed import digest
from derive.model import FileReport, Source
from derive.settings import Settings, reading

FOLDER = ".derive_cache"


def folder_of(settings: Settings) -> str:
    """Where the documents of these settings have their cache: where they say, else beside them, else the
    user's own."""
    if settings.path is not None:
        beside = os.path.expanduser(settings.cache_folder or FOLDER)
        return os.path.normpath(os.path.join(os.path.dirname(settings.path), beside))
    return own_folder()


def own_folder() -> str:
    """The user's cache, for documents without settings."""
    base = os.environ.get("XDG_CACHE_HOME") or ""
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "derive")


class Reports:
    """The caches of one run, one a folder."""

    def __init__(self) -> None:
        self._stores: dict[str, Store] = {}

    def store(self, settings: Settings) -> Store:
        folder = folder_of(settings)
        if folder not in self._stores:
            self._stores[folder] = Store(folder)
        return self._stores[folder]

    def get(self, key: bytes, source: Source, settings: Settings) -> FileReport | None:
        """The report on the document that has this key, as if it had just been made."""
        data = self.store(settings).get("documents", key)
        if data is None:
            return None
        try:
            report = loads(data)
        except Unstorable:
            return None
        if not isinstance(report, FileReport) or not _of(report, source):
            return None
        return replace(report, source=source)

    def put(self, key: bytes, report: FileReport, settings: Settings) -> None:
        """Keep a report; one that holds what the cache has no form for is not kept."""
        try:
            data = dumps(replace(report, source=Source("", "")))
        except Unstorable:
            return
        self.store(settings).put("documents", {key: data})

    def close(self) -> None:
        for store in self._stores.values():
            store.close()


def key_of(source: Source, settings: Settings, around: Surroundings) -> bytes:
    """A digest of all that the report on a document depends on. Its name counts only where settings say
    something of files by their names."""
    rest = repr(reading(settings))
    found = hashlib.sha256(digest().encode("ascii"))
    named = ""
    if settings.path is not None and settings.assume:
        named = os.path.abspath(source.path).removeprefix(os.path.dirname(settings.path))
    parts: Sequence[object] = (format_of(source.path), named, source.text, rest, around)
    for part in parts:
        found.update(hashlib.sha256(repr(part).encode("utf-8", "surrogatepass")).digest())
    return found.digest()


def _of(report: FileReport, source: Source) -> bool:
    """Whether it can be a report on this text: places lie in it, findings speak of claims that there are."""
    spans = [entry.span for entry in report.decided]
    spans += [problem.span for problem in report.problems]
    spans += [d.span for d in report.diagnostics]
    for d in report.diagnostics:
        spans += (label.span for label in d.labels)
        spans += [d.fix.span] if d.fix is not None else []
        if d.claim is not None and not 0 <= d.claim < len(report.decided):
            return False
    return all(0 <= span.start <= span.end <= len(source.text) for span in spans)
