"""What an author struck out is told to whoever judges it."""

import pytest

from derive.documents import read_document
from derive.model import Source


@pytest.mark.parametrize(
    ("name", "text", "struck"),
    [
        ("a.md", "~~$a = b$~~ $c = d$", [True, False]),
        ("a.md", "~~So $a = b$ and $b = c$.~~\n\n~~~\ncode\n~~~\n\n$c = d$", [True, True, False]),
        ("a.md", r"It was $\cancel{a = b}$, then $\cancel{a} = b$.", [True, False]),
        ("a.md", "About ~~ $a = b$ ~~ it", [False]),
        ("a.html", "<p><del>\\(a = b\\)</del> and \\(c = d\\)</p>", [True, False]),
        ("a.tex", r"\sout{We get $a = b$.} We get $c = d$.", [True, False]),
        ("a.tex", r"\[ \st{a = b} \]", [True]),
    ],
)
def test_struck(name: str, text: str, struck: list[bool]) -> None:
    assert [f.struck for f in read_document(Source(name, text)).formulas] == struck
