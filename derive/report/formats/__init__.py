"""The table of formats: what a report may be written as.

A writer turns a report into text. It is imported when it is asked for, so that the command starts fast.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.classes import dataclass
from derive.report.formats.options import Options

if TYPE_CHECKING:
    from derive.model import Report

__all__ = ["FORMATS", "Format", "Options", "render"]


@dataclass(frozen=True, slots=True)
class Format:
    """summary: for `--help`. lists: whether `Options.listed` is heard. notes: whether what the run has to say
    of itself (a folder without documents) stands in the text; where not, the command tells it. terms: whether
    it shows how each verdict came about, for which claims must have their terms and scopes."""

    name: str
    summary: str
    write: Callable[[Report, Options], str]
    lists: bool = False
    notes: bool = True
    terms: bool = False


def _full(report: Report, options: Options) -> str:
    from derive.report import full

    return full.render(report, options.colour, options.listed)


def _concise(report: Report, options: Options) -> str:
    from derive.report import concise

    return concise.render(report, options.listed)


def _json(report: Report, options: Options) -> str:
    from derive.report import json

    return json.render(report, options.trail)


def _jsonl(report: Report, options: Options) -> str:
    from derive.report.formats import jsonl

    return jsonl.render(report)


def _sarif(report: Report, options: Options) -> str:
    from derive.report.formats import sarif

    return sarif.render(report, options.root)


def _github(report: Report, options: Options) -> str:
    from derive.report.formats import github

    return github.render(report, options.root)


def _gitlab(report: Report, options: Options) -> str:
    from derive.report.formats import gitlab

    return gitlab.render(report, options.root)


def _junit(report: Report, options: Options) -> str:
    from derive.report.formats import junit

    return junit.render(report)


def _rdjson(report: Report, options: Options) -> str:
    from derive.report.formats import rdjson

    return rdjson.render(report, options.root)


def _latex(report: Report, options: Options) -> str:
    from derive.report import latex

    return latex.render(report)


def _html(report: Report, options: Options) -> str:
    from derive.report import html

    return html.render(report)


_ALL = (
    Format("full", "findings as compilers show them", _full, lists=True),
    Format("concise", "one line a finding", _concise, lists=True),
    Format("json", "everything, by a schema", _json, notes=False),
    Format("jsonl", "one finding a line, as JSON", _jsonl),
    Format("sarif", "SARIF 2.1.0, for code scanning", _sarif),
    Format("github", "annotations of a GitHub workflow", _github),
    Format("gitlab", "GitLab's code quality report", _gitlab, notes=False),
    Format("junit", "JUnit's XML: a document a suite, a claim a case", _junit, notes=False),
    Format("rdjson", "reviewdog's diagnostics, with suggestions", _rdjson, notes=False),
    Format("latex", "an errata report for pdflatex", _latex, notes=False),
    Format("html", "one page to look at, offline", _html, terms=True),
)
FORMATS = {format.name: format for format in _ALL}
"""By name, in the order in which they are told."""


def render(name: str, report: Report, options: Options | None = None) -> str:
    """The report in a format of the table. Raises `KeyError` for a name that is not in it."""
    return FORMATS[name].write(report, options or Options())
