"""What a refutation needs before it is an error: the policy around the tower, document by document."""

import pytest

from derive.front.document import check_source
from derive.model import Severity, Source


def verdicts(text: str) -> dict[str, str]:
    report, faults = check_source(Source("notes.md", text))
    assert not faults
    return {d.latex: d.verdict.status.value for d in report.decided}


def errors(text: str) -> list[str]:
    report, _ = check_source(Source("notes.md", text))
    return [d.name for d in report.diagnostics if d.severity is not Severity.INFO]


@pytest.mark.parametrize(
    "text",
    [
        # an equation that is no identity is a condition
        "Consider $x^2 - 5x + 6 = 0$. Factoring, $(x-2)(x-3) = 0$, so $x = 2$ or $x = 3$.",
        # decimals that are rounded
        "The balance is $$A = 1000 \\cdot 1.05^{10} = 1628.89.$$",
        # lengths and accelerations are positive
        "A body falls $h = \\frac12 g t^2$, so $t = \\sqrt{2h/g}$, and $v = g t = \\sqrt{2 g h}$.",
        # a functional equation says what the function is
        "$$\\log f = g(x + y) = g(x) + g(y)$$",
        # labels of which nobody says that they are ±1
        "$$E = \\mathbb{1}[h \\neq y] = \\frac{1 - y h}{2}$$",
        # the parts of an integral, with its variable changed
        "With $u = x^2$ we get $$\\int x e^{x^2} dx = \\frac12 \\int e^u du = \\frac12 e^u + C.$$",
        # by parts, with both parts told
        "Let $u = x$ and $v = e^x$. Then $$\\int u\\,dv = uv - \\int v\\,du.$$",
        # numbers put in for symbols
        "$$r = \\frac{a}{2} + \\frac{b - a}{h} x = \\frac54 + \\frac{5}{38} x$$",
        # an inequality under a condition that nobody states
        "$$1 > \\frac{\\sin x}{x} > \\cos x$$",
        # another meaning of the same letter, in another exercise
        "(1) Let $y = x^2$. Then $\\frac{dy}{dx} = 2x$.\n\n(2) $y = \\log x$. Then $\\frac{dy}{dx} = \\frac1x$.",
        # σ may be any function as long as no word says sigmoid
        "The activation is $\\sigma$. $$\\sigma'(x) = 1 - \\sigma(x)^2$$",
        # what holds of some random variables only
        "Let $\\operatorname{Var}(X) = \\sigma^2$ and $\\operatorname{Cov}(X, Y) = 0$. If $X$ and $Y$ are "
        "independent, then $$\\operatorname{Var}(X - Y) = \\operatorname{Var}(X) + \\operatorname{Var}(Y)$$",
        # matrices that commute, products that are symmetric
        "For $A, B \\in \\mathbb{R}^{n \\times n}$ consider $$AB = BA$$ $$A^\\top B = B^\\top A$$ "
        "$$(AB)^\\top = AB$$",
        # a letter of an earlier section
        "# One\n\nLet $f(x) = x^2$.\n\n# Two\n\nWe factor $$f(x) = \\frac{(x-2)(x-3)}{(x-2)(x+3)}$$",
        # a field in angle brackets
        "Let $R(x,y) = \\langle x, y\\rangle$ and $r = \\|R\\| = \\sqrt{x^2+y^2}$.",
        # quoted as wrong
        "It is not true that $(a + b)^2 = a^2 + b^2$.",
    ],
)
def test_no_cry_of_wolf(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "With $u = x^2$ we get $$\\int x e^{x^2} dx = 2 \\int e^u du.$$",
        "$$V = \\int_0^h \\pi z^2 dz = \\frac{\\pi h^3}{2}$$",
        "$$S = 6 \\cdot 3 + 6 \\cdot 4 + 7 \\cdot 6 = 72$$",
        "The width is $w$: $$A = w \\cdot (20 - 2w)/2 = -w^2 + 10$$",
        "Let $u = x$ and $v = e^x$. Then $$\\int u\\,dv = uv + \\int v\\,du.$$",
        # the power rule, whatever n counts elsewhere
        "For $x > 0$ we know $$\\frac{d}{dx} x^n = n x^{n+1}$$",
        # a variance is an operator: almost an identity
        "For a random variable $X$ we know $$\\operatorname{Var}(X) = E[X^2] - E[X]$$",
        # the rule for the transpose of a product
        "For $A, B \\in \\mathbb{R}^{n \\times n}$ we have $$(AB)^\\top = A^\\top B^\\top$$",
        # a limit before, whose letter stands for nothing after it
        "$$\\lim_{M \\to \\infty} 1 - \\frac1M = 1$$ So $$\\int_1^M \\frac{dx}{x} = \\log M - \\log 1 = M$$",
        # what names something says nothing of what it is made of
        "Let $\\vec s = (u, v)$. $$(u + v)^2 = u^2 + 2uv + v^2 = u^2 + uv + v^2$$",
        # a rule that is recalled narrows nothing
        "Recall $(fg)' = f'g + fg'$. Let $g(x) = \\ln(1+x)$. Then $g''(x) = \\frac{1}{(1+x)^2}$.",
        # one expression in three forms, each in the letters of the first
        "$$\\frac{a^2 - b^2}{a - b} = \\frac{(a - b)(a - b)}{a - b} = a - b$$",
    ],
)
def test_what_is_wrong_whatever_is_meant(text: str) -> None:
    assert len(errors(text)) == 1


def test_a_claim_that_needs_a_stated_equation_holds_given_it() -> None:
    found = verdicts("We have $a + b = 1$. Then $$s = a^2 + 2ab + b^2 = 1.$$")
    assert found["a^2 + 2ab + b^2 = 1"] in {"holds", "given"}


def test_an_implicit_substitution_is_kept_through_its_section() -> None:
    text = (
        "# One\n\n$$S = \\|1 - p\\|^2 = \\|1 - \\tanh(z)\\|^2$$\n\n"
        "$$T = \\|2 - p\\|^2 = \\|2 + \\tanh(z)\\|^2$$\n"
    )
    found = verdicts(text)
    assert found["\\|1 - p\\|^2 = \\|1 - \\tanh(z)\\|^2"] == "proved"
    assert found["\\|2 - p\\|^2 = \\|2 + \\tanh(z)\\|^2"] == "refuted"


def test_a_symbol_out_of_nowhere_leaves_a_step_open() -> None:
    found = verdicts("$$f = x + x = 2 x + q$$")
    assert found["x + x = 2 x + q"] == "undecided"
