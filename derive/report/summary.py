"""Coverage: what became of every formula and relation of a run; what was not tried is counted so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from derive.model import Report, Status
from derive.report.standing import DECIDED, given_rule, outcome_of
from derive.report.words import one_line, plural


def counts(report: Report) -> dict[str, Any]:
    """The numbers of a run, in the order of the JSON report's summary.

    relations: entries that state one. tried: those that were put to a test whatever the text does with them.
    decided: those of which it was found out whether they are true, or well formed.
    """
    entries = [d for f in report.files for d in f.decided]
    verdicts = Counter(d.verdict.status for d in entries)
    outcomes = [outcome_of(d.verdict) for d in entries if d.claim is not None]
    undecided = Counter(
        d.verdict.reason.code.value if d.verdict.reason is not None else "unknown"
        for d in entries
        if d.verdict.status is Status.UNDECIDED
    )
    given = Counter(rule for d in entries if (rule := given_rule(d)) is not None)
    return {
        "files": len(report.files),
        "formulas": sum(f.formulas for f in report.files),
        "claims": len(entries),
        "relations": len(outcomes),
        "tried": sum(outcome is not None for outcome in outcomes),
        "decided": sum(outcome in DECIDED for outcome in outcomes),
        **{status.value: verdicts[status] for status in Status},
        "undecided_by_reason": _ranked(undecided),
        "given_by_rule": _ranked(given),
        "errors": report.errors,
        "warnings": report.warnings,
        "suppressed": sum(len(f.suppressed) for f in report.files),
        "second_reader": report.second_reader,
    }


def _ranked(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def lines(report: Report) -> list[str]:
    """The summary that every run ends with."""
    n = counts(report)
    found = ", ".join(plural(n[key], key[:-1]) for key in ("errors", "warnings"))
    found += f", {n['suppressed']} suppressed" if n["suppressed"] else ""
    verdicts = ", ".join(f"{n[status.value]} {status.value}" for status in Status)
    coverage = f"read {_share(n['claims'] - n['unread'], n['claims'])}; relations {n['relations']}: "
    coverage += f"{n['tried']} tried, {n['decided']} decided"
    for what, key in (("undecided", "undecided_by_reason"), ("given by rule", "given_by_rule")):
        if n[key]:
            coverage += f"; {what}: {_listed(n[key])}"
    return [
        ", ".join(plural(n[key], key[:-1]) for key in ("files", "formulas", "claims")) + f": {verdicts}",
        f"coverage: {coverage}",
        f"found: {found}; second reader: {'yes' if report.second_reader else 'no'}",
    ]


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{one_line(name)} {number}" for name, number in numbers.items())


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole}" + (f" ({100 * part // whole} %)" if whole else "")
