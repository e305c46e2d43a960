"""The report to look at: one page that needs nothing else, no script, no network.

Text from a document reaches the page escaped, as text or as MathML of known elements. The page carries a
policy that lets nothing in but its own style, by hash: even what slipped through could not run.
"""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path

from derive.model import FileReport, Report, Severity, Status
from derive.report import summary
from derive.report.findings import findings
from derive.report.formulas.mathml import escaped, installed
from derive.report.html import cards, picture
from derive.report.places import Places
from derive.report.words import one_line, plural
from derive.version import VERSION

_SHOWN_FIRST = frozenset(Status) - {Status.GIVEN}
_UNINSTALLED = "Formulas are shown as LaTeX: to see them drawn, install derive-check[html]."


def style() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="ascii")


def render(report: Report) -> str:
    """The page; ASCII, so that it passes through any stream."""
    css = style()
    mark = base64.b64encode(sha256(css.encode("ascii")).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{mark}'; base-uri 'none'; form-action 'none'"
    told = f"{plural(report.errors, 'error')}, {plural(report.warnings, 'warning')}"
    rows = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="generator" content="derive {VERSION}">',
        f"<title>derive: {told}</title>",
        f"<style>{css}</style>",
        "</head>",
        "<body>",
        *_head(report, told),
        "<main>",
    ]
    for number, file in enumerate(report.files, 1):
        rows += _file(file, number)
    rows += ["</main>", "</body>", "</html>"]
    return "\n".join(rows).encode("ascii", "xmlcharrefreplace").decode("ascii") + "\n"


def _head(report: Report, told: str) -> list[str]:
    n = summary.counts(report)
    rows = ["<header>", f"<h1>derive: {told}</h1>"]
    rows += [f"<p>{escaped(line)}</p>" for line in summary.lines(report)]
    notes = [*report.problems, *report.notes, *([] if installed() else [_UNINSTALLED])]
    rows += [f'<p class="note">{escaped(one_line(note))}</p>' for note in notes]
    if len(report.files) > 1:
        rows += ["<nav><ul>", *(_entry(file, k) for k, file in enumerate(report.files, 1)), "</ul></nav>"]
    rows += ["</header>", '<fieldset class="filters"><legend>Show</legend>']
    number = sum(len(findings(file)) for file in report.files)
    rows.append(_box("finding", "findings", number, True))
    for status in (Status.REFUTED, Status.ILL_FORMED, Status.UNDECIDED, Status.UNREAD, Status.HOLDS,
                   Status.PROVED, Status.GIVEN):  # fmt: skip
        rows.append(_box(status.value, status.value, n[status.value], status in _SHOWN_FIRST))
    return [*rows, "</fieldset>"]


def _box(key: str, name: str, number: int, checked: bool) -> str:
    box = f'<input type="checkbox" id="show-{key}"{" checked" if checked else ""}>'
    return f"<label>{box} {name} <b>{number}</b></label>"


def _entry(file: FileReport, number: int) -> str:
    found = findings(file)
    errors = sum(d.severity is Severity.ERROR for d in found)
    warnings = sum(d.severity is Severity.WARNING for d in found)
    told = f"{plural(errors, 'error')}, {plural(warnings, 'warning')}"
    return f'<li><a href="#f{number}">{escaped(one_line(file.source.path))}</a> {told}</li>'


def _file(file: FileReport, number: int) -> list[str]:
    places = Places.of(file.source.text, file.format)
    return [
        f'<section class="file" id="f{number}" data-path="{escaped(file.source.path)}">',
        f"<h2>{escaped(one_line(file.source.path))}</h2>",
        f"<p>{plural(file.formulas, 'formula')}, {plural(len(file.decided), 'claim')}</p>",
        *(f'<p class="note">{escaped(one_line(note))}</p>' for note in file.notes),
        *picture.draw(file, places, number),
        *cards.cards(file, places, number),
        *_suppressed(file, places),
        "</section>",
    ]


def _suppressed(file: FileReport, places: Places) -> list[str]:
    """What a comment or a baseline silenced: not told as a finding, not hidden either."""
    if not file.suppressed:
        return []
    rows = [f"<details><summary>{plural(len(file.suppressed), 'finding')} suppressed</summary><ul>"]
    for silent in file.suppressed:
        d = silent.diagnostic
        why = f" ({silent.reason})" if silent.reason else ""
        told = f"{d.code} {d.name}: {d.message}; suppressed by a {silent.by}{why}"
        rows.append(f"<li>line {places.place(d.span.start).line}: {escaped(one_line(told))}</li>")
    return [*rows, "</ul></details>"]
