"""Coverage: what became of every formula and claim of a run."""

from __future__ import annotations

from collections import Counter

from derive.model import Report, Status


def counts(report: Report) -> dict[str, int]:
    """The numbers of a run, in the order of the JSON report's summary."""
    verdicts = Counter(d.verdict.status for f in report.files for d in f.decided)
    return {
        "files": len(report.files),
        "formulas": sum(f.formulas for f in report.files),
        "claims": sum(len(f.decided) for f in report.files),
        **{status.value: verdicts[status] for status in Status},
        "errors": report.errors,
        "warnings": report.warnings,
    }


def plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def lines(report: Report) -> list[str]:
    """The summary that every run ends with."""
    n = counts(report)
    found = ", ".join(plural(n[key], key[:-1]) for key in ("errors", "warnings"))
    verdicts = ", ".join(f"{n[status.value]} {status.value}" for status in Status)
    read = n["claims"] - n["unread"]
    checked = n["proved"] + n["holds"] + n["refuted"] + n["ill-formed"] + n["undecided"]
    decided = checked - n["undecided"]
    coverage = (
        f"read {_share(read, n['claims'])}; decided {_share(decided, checked)} of what states something"
    )
    return [
        ", ".join(plural(n[key], key[:-1]) for key in ("files", "formulas", "claims")) + f": {verdicts}",
        f"coverage: {coverage}",
        f"found: {found}",
    ]


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole}" + (f" ({100 * part // whole} %)" if whole else "")
