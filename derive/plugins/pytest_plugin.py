"""`pytest --derive docs/`: each claim of a document is a test.

A claim is `FILE::line N col M`. It fails where a finding of the severity asked for (`--derive-fail-on`) is
about it, and is skipped, with the reason, where it was not read or not decided. `FILE::document` stands for
what belongs to no one claim: a file that cannot be opened, wrong settings, an internal fault, findings about
the page.

Claims are listed by reading alone; a document is decided when the first of its tests runs. With pytest-xdist
`--dist loadfile` keeps the tests of a document in one process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from derive.documents import FORMATS, format_of
from derive.documents.files import is_document
from derive.documents.project import Project
from derive.expressions import regex
from derive.front.gathering import excluded
from derive.front.single import Single
from derive.model import Diagnostic, FileReport, Severity, Status
from derive.report.findings import findings
from derive.report.full import finding
from derive.report.places import Places
from derive.report.reasons import why
from derive.report.words import one_line
from derive.settings import Settings, SettingsError, settings_of_run

_PROJECT = pytest.StashKey[Project]()
_LEFT_OUT = pytest.StashKey[Callable[[str], bool]]()
_BY_CODE = regex(r"\bDRV\w*|\b[a-z]+(?:-[a-z]+)+\b", re.IGNORECASE)
_FAILING = {
    "error": frozenset({Severity.ERROR}),
    "warning": frozenset({Severity.ERROR, Severity.WARNING}),
}


class Found(Exception):
    """What a test fails with: the text to be shown."""


class DeriveWarning(UserWarning):
    """A finding that is advice."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("derive", "mathematics in documents")
    group.addoption(
        "--derive", action="store_true", help="check the formulas of documents, each claim a test (derive)"
    )
    group.addoption(
        "--derive-fail-on",
        choices=tuple(_FAILING),
        default="error",
        help="the severity from which a finding of derive fails its test (default: error)",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("derive"):
        config.stash[_PROJECT] = Project([str(config.invocation_params.dir)])
        config.stash[_LEFT_OUT] = excluded(_settings([arg.split("::")[0] for arg in config.args]))


def _settings(paths: list[str]) -> Settings:
    """Those of the run; where they are wrong nothing is left out, and each document says what is wrong."""
    try:
        return settings_of_run(paths)
    except SettingsError:
        return Settings()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if not parent.config.getoption("derive"):
        return None
    named = parent.session.isinitpath(file_path)
    if not named and parent.config.stash[_LEFT_OUT](str(file_path)):
        return None
    suffix = file_path.suffix.lower()
    if (suffix in FORMATS and is_document(str(file_path))) or (named and format_of(file_path.name)):
        return DeriveFile.from_parent(parent, path=file_path)
    return None


class DeriveFile(pytest.File):
    """A document; `single` has its report once that was asked for."""

    single: Single
    places: Places | None = None

    def collect(self) -> Iterator[pytest.Item]:
        self.single = Single(_shown(self.path), self.config.stash[_PROJECT])
        source, entries = self.single.entries()
        codes: dict[int | None, list[str]] = {}
        if _BY_CODE.search(self.config.option.keyword or ""):  # only then is it known before the tests run
            codes = self._codes()
        items = [DeriveItem.from_parent(self, name="document")]
        seen: dict[str, int] = {}
        if source is not None:
            self.places = Places.of(source.text, format_of(source.path) or "")
            for entry in entries:
                at = self.places.place(entry.start)
                name = f"line {at.line} col {at.column}"
                seen[name] = seen.get(name, 0) + 1
                name += f" #{seen[name]}" if seen[name] > 1 else ""
                item = DeriveItem.from_parent(self, name=name)
                item.k, item.line = entry.k, at.line
                item.extra_keyword_matches.add(entry.latex)
                items.append(item)
        for item in items:
            item.extra_keyword_matches.update(codes.get(item.k, ()))
        yield from items

    def own(self, report: FileReport) -> dict[int | None, list[Diagnostic]]:
        """The findings of the file by the claim that they are told at, None for those of the whole page."""
        found: dict[int | None, list[Diagnostic]] = {}
        listed = {k for k, e in enumerate(report.decided) if e.claim or e.verdict.status is Status.UNREAD}
        for d in findings(report):
            found.setdefault(d.claim if d.claim in listed else _around(report, d, listed), []).append(d)
        return found

    def _codes(self) -> dict[int | None, list[str]]:
        report = self.single.report()
        if report is None:
            return {}
        return {k: [w for d in ds for w in (d.code, d.name)] for k, ds in self.own(report).items()}


def _around(report: FileReport, d: Diagnostic, listed: Iterable[int]) -> int | None:
    """The first claim that a finding of no claim stands in."""
    for k in sorted(listed):
        span = report.decided[k].span
        if span.start <= d.span.start and d.span.end <= span.end:
            return k
    return None


def _shown(path: Path) -> str:
    """The path as the command would be given it: relative where the file lies below this folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.pardir) else relative


def _skipped(reason: str) -> BaseException:
    """Skipped at the place of the claim, not at a line of this module."""
    return pytest.skip.Exception(reason, _use_item_location=True)


class DeriveItem(pytest.Item):
    """One claim, or the document as a whole (`k` is None)."""

    parent: DeriveFile
    k: int | None = None
    line: int = 1

    def runtest(self) -> None:
        report = self.parent.single.report()
        if self.k is None and self.parent.single.faults:
            raise Found("\n".join(one_line(fault) for fault in self.parent.single.faults))
        if report is None:
            raise _skipped("the document could not be checked")
        told = self.parent.own(report).get(self.k, [])
        places = self.parent.places or Places.of(report.source.text, report.format)
        failing = _FAILING[self.config.getoption("derive_fail_on")]
        if any(d.severity in failing for d in told):
            raise Found("\n\n".join("\n".join(finding(d, report, places)) for d in told))
        for d in told:
            if d.severity is Severity.WARNING:
                self.warn(DeriveWarning("\n".join(finding(d, report, places))))
        self._left_open(report)

    def _left_open(self, report: FileReport) -> None:
        """No formula is passed over in silence: what was not decided is a skipped test."""
        if self.k is None:
            if not report.formulas:
                raise _skipped("no formulas were found in it")
            return
        verdict = report.decided[self.k].verdict
        if verdict.status in (Status.UNREAD, Status.UNDECIDED):
            raise _skipped(f"{verdict.status.value}: {one_line(why(verdict) or 'no reason given')}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, Found):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line - 1, f"{self.parent.name}: {self.name}"
