"""The reader of formulas, by examples."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from derive.notation import NotationError, read
from derive.notation.syntax import Chain
from notation.show import row


def test_a_chain_keeps_every_link() -> None:
    (row,) = read(r"a = b = c").rows
    (chain,) = row.parts
    assert isinstance(chain, Chain)
    assert [link.relation for link in chain.links] == ["=", "="]


@pytest.mark.parametrize(
    "latex", ["(", ")", r"\frac{2}{}", r"a \cdot \cdot b", "1.1.1", r"\foo", "x^", "||x|", "10^-6", "e^-x"]
)
def test_what_cannot_be_read_is_refused(latex: str) -> None:
    with pytest.raises(NotationError):
        read(latex)


def test_what_a_macro_is_in_mathematics() -> None:
    from derive.model import Macro

    macros = [
        Macro("imp", r"\ensuremath{\;\Longrightarrow\;}\xspace"),
        Macro("best", r"\qopname\relax m{argmax}"),
        Macro("that", r"\ensuremath{\widehat{\theta}}"),
    ]
    for latex, same in [
        (r"a = b \imp c = d", r"a = b \implies c = d"),
        (r"\best_x f(x)", r"\operatorname{argmax}_x f(x)"),
        (r"\that_n", r"\hat\theta_n"),
    ]:
        assert [row(r) for r in read(latex, macros).rows] == [row(r) for r in read(same).rows]


def test_a_macro_keeps_the_span_of_its_call() -> None:
    from derive.model import Macro, Span

    (row,) = read(r"\E{x} = 1", [Macro("E", r"\mathbb{E}[#1]", 1)]).rows
    chain = row.parts[0]
    assert isinstance(chain, Chain)
    assert chain.first is not None
    assert chain.first.span == Span(0, 5)


@pytest.mark.parametrize(
    ("latex", "what", "span"),
    [
        (r"x + \foo y", r"unknown command \foo", (4, 8)),
        (r"\frac{1}{2", "unclosed {", (8, 9)),
        ("a +", "missing operand after +", (2, 3)),
        ("a = ", "missing operand after =", (2, 3)),
        ("(x]", "( closed by ]", (2, 3)),
        ("x^1^2", "double superscript", (3, 4)),
        ("3 4", "two numbers side by side", (2, 3)),
        (r"\cos^2", "missing argument after 2", (5, 6)),
        (r"\begin{foo} x \end{foo}", "unknown environment foo", (0, 11)),
        ("", "empty formula", (0, 0)),
    ],
)
def test_an_error_names_what_stopped_the_reader(latex: str, what: str, span: tuple[int, int]) -> None:
    with pytest.raises(NotationError) as caught:
        read(latex)
    assert caught.value.what == what
    assert (caught.value.span.start, caught.value.span.end) == span


LARGE = {
    "sum": "x+" * 50_000 + "x",
    "product": "x " * 100_000,
    "chain": "x=" * 50_000 + "x",
    "list": "i=1" + ",2" * 50_000,
    "parentheses": "(" * 5_000 + "x" + ")" * 5_000,
    "braces": "{" * 5_000 + "x" + "}" * 5_000,
    "fractions": r"\frac{1}{" * 5_000 + "x" + "}" * 5_000,
    "powers": "x^{" * 5_000 + "x" + "}" * 5_000,
    "functions": r"\sin " * 50_000 + "x",
    "integrals": r"\int f + " * 30_000 + "x",
    "bars": "a|x|" * 25_000,
    "norms": "||x||" * 20_000,
    "signs": "-" * 100_000 + "x",
    "operators": r"x \cdot " * 50_000 + "x",
    "rows": r"a + \\ " * 30_000 + "b",
    "environments": r"\begin{pmatrix}" * 5_000 + "1" + r"\end{pmatrix}" * 5_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_long_and_deep_formulas_end_soon(name: str) -> None:
    start = time.process_time()
    try:
        read(LARGE[name])
    except NotationError as error:
        assert error.what
    # the bound on an idle machine is 2 s; a loaded one is given room
    assert time.process_time() - start < 10


def test_reading_imports_no_algebra() -> None:
    code = "import sys, derive.notation; print('sympy' in sys.modules or 'flint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
