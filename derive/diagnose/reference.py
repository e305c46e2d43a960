"""The page of findings, made from the causes: `python -m derive.diagnose.reference > docs/findings.md`."""

from __future__ import annotations

import sys

from derive.diagnose.causes import CAUSES
from derive.form.cause import Cause, Survey
from derive.form.slips import FORM, STRUCTURE
from derive.form.solving import SOLVING
from derive.form.surveys import PAGE

_HEAD = """# Findings

Every finding has a code and a name. A refuted claim gets one finding, the first cause below that explains
it, as an error; slips of form are told whatever the verdict, as errors where the claim is refuted and as
warnings else. An equation that is given but one small edit away from an identity gets that edit's
finding as a warning ("almost an identity"). A mend is offered only where the mended claim was decided
again and is proved or holds; that of a slip of form, which needs no deciding, where it is not refuted.

This page is made from the causes in `derive/diagnose/causes/`, the slips in `derive/form/slips/`, the
steps of solving in `derive/form/solving/` and those of the whole page in `derive/form/surveys/`;
the examples are their tests.
"""


def causes() -> tuple[Cause | Survey, ...]:
    """Every cause once, by code."""
    every: tuple[Cause | Survey, ...] = (*FORM, *STRUCTURE, *PAGE, *SOLVING, *CAUSES)
    return tuple(sorted({c.code: c for c in reversed(every)}.values(), key=lambda c: c.code))


def page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD, "| code | name | |\n|---|---|---|"]
    parts[-1] += "".join(f"\n| {c.code} | [`{c.name}`](#{c.name}) | {c.summary} |" for c in causes()) + "\n"
    parts += [_section(c) for c in causes()]
    return "\n".join(parts)


def _section(cause: Cause | Survey) -> str:
    parts = [f"## {cause.name}\n", f"`{cause.code}`. {cause.summary}\n"]
    if cause.prose:
        parts.append(cause.prose + "\n")
    for title, examples in (("Wrong:", cause.invalid), ("Right:", cause.valid)):
        for text in examples:
            parts.append(f"{title}\n\n```markdown\n{text}```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
