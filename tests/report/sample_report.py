"""A report made by hand, with a finding of every shape."""

from __future__ import annotations

from derive.model import (
    Claim,
    Counterexample,
    Decided,
    Diagnostic,
    FileReport,
    Fix,
    Label,
    Problem,
    Report,
    Severity,
    Source,
    Span,
    Stance,
    Status,
    Verdict,
)
from derive.reasons import Reason, Why
from derive.term.nodes import Symbol
from derive.term.scope import Scope

TEXT = "# Title\n\nWhen $y = 0$:\n\n$$\\frac{1}{2} + x = y^2$$\n\nand $\\oops$ too.\n"


def span(text: str, within: str = TEXT) -> Span:
    start = within.index(text)
    return Span(start, start + len(text))


def finding(
    message: str = "the factor 1/2 was lost", fix: str = r"\frac{1}{2}x", text: str = TEXT
) -> Diagnostic:
    return Diagnostic(
        "DRV101",
        "missing-factor",
        Severity.ERROR,
        span("x = y^2", text) if text is TEXT else Span(0, len(text)),
        message,
        labels=(Label(span("y = 0"), "this case"),) if text is TEXT else (),
        notes=("true only for x = 0",),
        counterexample=Counterexample((("x", "1"), (r"\hat{y}", "1/2")), "1.5", "0.25"),
        fix=Fix(fix, "put the factor back", span("x = y^2") if text is TEXT else Span(0, len(text))),
        claim=1,
        derivation=(r"\frac{\partial L}{\partial \theta} = -\frac{y}{\hat{y}}", r"x^{2}"),
    )


def report(*diagnostics: Diagnostic, text: str = TEXT, path: str = "notes/a b.md") -> Report:
    claim = Claim(Span(0, 1), Symbol("x"), "=", Symbol("y"), Scope(), Stance.ASSERTED)
    decided = (
        Decided(span("y = 0"), "y = 0", Verdict(Status.GIVEN)) if text is TEXT else _plain(text),
        Decided(
            span("x = y^2") if text is TEXT else Span(0, len(text)),
            "x = y^2" if text is TEXT else text,
            Verdict(
                Status.REFUTED,
                conditions=("y = 0",),
                counterexample=Counterexample((("x", "1"),), "1.5", "0.25"),
                evidence={"method": "balls", "precision": 64},
            ),
            claim,
        ),
        Decided(
            span(r"\oops"), r"\oops", Verdict(Status.UNREAD, Reason(Why.UNREAD, (r"unknown command \oops",)))
        )
        if text is TEXT
        else _plain(text),
    )
    problems = (Problem(span("Title"), "something odd"),) if text is TEXT else ()
    file = FileReport(Source(path, text), "markdown", decided, diagnostics or (finding(),), problems, 3)
    return Report((file,))


def _plain(text: str) -> Decided:
    return Decided(Span(0, len(text)), text, Verdict(Status.GIVEN))
