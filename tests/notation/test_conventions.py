"""Commands that nothing declares, read by convention."""

from __future__ import annotations

import pytest

from derive.model import Macro
from derive.notation import NotationError, read
from derive.notation.conventions import conventional
from derive.notation.entries import Convention
from derive.notation.lexer import is_known
from derive.notation.tables.conventions import CONVENTIONS
from tests.notation.show import row


def meant(*formulas: str, macros: tuple[Macro, ...] = (), refused: tuple[str, ...] = ()) -> dict[str, str]:
    return {macro.name: macro.body for macro in conventional(formulas, macros, refused)}


@pytest.mark.parametrize("entry", CONVENTIONS, ids=lambda e: f"{e.command}{e.arity}")
def test_every_example_is_read(entry: Convention) -> None:
    macros = conventional([entry.example])
    option = ("",) if entry.option else ()
    assert Macro(entry.command, entry.body, entry.arity + len(option), *option) in macros
    assert read(entry.example, macros).rows


@pytest.mark.parametrize("command", sorted({entry.command for entry in CONVENTIONS}))
def test_no_convention_hides_a_command_of_latex_or_a_package(command: str) -> None:
    assert not is_known(f"\\{command}")


@pytest.mark.parametrize(
    ("formula", "same"),
    [
        (r"\E[X] = \E_{x \sim p}\left[x\right]", r"\mathbb{E}[X] = \mathbb{E}_{x \sim p}\left[x\right]"),
        (r"\E{X} = 0", r"\mathbb{E}\left[X\right] = 0"),
        (r"\bx^\T \bA \bx", r"\mathbf{x}^\top \mathbf{A} \mathbf{x}"),
        (r"\bM {\bf R} = \bx", r"\mathbf{M} {\bf R} = \mathbf{x}"),
        (r"\pd{f}{x} + \half x", r"\frac{\partial f}{\partial x} + \frac12 x"),
        (r"\KL{p}{q} = \Cov{X}{Y}", r"\operatorname{KL}(p \| q) = \operatorname{Cov}(X, Y)"),
        (r"\int_0^1 f(x) \dx", r"\int_0^1 f(x) \,dx"),
        (r"P(A \given B) = p(x \giv y)", r"P(A \mid B) = p(x \mid y)"),
        (r"\Xbar \in \R^n", r"\bar X \in \mathbb{R}^n"),
        (r"f: \R{} \to \C", r"f: \mathbb{R} \to \mathbb{C}"),
        (r"\inner{x}{y} = \inner{y}{x}", r"\langle x, y\rangle = \langle y, x\rangle"),
        (r"\set{x, y} \cup \set{z = 1}", r"\{x, y\} \cup \{z = 1\}"),
    ],
)
def test_what_they_mean(formula: str, same: str) -> None:
    found = [row(r) for r in read(formula, conventional([formula])).rows]
    assert found == [row(r) for r in read(same).rows]


@pytest.mark.parametrize(
    "formula",
    [
        r"\ind", r"\that", r"\xhat", r"\V{X}", r"\Exp{x}", r"\iid", r"\bR", r"\F", r"\dist",
        r"\by",  # "by" as well as a vector, unless other vectors stand beside it
        r"\bQ + \by", r"\mA", r"5\mA + \mW",
        r"\E = mc^2", r"\E^x", r"\E X", r"\N(0, 1)", r"\N\left(0, 1\right)", r"20\,\C",
        r"\R{3}", r"\half{x}", r"\given{x}", r"\pd f", r"\pd{f}", r"\pd{f}{x}{y}",
        r"\T x", r"x \tp y", r"\dx / 2", r"\inner{x}", r"\set{R}", r"\indicator{A}", r"\KL{p}{q}{r}",
    ],
)  # fmt: skip
def test_what_stays_unknown(formula: str) -> None:
    with pytest.raises(NotationError, match="unknown command"):
        read(formula, conventional([formula]))


def test_one_use_in_another_form_tells_of_another_meaning() -> None:
    assert meant(r"\E[X]", r"\E[Y \given X]") == {"E": r"\mathbb{E}", "given": r"\mid"}
    assert meant(r"\E[X]", r"\E[Y]{X}") == {}
    assert meant(r"n \in \N", r"X \sim \N(0, 1)") == {}


def test_declarations_and_quarrels_come_first() -> None:
    assert meant(r"\bx + \R", macros=(Macro("R", "r"),)) == {"bx": r"\mathbf{x}"}
    assert meant(r"\bx + \R", refused=("bx",)) == {"R": r"\mathbb{R}"}


def test_commands_in_the_bodies_of_macros_that_are_used() -> None:
    macros = (Macro("data", r"\cD_{\bx}"), Macro("never", r"\R"))
    assert set(meant(r"\data", macros=macros)) == {"cD", "bx"}


def test_a_row_break_is_no_command() -> None:
    assert meant(r"a \\R b") == {}
