"""The reader of formulas, by examples."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from derive.facts.pieces import walk
from derive.notation import NotationError, read
from derive.notation.syntax import Bar, Big, Chain, Fence, Infix, Name, Prefix, Sum, Text
from tests.notation.show import row


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
        Macro("E", r"\mathbb{E}[#1]", 1),
        Macro("old", r"\times"),
        Macro("norm", r"\left\| #2 \right\|", 2, ""),
        Macro("times", r"\!\old\!"),
    ]
    for latex, same in [
        (r"a = b \imp c = d", r"a = b \implies c = d"),
        (r"\best_x f(x)", r"\operatorname{argmax}_x f(x)"),
        (r"\that_n", r"\hat\theta_n"),
        (r"\E{(X - \E{X})^2}", r"\mathbb{E}[(X - \mathbb{E}[X])^2]"),
        (r"a \times b", r"a \times b"),
        (r"\norm{x} + \norm*{x} + \norm[\big]{x}", r"\|x\| + \|x\| + \|x\|"),
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


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"x \in ]0, 1[", r"x \in \left]0, 1\right["),
        (r"x \in [a, b[ \cup ]c, d]", r"x \in \left[a, b\right[ \cup \left]c, d\right]"),
        (r"x* = f(x*)", r"x^* = f(x^*)"),
        (r"\sum_{Q \in C*} Q", r"\sum_{Q \in C^*} Q"),
        (r"a + \cdot + b", r"a + \cdots + b"),
        (r"\lambda \mid w \mid + b", r"\lambda |w| + b"),
        (r"f(x) \mid_a^b", r"f(x) |_a^b"),
        (r"x \to 0+", r"x \to 0^+"),
        # what stands between two relations concludes one from the other
        (r"k > n: P = 0", r"k > n \implies P = 0"),
        (r"a = b \longrightarrow c = d", r"a = b \implies c = d"),
        # the font of a letter is not that of the time it is applied to
        (r"{\bf B(t)} + \mathbf{A(t)}", r"\mathbf{B}(t) + \mathbf{A}(t)"),
        (r"\mathrm{\widetilde{Cl}}", r"\widetilde{\mathrm{Cl}}"),
        (r"\mathbb{E(g(x))}", r"\mathbb{E}(g(x))"),
        # the number of an equation in a column of its own
        (
            r"\begin{aligned} a &= b &(5) \\ &= c & (6) \end{aligned}",
            r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        ),
        (r"\Pr{a \le X | Y = y, Z}", r"\Pr(a \le X | Y = y, Z)"),
        (r"x^{\prime 2}", r"x'^{2}"),
        (r"{x_1}^2", r"x_1^2"),
        (r"f = (g(x). )", r"f = (g(x))"),
        (r"\begin{matrix} | & | \\ a & b \\ | & | \end{matrix}", r"\begin{matrix} a & b \end{matrix}"),
        (r"\begin{matrix} - a - \\ - b - \end{matrix}", r"\begin{matrix} a \\ b \end{matrix}"),
        (r"\begin{matrix} \text{---} a \text{---} \end{matrix}", r"\begin{matrix} a \end{matrix}"),
    ],
)
def test_signs_that_their_neighbours_explain(latex: str, same: str) -> None:
    assert spanless(read(latex)) == spanless(read(same))


def spanless(node: object) -> object:
    if isinstance(node, tuple):
        return tuple(map(spanless, node))
    if hasattr(node, "__dataclass_fields__"):
        values = {name: spanless(getattr(node, name)) for name in node.__dataclass_fields__}
        return (type(node).__name__, *[v for k, v in values.items() if "span" not in k])
    return node


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        (r"a = b \quad (\text{provided } c > 0)", [Chain, Text, Chain]),
        (r"a = b. \quad (s \text{ is the arc length})", [Chain, Name, Text]),
        (r"(\forall x > 0)\; f(x) = 0", [Fence, Chain]),
        (r"\text{Minimize } x \text{ subject to } x > 0", [Big, Text, Chain]),
    ],
)
def test_remarks_and_conditions_are_parts_of_their_own(latex: str, parts: list[type]) -> None:
    (row,) = read(latex).rows
    assert [type(part) for part in row.parts] == parts


@pytest.mark.parametrize(
    ("latex", "rows"),
    [
        (
            r"\begin{array}{ll} {\min} & {f(x)} \\ {\text{s.t.}} & {g(x) \le 0} \\ {} & {h(x) = 0} \end{array}",
            3,
        ),
        (r"\left. \begin{aligned} a &= b \\ c &= d \end{aligned} \right\}", 2),
        (r"\begin{array}{l} {a} \\ {\le b} \\ {= c} \end{array}", 3),
        (
            r"\left\{ \begin{array}{ll} {0,} & {\text{if } |z| < 1} \\ {z,} & {\text{if } |z| > 1} \end{array} \right.",
            1,
        ),
    ],
)
def test_what_an_array_sets_out(latex: str, rows: int) -> None:
    assert len(read(latex).rows) == rows


def test_a_quantifier_behind_its_statement_in_a_fence() -> None:
    (row,) = read(r"P(L \le F \;\forall x) = 1").rows
    assert any(isinstance(n, Prefix) and isinstance(n.operand, Bar) for n in walk(row.parts))
    (row,) = read(r"\forall_i, a_i > 0").rows
    (quantified,) = row.parts
    assert isinstance(quantified, Prefix) and isinstance(quantified.operand, Bar)


def test_an_accent_on_a_relation_makes_another() -> None:
    for latex in (r"Y \dot\sim N", r"Y \dot{\,\sim\,} N", r"Y \mathrel{\dot{\sim}} N"):
        (row,) = read(latex).rows
        (chain,) = row.parts
        assert isinstance(chain, Chain) and chain.links[0].relation == "dot sim"


def test_words_of_other_scripts_are_prose() -> None:
    (row,) = read(r"x = y，其中 z = 2。").rows
    assert [type(part) for part in row.parts] == [Chain, Text, Chain]
    (row,) = read(r"a、b").rows
    assert [type(part).__name__ for part in row.parts] == ["Sequence"]


def test_a_comma_at_the_end_of_a_row_before_a_plus_lists_nothing() -> None:
    (row,) = read(r"\begin{aligned} q &= a, \\ & \quad + b \end{aligned}").rows
    (chain,) = row.parts
    assert isinstance(chain, Chain) and isinstance(chain.links[0].right, Sum)


def test_a_gap_behind_an_extremum_parts_nothing() -> None:
    (row,) = read(r"V = \min_{u} \quad f(u) + 1").rows
    assert len(row.parts) == 1


def test_a_condition_may_go_on_behind_a_semicolon() -> None:
    (row,) = read(r"y | x; \theta \sim N").rows
    (chain,) = row.parts
    assert isinstance(chain, Chain) and isinstance(chain.first, Infix) and chain.first.op == "given"


def test_a_reference_alone_states_nothing() -> None:
    (row,) = read(r"\eqref{eq:a}").rows
    assert isinstance(row.parts[0], Text)


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        (r"u_i u_j = 0 (i \ne j)", 2),
        ("y = x^2 (x > 0)", 2),
        ("y = (x + 1)(x > 0)", 2),
        ("y = p(x = 1)", 1),
        ("y = 2(x + 1)", 1),
    ],
)
def test_a_condition_in_parentheses_is_no_factor(latex: str, parts: int) -> None:
    (row,) = read(latex).rows
    assert len(row.parts) == parts


def test_a_wedge_between_relations_makes_all_of_its_row_logical() -> None:
    (row,) = read(r"X \text{ independent} \wedge P(X) = 1 \wedge 1 \le i").rows
    signs = [n for n in walk(row.parts) if isinstance(n, Infix) and n.op == "wedge"]
    assert len(signs) == 2 and all(isinstance(n.right, Chain) for n in signs)


def test_a_sum_goes_on_in_the_row_that_ends_it() -> None:
    (row,) = read(r"\begin{aligned} a + b & + c \\ & - d = e \end{aligned}").rows
    (chain,) = row.parts
    assert isinstance(chain, Chain) and isinstance(chain.first, Sum) and len(chain.first.parts) == 4
