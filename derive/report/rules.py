"""Every rule of every table, for `derive rule`: its name, what it says, the examples that are its tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derive.classes import dataclass
from derive.context.stance import BY_WORDS, NEW_NAME, NULL_GRADIENT, THROUGHOUT
from derive.context.stance.structure import STANCES
from derive.context.stance.words import WORDS
from derive.diagnose.causes import CAUSES
from derive.form.cause import Cause, Survey
from derive.form.slips import FORM, STRUCTURE
from derive.form.solving import SOLVING
from derive.form.solving.words import WORDS as SOLVING_WORDS
from derive.form.surveys import PAGE
from derive.gate.known import OWN
from derive.judge.doubts import Doubt
from derive.judge.doubts.table import DOUBTS
from derive.judge.standing import STANDING
from derive.meaning.questions import TABLES
from derive.report.words import one_line
from derive.rules import Answer, Rule


@dataclass(frozen=True, slots=True)
class Shown:
    """name: as in a trail, or of a finding, which has a code. yes, no: examples, under these headings."""

    name: str
    because: str
    code: str = ""
    prose: str = ""
    remarks: tuple[str, ...] = ()
    yes: tuple[str, tuple[str, ...]] = ("", ())
    no: tuple[str, tuple[str, ...]] = ("", ())

    def answers_to(self, word: str) -> bool:
        return word.strip().lower() in (self.name.lower(), self.code.lower() or self.name.lower())


def tables() -> Iterator[tuple[str, tuple[Shown, ...]]]:
    """Every table with its title, in the order in which a formula meets them."""
    for letter, table in TABLES.items():
        yield f"What a letter or a mark means: {letter}", tuple(map(_rule, table))
    yield "What the words of its sentence say of a relation", tuple(map(_rule, WORDS))
    told = {rule.name for rule in WORDS} | {rule.name for rule in STANCES}
    named = [_answer(a) for a in (THROUGHOUT, BY_WORDS, NEW_NAME, NULL_GRADIENT) if a.rule not in told]
    yield "What the text does with a relation: its stance", (*map(_rule, STANCES), *named)
    yield "What a refutation must survive: doubts", tuple(map(_doubt, DOUBTS))
    yield "What the document is told: from outcome and stance", tuple(map(_rule, STANDING))
    yield "What the words say of a step of solving", tuple(map(_rule, SOLVING_WORDS))
    own = [Shown(known.name, known.meaning, known.code) for known in OWN]
    every: tuple[Cause | Survey, ...] = (*FORM, *STRUCTURE, *PAGE, *SOLVING, *CAUSES)
    findings = {c.name: c for c in reversed(every)}
    shown = sorted(map(_cause, findings.values()), key=lambda s: (s.code, s.name))
    yield (
        "Findings, by code: the text itself, slips of form, causes, comments for derive",
        (*own[:1], *shown, *own[1:]),
    )


def find(word: str) -> Shown | None:
    """The rule or finding with this name or code."""
    return next((shown for _, table in tables() for shown in table if shown.answers_to(word)), None)


def names() -> list[str]:
    return [shown.name for _, table in tables() for shown in table]


def listing() -> str:
    out: list[str] = []
    for title, table in tables():
        out += [title, "", *(f"  {_name(shown)}: {one_line(shown.because)}" for shown in table), ""]
    return "\n".join(out)


def page() -> str:
    """Every table as a page of Markdown: `python -m derive.report.rules > docs/rules.md`."""
    out = [
        "# Rules",
        "",
        "Every rule that decides something, in the order in which a formula meets them; this page is made",
        "from them (`python -m derive.report.rules`). `derive rule NAME` shows one with its examples,",
        "which are its tests.",
    ]
    for title, table in tables():
        out += ["", f"## {title}", "", "| rule | says |", "|---|---|"]
        out += [f"| `{_name(shown)}` | {_cell(shown.because)} |" for shown in table]
    return "\n".join(out) + "\n"


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|").replace("<", "&lt;").replace("$", "\\$")


def render(shown: Shown) -> str:
    out = [f"{shown.code} {shown.name}".strip(), "", shown.because]
    out += ["", shown.prose] if shown.prose else []
    out += ["", *shown.remarks] if shown.remarks else []
    for title, examples in (shown.yes, shown.no):
        for text in examples:
            out += ["", f"{title}:", "", *(f"    {row}" for row in text.rstrip().split("\n"))]
    return "\n".join(out) + "\n"


def _name(shown: Shown) -> str:
    return f"{shown.name} ({shown.code})" if shown.code else shown.name


def _rule(rule: Rule[Any, Any]) -> Shown:
    remarks = ["It is sure: no other answer is plausible where it applies."] if rule.sure else []
    return Shown(
        rule.name,
        rule.because,
        remarks=tuple(remarks),
        yes=("It applies", rule.holds),
        no=("It does not apply", rule.fails),
    )


def _answer(answer: Answer[Any]) -> Shown:
    return Shown(answer.rule, answer.because)


def _doubt(doubt: Doubt) -> Shown:
    return Shown(
        doubt.name,
        doubt.because,
        yes=("No error", doubt.lifts),
        no=("The error stands", doubt.stands),
    )


def _cause(cause: Cause | Survey) -> Shown:
    return Shown(
        cause.name,
        cause.summary,
        cause.code,
        cause.prose,
        yes=("Wrong", cause.invalid),
        no=("Right", cause.valid),
    )


if __name__ == "__main__":
    print(page(), end="")
