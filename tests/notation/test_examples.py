"""What the reader makes of the notation that documents use, by examples.

The short form is that of `show.py`.
"""

from __future__ import annotations

import pytest

from tests.notation.show import shown

ROWS_AND_PARTS = [
    (r"a = b = c", "{a = b = c}"),
    (r"a=1, b=2", "{a = 1} ; {b = 2}"),
    (r"i = 1, \dots, n", "{i = 1, …, n}"),
    (r"x, y \in S", "{x, y in S}"),
    (r"k=1,2,3", "{k = 1, 2, 3}"),
    (r"a = b, f(x)", "{a = b} ; <f (x)>"),
    (r"x, y > 0, z = 1", "{x, y > 0} ; {z = 1}"),
    (r"i=1,\dots,n, \; j=1,\dots,m", "{i = 1, …, n} ; {j = 1, …, m}"),
    (r"x_1 = a, \dots, x_n = b", "{x_{1} = a} ; … ; {x_{n} = b}"),
    (r"\text{for } y = 0", "'for' ; {y = 0}"),
    (r"x = y \quad \text{for all } i = 1, \dots, n.", "{x = y} ; 'for all' ; {i = 1, …, n}"),
    (r"a = b \quad = c", "{a = b = c}"),
    (r"x=1 \quad -y=2", "{x = 1} ; {[-y] = 2}"),
    (r"a &= b + c \\ &= d \\ &\quad + e", "{a = [+b +c]} // { = [+d +e]}"),
    (r"a = \left( b + \right. \\ \left. c \right)", "{a = ([+b +c])}"),
    (r"a &= (b \\ &+ c)", "{a = ([+b +c])}"),
    (r"a &= b x_* \\ c &= d", "{a = <b x_{*}>} // {c = d}"),
    (r"f &= (a+b) \\ &\quad (c+d)", "{f = <([+a +b]) ([+c +d])>}"),
    (r"\begin{align} a &= b & c &= d \end{align}", "{a = b} ; {c = d}"),
    (r"a &=& b", "{a = b}"),
    (r"\begin{array}{rcl} a & = & b \\ c & = & d \end{array}", "{a = b} // {c = d}"),
    (r"x > 0 \land y > 0 \implies xy > 0", "{({x > 0} wedge {y > 0}) implies {<x y> > 0}}"),
    (r"a = b \iff c = d", "{{a = b} iff {c = d}}"),
    (r"\begin{equation} x = 1 \label{eq:x} \tag{3} \nonumber \end{equation}", "{x = 1}"),
    (r"f: X \to Y", "{f : X to Y}"),
    (r"\begin{cases} x + y = 1 \\ x - y = 2 \end{cases}", "{[+x +y] = 1} // {[+x -y] = 2}"),
    (r"\min_x f(x) \\ s.t. \quad x > 0", "min_{x}(<f (x)>) // 's.t.' ; {x > 0}"),
    (r"a = b \quad hence \quad b = a", "{a = b} ; 'hence' ; {b = a}"),
    (r"\text{whence }\; a &= b", "'whence' ; {a = b}"),
    (r"\text{ write}\; a + c &= u", "'write' ; {[+a +c] = u}"),
    (r"\frac{num\_heads}{n}", "frac(num_heads!, n)"),
]


MARKS = [
    (r"\begin{aligned} & - L(y) = x \\ & - M = -y \end{aligned}", "<-> {<L (y)> = x} // <-> {M = [-y]}"),
    (r"&- \text{ for } y = 0", "<-> 'for' ; {y = 0}"),
    (r"&\quad * \frac{a}{b} = c", "<*> {frac(a, b) = c}"),
    (r"\* a = b", "<*> {a = b}"),
    (r"\uparrow a = b", "<uparrow> {a = b}"),
    (r"1) \text{ When } y = 1", "<1)> 'When' ; {y = 1}"),
    (r"-\sigma(z)", "[-<sigma (z)>]"),
    (r"-1 < x", "{[-1] < x}"),
    (r"-x + y = 3", "{[-x +y] = 3}"),
]


BARS = [
    (r"|x|", "|x|"),
    (r"\|x\|_2^2", "‖x‖_{2}^{2}"),
    (r"||x||", "‖x‖"),
    (r"||x|-|y|| \le |x-y|", "{|[+|x| -|y|]| <= |[+x -y]|}"),
    (r"||x|y|", "|<|x| y>|"),
    (r"|x|y|z|", "<|x| y |z|>"),
    (r"p(x|y)", "<p (x | y)>"),
    (r"P(A \mid B, C)", "<P (A | B, C)>"),
    (r"D_{KL}(P\|Q)", "<D_{KL!} (P ‖ Q)>"),
    (r"KL(P||Q)", "KL!@((P ‖ Q))"),
    (r"E[|X| | Y]", "<E [|X| | Y]>"),
    (r"P(|X| > a)", "<P ({|X| > a})>"),
    (r"\{x \in S : x > 0\}", "{{x in S} : {x > 0}}"),
    (r"\{x \mid x > 0\}", "{x | {x > 0}}"),
    (r"\left|\frac{a}{b}\right|", "|frac(a, b)|"),
    (r"\lVert x \rVert", "‖x‖"),
    (r"f(x)|_{x=0}", "(<f (x)>)|_{{x = 0}}"),
    (r"\frac{d}{dx} f(x) \Big|_{x=0}", "(<frac(d, <d x>) f (x)>)|_{{x = 0}}"),
    (r"\left. f \right|_a^b", "(f)|_{a}^{b}"),
    (r"\left[ F \right]_a^b", "(F)|_{a}^{b}"),
    (r"[A]_{i,j}", "[A]_{i, j}"),
    (r"\langle x, y \rangle", "⟨x, y⟩"),
    (r"\langle x | y \rangle", "⟨x | y⟩"),
    (r"\langle \psi |", "⟨psi|"),
    (r"| \psi \rangle", "|psi⟩"),
    (r"[0, 1)", "[0, 1)"),
    (r"a \mid b", "(a mid b)"),
    (r"p(y|x;\theta)", "<p (y | x; theta)>"),
]


FUNCTIONS = [
    (r"\sin 2x", "sin!@(<2 x>)"),
    (r"\sin x \cos y", "<sin!@(x) cos!@(y)>"),
    (r"\log xy", "log!@(<x y>)"),
    (r"\sin(x) y", "<sin!@((x)) y>"),
    (r"\sin^2 x", "sin!^{2}@(x)"),
    (r"\log_2 x", "log!_{2}@(x)"),
    (r"\sin^{-1} x", "sin!^{[-1]}@(x)"),
    (r"\log p(x)", "log!@(<p (x)>)"),
    (r"\sin{x} y", "<sin!@(x) y>"),
    (r"\sin x(1+y)", "<sin!@(x) ([+1 +y])>"),
    (r"\log\sum_i x_i", "log!@(sum_{i}(x_{i}))"),
    (r"\exp(-x)", "exp!@(([-x]))"),
    (r"\max(0, x)", "max!@((0, x))"),
    (r"\max_x f(x) + c", "[+max_{x}(<f (x)>) +c]"),
    (r"\arg\max_x f(x)", "argmax_{x}(<f (x)>)"),
    (r"\operatorname*{arg\,min}_x f(x)", "argmin_{x}(<f (x)>)"),
    (r"\underset{x}{\operatorname{argmax}} f(x)", "argmax_{x}(<f (x)>)"),
    (r"\lambda_{\max}", "lambda_{max!}"),
    (r"\det A", "det!@(A)"),
    (r"{\rm ln} x", "ln!@(x)"),
]


SUMS_AND_LIMITS = [
    (r"\sum_{i=1}^n a_i b_i + c", "[+sum_{{i = 1}}^{n}(<a_{i} b_{i}>) +c]"),
    (r"\sum_i \sum_j a_{ij}", "sum_{i}(sum_{j}(a_{<i j>}))"),
    (r"\sum_i -y_i \log p_i", "sum_{i}([-<y_{i} log!@(p_{i})>])"),
    (r"\frac{1}{m} \sum_{i \neq k} \|x_i\|^2", "<frac(1, m) sum_{{i != k}}(‖x_{i}‖^{2})>"),
    (r"\prod_{i<j} (x_i - x_j)", "prod_{{i < j}}(([+x_{i} -x_{j}]))"),
    (r"\lim_{x \to 0^+} \frac{1}{x}", "lim_{{x to 0^{+}}}(frac(1, x))"),
    (r"\sum_{\substack{i=1 \\ i \neq j}}^n x_i", "sum_{{i = 1}, {i != j}}^{n}(x_{i})"),
    (r"\sum_{\begin{subarray}{c}i=1 \\ i \neq j\end{subarray}}^n x_i", "sum_{{i = 1}, {i != j}}^{n}(x_{i})"),
    (r"\underset{x \sim p}{\mathbb{E}}[x]", "<E:blackboard_{{x sim p}} [x]>"),
    (r"\underset{\begin{subarray}{c}x \sim p\end{subarray}}{\mathrm{E}}[x]", "<E:roman_{{x sim p}} [x]>"),
    (r"\underset{n}{A}", "underset(A, n)"),
    (r"\sum_{x \in S} f(x)", "sum_{{x in S}}(<f (x)>)"),
    (r"\sum_{i,j} a_{ij}", "sum_{i, j}(a_{<i j>})"),
    (r"\bigcup_{i} A_i", "bigcup_{i}(A_{i})"),
]


INTEGRALS_AND_DERIVATIVES = [
    (r"\int x dx", "int(x d x)"),
    (r"\int_0^1 x^2 + 1 \, dx = 1", "{int_{0}^{1}([+x^{2} +1] d x) = 1}"),
    (r"\int \frac{dx}{x}", "int(frac(1, x) d x)"),
    (r"\int \frac{3 \cdot d\theta}{\theta}", "int(frac(3, theta) d theta)"),
    (r"\int_0^1\int_0^x f\,dy\,dx", "int_{0}^{1}(int_{0}^{x}(f d y) d x)"),
    (r"\int_{a}^{b} {f \, dx} = 1", "{int_{a}^{b}(f d x) = 1}"),
    (r"\int_{a}^{b} {c + d x} \, dx", "int_{a}^{b}([+c +<d x>] d x)"),
    (r"\iint f \,dx\,dy", "iint(f d x, y)"),
    (r"\int dx", "int( d x)"),
    (r"\int dx\, f(x)", "int(<f (x)> d x)"),
    (r"\int \mathrm{d}x \int \mathrm{d}y f", "int(int(f d y) d x)"),
    (r"\int f \mathrm{dx}", "int(f d x)"),
    (r"\int f + \int g \,dx", "[+int(f d ) +int(g d x)]"),
    (r"\oint P\,dx + Q\,dy", "oint([+<P d(x)> +<Q d(y)>] d )"),
    (r"\int \frac{dy}{dx} dx", "int(frac(<d y>, <d x>) d x)"),
    (r"\int f d\mu(x)", "int(f d <mu (x)>)"),
    (r"\int F \cdot d\mathbf{r}", "int(F d r:bold)"),
    (r"\frac{dy}{dx}", "frac(<d y>, <d x>)"),
    (r"\frac{d}{dx} f(x)", "<frac(d, <d x>) f (x)>"),
    (r"\frac{\partial^2 f}{\partial x \partial y}", "frac(partial^{2}(f), <partial(x) partial(y)>)"),
    (r"\frac{\mathrm d^n}{\mathrm dx^n}", "frac(d:roman^{n}, d:roman(x^{n}))"),
    (r"\partial_x f", "partial_{x}(f)"),
    (r"f''(x)", "<f'' (x)>"),
    (r"f^{(n)}(x)", "<f^{(n)} (x)>"),
    (r"\dot x", "x~dot"),
    (r"\nabla_\theta J", "nabla_{theta}(J)"),
    (r"\nabla^2 f", "nabla^{2}(f)"),
    (r"\nabla \cdot F", "nabla cdot(F)"),
    (r"\nabla \times F", "nabla times(F)"),
    (r"\nabla f \cdot v", "(nabla(f) cdot v)"),
    (r"\dv{f}{x}", "frac(d:roman(f), d:roman(x))"),
]


NAMES_AND_SCRIPTS = [
    (r"\hat y", "y~hat"),
    (r"\hat{xy}", "hat(<x y>)"),
    (r"\overline{AB}", "overline(<A B>)"),
    (r"\mathbf{x}", "x:bold"),
    (r"\mathbf{Ax}", "<A:bold x:bold>"),
    (r"\mathrm{MSE}", "MSE:roman!"),
    (r"\text{MSE} = 1", "{MSE! = 1}"),
    (r"\operatorname{ReLU}(x)", "ReLU!@((x))"),
    (r"MSE = 1", "{MSE! = 1}"),
    (r"-ylog(\hat{y})", "[-<y log!@((y~hat))>]"),
    (r"xyz", "<x y z>"),
    (r"sinx", "sin!@(x)"),
    (r"cost", "<c o s t>"),
    (r"x_{ij}", "x_{<i j>}"),
    (r"x_{t-1}", "x_{[+t -1]}"),
    (r"y^{(i)}", "y^{(i)}"),
    (r"W^{[l]}", "W^{[l]}"),
    (r"A^{-1}", "A^{[-1]}"),
    (r"X^\top", "X^{top}"),
    (r"X^{-\top}", "X^{[-top]}"),
    (r"x^*", "x^{*}"),
    (r"x^{+}", "x^{+}"),
    (r"90^\circ", "90^{circ}"),
    (r"x_{1:n}", "x_{(1 : n)}"),
    (r"X_{:,j}", "X_{:, j}"),
    (r"x_{\text{train}}", "x_{train!}"),
    (r"{}^n", "□^{n}"),
    (r"\mathbb{E}_{x \sim p}[x]", "<E:blackboard_{{x sim p}} [x]>"),
    (r"\hat{\mathbf{x}}", "x~hat:bold"),
    (r"{\bf x}", "x:bold"),
    (r"1,000 + 10{,}000", "[+1000 +10000]"),
    (r"x_t'", "x'_{t}"),
    (r"a^{<t>}", "a^{⟨t⟩}"),
    (r"\bar{x}_i", "x~bar_{i}"),
    (r"x\_i", "x_{i}"),
]


OPERATORS = [
    (r"a - b + c", "[+a -b +c]"),
    (r"a / b c", "(a / <b c>)"),
    (r"a \big/ b", "(a / b)"),
    (r"2 \cdot x y", "(2 cdot <x y>)"),
    (r"a \cdot -b", "(a cdot [-b])"),
    (r"n!", "(n)!"),
    (r"n!!", "(n)!!"),
    (r"{n \choose k}", "binom(n, k)"),
    (r"a \over b", "frac(a, b)"),
    (r"\binom{n}{k}", "binom(n, k)"),
    (r"\sqrt[3]{x}", "root(x, 3)"),
    (r"5\%", "(5)%"),
    (r"a \equiv b \pmod n", "{a equiv (b pmod n)}"),
    (r"-1 \bmod 2", "([-1] mod 2)"),
    (r"f(\cdot, y)", "<f (□, y)>"),
    (r"A \cup B \cap C", "(A cup (B cap C))"),
    (r"x != y", "{x != y}"),
    (r"a \stackrel{(a)}{=} b", "{a = b}"),
    (r"a \overset{\text{def}}{=} b", "{a defined b}"),
    (r"a \not= b", "{a != b}"),
    (r"a \not\in B", "{a notin B}"),
    (r"\forall x \in S: x > 0", "forall({x in S} : {x > 0})"),
    (r"\forall n, f(n) = 0", "forall(n : {<f (n)> = 0})"),
    (r"\exists y, y^2 = 2", "exists(y : {y^{2} = 2})"),
    (r"\exists x, y, x = y", "exists(x, y : {x = y})"),
    (r"\mathbf{a} \Leftarrow A b", "{a:bold gets <A b>}"),
    (r"\forall \mathbf{x}, \mathbf{y}", "forall(x:bold, y:bold)"),
    (r"\forall k \in N, a, b \in S", "forall({k in N} : {a, b in S})"),
    (r"\forall t < T, s \in S: x = y", "forall({t < T}, {s in S} : {x = y})"),
    (r"\forall x, y \in S: x = y", "forall({x, y in S} : {x = y})"),
    (r"\pm 1", "[pm1]"),
    (r"a \times b \odot c", "((a times b) odot c)"),
    (r"\underbrace{a+b}_{c}", "underbrace([+a +b], c)"),
    (r"x \in {1, 2}", "{x in {1, 2}}"),
]


MATRICES_AND_CASES = [
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "pmatrix(1 & 2 / 3 & 4)"),
    (
        r"\begin{cases} 0 & \text{if } x < 0 \\ 1 & \text{otherwise} \end{cases}",
        "cases(0 if {x < 0} / 1 if 'otherwise')",
    ),
    (
        r"f(x) = \left\{ \begin{array}{ll} x & x > 0 \\ 0 & \text{else} \end{array} \right.",
        "{<f (x)> = cases(x if {x > 0} / 0 if 'else')}",
    ),
    (
        r"\begin{cases} 1 & \text{if } x > 0 \text{ and } y > 0 \end{cases}",
        "cases(1 if ({x > 0} wedge {y > 0}))",
    ),
    (r"\begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}", "bmatrix(x_{1} / … / x_{n})"),
]


@pytest.mark.parametrize(
    ("latex", "tree"),
    ROWS_AND_PARTS
    + MARKS
    + BARS
    + FUNCTIONS
    + SUMS_AND_LIMITS
    + INTEGRALS_AND_DERIVATIVES
    + NAMES_AND_SCRIPTS
    + OPERATORS
    + MATRICES_AND_CASES,
)
def test_reading(latex: str, tree: str) -> None:
    assert shown(latex) == tree
