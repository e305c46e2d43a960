"""The reading of a formula as SymPy code: run, it builds the same expression."""

import pytest
import sympy as sp

import derive
from derive.term.lower import NotExpressible, to_sympy
from derive.term.raising import NotRaisable, from_sympy
from derive.term.sympy_code import sympy_code
from derive.term.traverse import free_symbols

FORMULAS = [
    "x", "1", "-1", r"\frac{1}{2}", r"\frac{-3}{4}", "x + 1", "a - b - c", "-x - 1", "2 x y", "2(x + y)", "2(x + y) z",
    "-(x + y)", r"\frac{x + 1}{x - 1}", r"\frac{1}{x}", r"\frac{1}{2x}", r"\frac{x}{2}", r"\frac{2}{3} x", r"\frac{a}{b c}",
    "x^2", "x^{-1}", "2^{-1}", "2^3", "2^x", "(-1)^n", "x^{y^z}", "(x^y)^z", r"\sqrt{x}", r"\sqrt{2}", r"\frac{1}{\sqrt{x}}", r"\sqrt[3]{x}",
    "e^x", "e^{-x^2/2}", r"\pi r^2", "e", "i x", r"\sin x", r"\sin^2 x + \cos^2 x", r"\log_2 x", r"\ln(x y)", "|x|", "n!", r"\binom{n}{k}",
    r"\theta", r"\hat{y}", "x_0", r"\lambda x", "f(x)", "f'(x)", "f(g(x))", "x_i", "y^{(i)}", r"\sum_{k=1}^n k^2", r"\prod_{k=1}^n (1 + x_k)",
    r"\int_0^1 x^2 dx", r"\int x^2 dx", r"\lim_{x \to 0} \frac{\sin x}{x}", r"\frac{d}{dx} f(x)", r"\frac{\partial^2 f(x, y)}{\partial x \partial y}",
    "x = y", r"x \ne y", r"x \le y + 1", "a = b = c", r"\begin{pmatrix} 1 & x \\ 0 & 2 \end{pmatrix}", r"\max(a, b)", r"\lfloor x \rfloor",
    r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", r"N + S", r"\beta + \gamma", r"\Gamma(x)", "x' + y''", r"1 + 1", r"2 \cdot 3",
    r"\frac{x}{y z^2} - \frac{3}{4} \sqrt{\frac{a}{b}}", "10^{-3}", "0.5 x", r"x \in \mathbb{R}", r"\arctan(-x)", r"\infty", r"-\infty", "(a + b)(a - b)", "-2^x",
]  # fmt: skip


def run(code: str) -> sp.Basic:
    space: dict[str, object] = {}
    exec(code, space)
    expression = space["expression"]
    return sp.sympify(expression)


@pytest.mark.parametrize("latex", FORMULAS)
def test_the_code_builds_the_same_expression_and_term(latex: str) -> None:
    term = derive.read(latex)
    try:
        expected = to_sympy(term)
    except NotExpressible:
        with pytest.raises(NotExpressible):
            sympy_code(term)
        return
    code = sympy_code(term)
    built = run(code.text)
    assert built == expected, code.text
    symbols = {s.to_sympy(): s for s in free_symbols(term).values()}
    try:
        again = from_sympy(expected, symbols)
    except NotRaisable:
        return
    assert from_sympy(built, symbols) == again
    assert run(sympy_code(again).text) == expected  # and once more around


def test_most_of_them_can_be_expressed() -> None:
    def fits(latex: str) -> bool:
        try:
            to_sympy(derive.read(latex))
        except NotExpressible:
            return False
        return True

    assert sum(map(fits, FORMULAS)) > 0.9 * len(FORMULAS)


@pytest.mark.parametrize(
    ("latex", "expression"),
    [
        ("(x + y)^2", "(x + y)**2"),
        (r"\frac{\theta}{2} + x_0", "theta/2 + x_0"),
        ("a - b", "a - b"),
        (r"\frac{1}{1 + e^{-z}}", "1/(1 + exp(-z))"),
        ("2(x + y)", "2*x + 2*y"),
        (r"\sqrt{x^2} = x", "Equality(sqrt(x**2), x)"),
    ],
)
def test_it_reads_as_one_would_write_it(latex: str, expression: str) -> None:
    assert sympy_code(derive.read(latex)).expression == expression
