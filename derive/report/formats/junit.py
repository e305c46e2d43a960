"""JUnit's XML: each document a suite, each relation that was tried a case.

A claim with an error fails; one that was left open, or a formula that was not read, is skipped with its
reason; warnings and notes stand in the output of their case. What is given is counted among the suite's
properties. Elements and attributes are those that Jenkins, GitLab and the other readers have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from derive.model import Decided, Diagnostic, FileReport, Report, Severity, Status
from derive.report.findings import findings
from derive.report.formats.sentences import sentences
from derive.report.places import Places
from derive.report.reasons import why
from derive.report.standing import outcome_of
from derive.report.summary import counts

_SKIPPED = (Status.UNDECIDED, Status.UNREAD)


def render(report: Report) -> str:
    root = Element("testsuites", name="derive")
    for file in report.files:
        root.append(_suite(file))
    if report.problems:
        root.append(_problems(report.problems))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    indent(root, " ")
    # characters beyond ASCII as references: they pass through any stream
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "us-ascii").decode()}\n'


def _suite(file: FileReport) -> Element:
    places = Places.of(file.source.text, file.format)
    suite = Element("testsuite", name=_text(file.source.path))
    numbers = counts(Report((file,)))
    properties = SubElement(suite, "properties")
    for key in ("formulas", "relations", "tried", "decided", *(status.value for status in Status)):
        SubElement(properties, "property", name=key, value=str(numbers[key]))
    told = list(findings(file))
    for k, entry in enumerate(file.decided):
        own = [d for d in told if d.claim == k]
        if own or outcome_of(entry.verdict) is not None or entry.verdict.status in _SKIPPED:
            suite.append(_case(entry, own, file, places))
    suite.extend(_loose(d, file, places) for d in told if d.claim is None)
    if file.notes:
        SubElement(suite, "system-out").text = _text("\n".join(file.notes))
    return _counted(suite)


def _case(entry: Decided, own: Sequence[Diagnostic], file: FileReport, places: Places) -> Element:
    at = places.place(entry.span.start)
    case = Element(
        "testcase", classname=_text(file.source.path), name=_text(f"line {at.line}: {entry.latex}")
    )
    errors = [d for d in own if d.severity is Severity.ERROR]
    for d in errors[:1]:
        failure = SubElement(case, "failure", type=_text(f"{d.code} {d.name}"), message=_text(d.message))
        failure.text = _text("\n".join(_told(d, file, places) for d in errors))
    if not errors and entry.verdict.status in _SKIPPED:
        SubElement(
            case,
            "skipped",
            message=_text(f"{entry.verdict.status.value}: {why(entry.verdict) or 'no reason given'}"),
        )
    _beside(case, [d for d in own if d.severity is not Severity.ERROR], file, places)
    return case


def _loose(d: Diagnostic, file: FileReport, places: Places) -> Element:
    """A finding that is about no claim: a case of its own."""
    at = places.place(d.span.start)
    case = Element(
        "testcase", classname=_text(file.source.path), name=_text(f"line {at.line}: {d.code} {d.name}")
    )
    if d.severity is Severity.ERROR:
        failure = SubElement(case, "failure", type=_text(f"{d.code} {d.name}"), message=_text(d.message))
        failure.text = _text(_told(d, file, places))
    else:
        _beside(case, [d], file, places)
    return case


def _beside(case: Element, found: Sequence[Diagnostic], file: FileReport, places: Places) -> None:
    if found:
        SubElement(case, "system-out").text = _text("\n".join(_told(d, file, places) for d in found))


def _told(d: Diagnostic, file: FileReport, places: Places) -> str:
    at = places.place(d.span.start)
    path = " ".join(_text(file.source.path).split("\n"))
    head, *rest = sentences(d)
    first = f"{path}:{at.line}:{at.column}{at.in_cell}: {d.severity.value} {d.code} {d.name}: {head}"
    return "\n".join([first, *(f"  {row}" for row in rest)])


def _problems(problems: Sequence[str]) -> Element:
    suite = Element("testsuite", name="derive")
    for problem in problems:
        case = SubElement(suite, "testcase", classname="derive", name=_text(problem))
        SubElement(case, "error", type="problem", message=_text(problem))
    return _counted(suite)


def _counted(suite: Element) -> Element:
    """With the numbers that readers want, in front of the elements."""
    for key, path in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error"),
                      ("skipped", "testcase/skipped")):  # fmt: skip
        suite.set(key, str(len(suite.findall(path))))
    return suite


def _text(text: str) -> str:
    """Without the characters that XML 1.0 has not; they are told as U+FFFD."""
    return "".join(
        c
        if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
        else "\ufffd"
        for c in text.replace("\r\n", "\n").replace("\r", "\n")
    )
