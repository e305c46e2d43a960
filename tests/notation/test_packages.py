"""Commands of packages that are short for other notation."""

from __future__ import annotations

import pytest

from derive.model import Macro
from derive.notation import NotationError, read
from derive.notation.tables import SIGNS
from derive.notation.tables.packages import SHORT, Short
from tests.notation.show import row


@pytest.mark.parametrize("short", SHORT, ids=lambda s: s.macro.name)
def test_they_are_read_as_what_they_stand_for(short: Short) -> None:
    assert f"\\{short.macro.name}" not in SIGNS
    assert [row(r) for r in read(short.example).rows] == [row(r) for r in read(short.same).rows]


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"v = \qty{5}{\metre}", r"v = 5\,\si{\metre}"),
        (r"\qty(x + 1)", "(x + 1)"),
        (r"\vb*{x}", r"\mathbf{x}"),
        (r"\eval*{f}_{x = 0}", r"\left. f \right|_{x = 0}"),
    ],
)
def test_other_forms(latex: str, same: str) -> None:
    assert [row(r) for r in read(latex).rows] == [row(r) for r in read(same).rows]


@pytest.mark.parametrize(
    "latex", [r"\mqty(a & b)", r"\eval(x|_0^1", r"\expval{A}{\psi}", r"\norm[0, 1]", r"\abs[0]", r"\fdv F g"]
)
def test_forms_that_are_not_known_are_refused(latex: str) -> None:
    with pytest.raises(NotationError):
        read(latex)


def test_a_document_s_own_command_comes_first() -> None:
    (found,) = read(r"\cross", [Macro("cross", r"\dagger")]).rows
    (same,) = read(r"\dagger").rows
    assert row(found) == row(same)
