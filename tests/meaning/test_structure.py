"""Constructs that are read and mean nothing to compute with: what is kept of them, and their verdicts."""

from __future__ import annotations

import pytest

from derive import decide
from derive.meaning import elaborate
from derive.meaning.formula import read_term
from derive.model import Status
from derive.notation import read
from derive.notation.syntax import NotationError
from derive.reasons import Why
from derive.term.heads import HEADS, OPAQUE
from derive.term.nodes import (
    Apply,
    BigOp,
    Call,
    Constant,
    Derivative,
    Element,
    Integral,
    Limit,
    Mul,
    Number,
    Pow,
    Prime,
    Relation,
    Symbol,
)
from derive.term.scope import Scope
from derive.term.traverse import walk

A, B, F, f, p, s, u, v, x, y = (Symbol(n) for n in "ABFfpsuvxy")


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"\int_0^1 f", Apply("bare_int", (f, Number(0), Number(1)))),
        (r"\int_A f", Apply("bare_int", (f, A))),
        (r"\left[ u \times v \right]_y", Apply("component", (Apply("cross", (u, v)), y))),
        (r"(x)_+", Apply("component", (x, Symbol("+")))),
        (r"|x|_p", Apply("component", (Apply("abs", (x,)), p))),
        (r"0^+", Apply("marked +", (Number(0),))),
        (r"(A B)^+", Apply("marked +", (Mul((A, B)),))),
        (r"e^{-}", Symbol("e^{-}")),
        (r"\widehat{A + B}", Apply("accented hat", (read_term("A + B"),))),
        (r"\hat{f(x)}", Call(Symbol(r"\hat{f}"), (x,))),
        (r"\vec{B'(x)}", Call(Prime(Symbol(r"\vec{B}"), Number(1)), (x,))),
        (r"x \vee y", Apply("operation vee", (x, y))),
        (r"\nabla_{u,v} f", Apply("derivative_by", (f, read_term("(u, v)")))),
        (r"\frac{\partial f}{\partial x^k}", Apply("derivative_by", (f, Pow(x, Symbol("k"))))),
        (r"\frac{\partial (u, v)}{\partial (x, y)}", Apply("derivative_by", (read_term("(u, v)"), read_term("(x, y)")))),
        (r"\frac{\delta F}{\delta f}", Apply("variation", (F, f))),
        (r"\nabla^s x", Apply("operated", (Symbol(r"\nabla^{s}"), x))),
    ],
)  # fmt: skip
def test_the_structure_is_kept(latex, term):
    assert read_term(latex) == term


@pytest.mark.parametrize(
    ("latex", "head"),
    [
        (r"\lim_{x, y \to \infty} f(x, y)", "lim_over"),
        (r"\lim_{(x, y) \to (0, 0)} f(x, y)", "lim_over"),
        (r"\lim_{\|h\| \to 0} f(h)", "lim_over"),
        (r"\limsup_n a_n", "limsup_over"),
        (r"\lim f(x)", "lim_of"),
        (r"f(x + y) y \big|_0^1", "between"),
        (r"\{g(x) \le 0\}", "set_where"),
        (r"\langle u | A | v \rangle", "bracket"),
        (r"\operatorname{sec}_p(u, v)", "applied"),
        (r"\operatorname{tr}_B(x)", "applied"),
    ],
)
def test_the_head_says_what_it_is(latex, head):
    term = read_term(latex)
    assert isinstance(term, Apply) and term.head == head
    assert read_term(term.to_latex()) == term


def test_limits_of_one_variable_are_limits():
    for latex in (r"\lim_{x \to 0} f(x)", r"\lim_{\Delta x \to 0} f", r"\lim_{x \to 0, y \to 0} f(x, y)"):
        assert isinstance(read_term(latex), Limit)


def test_lists_under_an_operator_bind_what_they_list():
    term = read_term(r"\min_{x_1,\dots,x_N,u_0,\dots,u_{N-1}} \sum_n g(x_n, u_n)")
    assert isinstance(term, BigOp) and [b.variable for b in term.binders] == [x, u]
    term = read_term(r"\sum_{x \setminus y} f(x)")
    assert isinstance(term, BigOp) and term.binders[0].variable == x and term.binders[0].condition is not None


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"X \mid Y = y \sim p", Relation("=", Symbol("Y"), y)),
        (r"X | Y > y \sim p", Relation(">", Symbol("Y"), y)),
        (r"X \mid Y = y, B \overset{iid}{\sim} p", Apply("and", (Relation("=", Symbol("Y"), y), B))),
    ],
)
def test_a_random_variable_under_a_condition(latex, given):
    (left, right) = sides_of(latex)
    assert left == Apply("conditional", (Symbol("X"), given)) and right == p


def test_a_bar_between_quantities_stays_open():
    with pytest.raises(NotationError):
        sides_of(r"X | Y = y")


def sides_of(latex):
    ((chain,),) = [row.parts for row in read(latex).rows]
    return elaborate((chain.first, *(link.right for link in chain.links)), Scope())[0].terms


def test_conditions_in_words_are_said():
    (value, condition), (_, other) = read_term(
        r"\begin{cases} 1 & \text{if $A$ occurs} \\ 0 & \text{otherwise} \end{cases}"
    ).cases
    assert value == Number(1) and other is None
    assert condition == Apply("said", (Symbol(r"\text{if occurs}"), A))
    ((_, joined), *_) = read_term(
        r"\begin{cases} 1 & \text{if $x > 0$ and $y > 0$} \\ 0 & \text{else} \end{cases}"
    ).cases
    assert joined == read_term(r"x > 0 \land y > 0")


def test_rows_behind_a_brace_all_hold():
    both = read_term(r"x = y \land u = v")
    braced = r"\left. \begin{array}{l} x = y \\ u = v \end{array} \right\}"
    assert read_term(braced + r" \implies A = B") == Apply("implies", (both, read_term("A = B")))
    assert read_term(r"\begin{cases} x &= y, \quad u = v \end{cases}") == both


def test_a_script_that_holds_a_bound_letter_varies_with_it():
    (sum_,) = [n for n in walk(read_term(r"\sum_i F_{i,x}")) if isinstance(n, Element)]
    assert sum_ == Element(Symbol(r"F_{\square,x}"), (Symbol("i"),))
    assert read_term(r"F_{\mathrm{in},x}") == Symbol(r"F_{\mathrm{in},x}")
    rows, columns = (read_term(rf"\sum_k {x}") for x in (r"d_{k\cdot}", r"d_{\cdot k}"))
    assert rows != columns  # the means of a row and of a column
    assert read_term(columns.to_latex()) == columns
    for latex in (r"\sum_j m_{j \to k}", r"\sum_k x_{A \setminus \{k\}}", r"\prod_n \theta_{z_n | y}"):
        term = read_term(latex)
        assert read_term(term.to_latex()) == term
        assert any(isinstance(n, Element) for n in walk(term))


@pytest.mark.parametrize(
    "script", [r"|D", r"A \cap B", r"A\setminus \{b\}", r"|\mathcal{H}|", r"\langle x,y\rangle"]
)
def test_scripts_that_are_part_of_a_name(script):
    assert isinstance(read_term(rf"X_{{{script}}}"), Symbol)


def test_a_differential_in_a_styled_group_is_one():
    for latex in (r"\int f\, d{\bf x}", r"\int f\, d{\rm\mathbf{x}}", r"\int f\,d{\bf x_0}"):
        assert isinstance(read_term(latex), Integral)


def test_an_integral_keeps_its_own_differential():
    term = read_term(r"\int (c f(x) + d g(x))\,dx")
    assert isinstance(term, Integral)


@pytest.mark.parametrize("latex", [r"\int d\,2\,u", r"\int dx\,n\,du\,g", r"\frac{df}{dx^2}", r"A\cdots_{t}"])
def test_what_was_not_made_out_is_not_read(latex):
    with pytest.raises(NotationError):
        read_term(latex)


def test_coordinates_with_upper_indices_are_no_orders():
    term = read_term(
        r"\Gamma^2_{11} + \frac{\partial g}{\partial\theta^1} + \frac{\partial g}{\partial\theta^2}"
    )
    assert not any(isinstance(n, Derivative) for n in walk(term))


@pytest.mark.parametrize(
    "claim",
    [
        r"\int_0^1 x = \int_0^1 2x",
        r"\frac{d}{dx} = x \frac{d}{dx}",
        r"(x)_+ = x + 1",
        r"\widehat{x + y} = x",
        r"(u \cdot \nabla) u = 0",
    ],
)
def test_nothing_is_decided_about_them(claim):
    verdict = decide(claim)
    assert verdict.status is Status.UNDECIDED
    assert verdict.reason is not None and verdict.reason.code is Why.UNSUPPORTED


def test_every_one_says_what_it_is():
    assert all(head.opaque for head in OPAQUE.values())
    assert OPAQUE.items() <= HEADS.items()


def test_a_constant_keeps_its_value_beside_a_mark_on_another():
    assert read_term(r"\infty") == Constant("infinity")


@pytest.mark.parametrize(
    ("latex", "head"),
    [
        (r"\left\{ n \atop k \right\}", "stirling_second"),
        (r"{n \brace k}", "stirling_second"),
        (r"\genfrac{[}{]}{0pt}{}{n}{k}", "stirling_first"),
        (r"{n \atop k}", "stacked"),
    ],
)
def test_one_above_the_other(latex, head):
    assert read_term(latex) == Apply(head, (Symbol("n"), Symbol("k")))


def test_conditions_in_other_languages():
    for other in ("sinon", "sonst", "否则"):
        cases = read_term(
            rf"\begin{{cases}} 1 & \text{{wenn }} x > 0 \\ 0 & \text{{{other}}} \end{{cases}}"
        ).cases
        assert cases[0][1] == Relation(">", x, Number(0)) and cases[1][1] is None


def test_the_extremal_index_is_an_index():
    term = read_term(r"c_{\arg\max_j h_j}")
    assert isinstance(term, Element)


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"\partial\Omega", Apply("boundary", (Symbol(r"\Omega"),))),
        (r"[G : H]", Apply("index_of", (Symbol("G"), Symbol("H")))),
        (r"\llbracket x \rrbracket", Apply("denoted", (x,))),
        (r"\triangle ABC", Symbol(r"\triangle ABC")),
        (r"\angle ABC", Symbol(r"\angle ABC")),
        (r"\{0, 1\}^*", Apply("marked *", (read_term(r"\{0, 1\}"),))),
        (r"\mathcal{F}\{f\}", Apply("applied", (Symbol(r"\mathcal{F}"), read_term(r"f")))),
        (r"\mathcal{P}(A)", Call(Symbol(r"\mathcal{P}"), (A,))),
    ],
)
def test_signs_of_other_fields(latex, term):
    assert sides_of(f"{latex} = y")[0] == term


def test_words_in_bounds_and_sets():
    term = read_term(r"\prod_{p \text{ prime}} p^2")
    assert isinstance(term, BigOp) and term.binders[0].variable == p
    assert term.binders[0].condition == Apply("said", (Symbol(r"\text{prime}"), p))
    term = read_term(r"\{x : x \text{ is a root of } f\}")
    assert isinstance(term, Apply) and isinstance(term.args[1], Apply) and term.args[1].head == "said"


def test_differentials_of_a_process():
    left, right = sides_of(r"dX_t = \mu\,dt + \sigma\,dW_t")
    assert isinstance(left, Apply) and left.head == "differential"
    assert sum(isinstance(n, Apply) and n.head == "differential" for n in walk(right)) == 2
