"""Notation that the formula leaves open: every reading of it, the best first."""

from __future__ import annotations

import pytest

from derive.meaning.formula import readings as read_terms
from derive.term.nodes import Apply


def readings(latex: str) -> list[str]:
    """All readings as they print, without spacing commands."""
    printed = []
    for reading in read_terms(latex):
        text = reading.terms[0].to_latex()
        for hidden in ("\\left", "\\right"):
            text = text.replace(hidden, "")
        printed.append(text.replace(" \\cdot ", " "))
    return printed


@pytest.mark.parametrize(
    ("latex", "meanings"),
    [
        # a bound letter above may count: it is a power or the i-th of several
        (r"\sum_{i=1}^n x^i", [r"\sum_{i = 1}^{n} x^{i}", r"\sum_{i = 1}^{n} x_{i}"]),
        (r"\frac1T \sum_{t=1}^T f(x^t)",
         [r"\frac{1}{T} (\sum_{t = 1}^{T} f(x_{t}))", r"\frac{1}{T} (\sum_{t = 1}^{T} f(x^{t}))"]),
        # ... unless the formula uses the bare letter, or the index as a subscript
        (r"r \sum_{i=1}^n r^i", [r"r (\sum_{i = 1}^{n} r^{i})"]),
        (r"\sum_{i=1}^n a_i x^i", [r"\sum_{i = 1}^{n} (a_{i} x^{i})"]),
        (r"\sum_{i=1}^n i x^i", [r"\sum_{i = 1}^{n} (i x^{i})"]),
        # a column of two in an array: a binomial coefficient among numbers, a vector among vectors
        (r"2 \left(\begin{array}{c} n-1 \\ k \end{array}\right)",
         [r"2 \binom{n - 1}{k}", r"2 \begin{pmatrix} n - 1 \\ k \end{pmatrix}"]),
        (r"\left(\begin{array}{c} a \\ b \end{array}\right) \mathbf x",
         [r"\begin{pmatrix} a \\ b \end{pmatrix} \mathbf{x}", r"\binom{a}{b} \mathbf{x}"]),
        (r"\begin{pmatrix} n \\ k \end{pmatrix}", [r"\begin{pmatrix} n \\ k \end{pmatrix}"]),
        # what stands behind a slash: the denominator goes on, or the quotient is a factor
        (r"1/n \sum_i x_i", [r"\frac{1}{n} (\sum_{i} x_{i})", r"\frac{1}{n (\sum_{i} x_{i})}"]),
        (r"1/2 \|x\|^2", [r"\frac{1}{2} \|x\|^{2}", r"\frac{1}{2 \|x\|^{2}}"]),
        (r"\pi/8 \, s^2", [r"\frac{\pi}{8} s^{2}", r"\frac{\pi}{8 s^{2}}"]),
        (r"x/2\pi", [r"\frac{x}{2 \pi}", r"\frac{x}{2} \pi"]),
        (r"1/(2\pi) x", [r"\frac{1}{2 \pi} x", r"\frac{1}{(2 \pi) x}"]),
        (r"a/bc", [r"\frac{a}{b c}"]),
        (r"f(x)/g(x)", [r"\frac{f(x)}{g(x)}"]),
        # a function without its argument under an integral
        (r"\int_0^1 c f\,dx", [r"\int_{0}^{1} (c f(x)) \, dx", r"\int_{0}^{1} (c f) \, dx"]),
        (r"\int_0^h (h t - t^2)\,dt", [r"\int_{0}^{h} (h t - t^{2}) \, dt"]),
        # ... and behind an argument without a parenthesis
        (r"\ln 2/\delta", [r"\frac{\log(2)}{\delta}", r"\log(\frac{2}{\delta})"]),
        (r"a \sin\theta/2", [r"a \sin(\frac{\theta}{2})", r"\frac{a \sin(\theta)}{2}"]),
        (r"\sin(x)/2", [r"\frac{\sin(x)}{2}"]),
        # derivatives of vectors multiply as vectors
        (r"\vec r'(s) \times \vec r''(s)", [r"\vec{r}'(s) \times \vec{r}''(s)"]),
        # a bar with bounds behind a parenthesis closes over that first
        (r"a - (\frac{x^2}{4})\big|_1^2",
         [r"a - (. \frac{x^{2}}{4}|_{x = 2} - . \frac{x^{2}}{4}|_{x = 1})",
          r".(a - \frac{x^{2}}{4})|_{1}^{2}"]),
        # what is applied to a function gives a function
        (r"D(f)(k)", [r"(D(f))(k)"]),
        (r"D_{\mathrm{JS}}[p, q]", [r"D_{\mathrm{JS}}(p, q)"]),
        (r"LL(D)", [r"\mathrm{LL}(D)", r"L L(D)"]),
        (r"A \bigcap B", [r"A \cap B"]),
        (r"P(\forall h: h > 1)", [r"\mathbb{P}(\forall h, h > 1)"]),
        (r"\hat T \times \hat N + \vec r", [r"\hat{T} \times \hat{N} + \vec{r}"]),
        (r"\operatorname{Var}(s) + E(w_i)",
         [r"\operatorname{Var}[s] + \mathbb{E}[w_{i}]", r"\operatorname{Var}[s] + E(w_{i})"]),
        (r"\sum_{a \in A} a P_{x \to y}^a", [r"\sum_{a \in A} (a P_{x\to y}^{(a)})"]),
        # special functions: two orders, prescripts, products as arguments
        (r"P_n^m(x)", [r"P_{m,n}(x)", r"(P_{n}(x))^{m}"]),
        (r"T_n^2(x)", [r"(T_{n}(x))^{2}"]),
        (r"x_n^k", [r"x_{n}^{k}"]),
        (r"\pi \,_2F_1(a; b; z)", [r"\pi {}_{2}F_{1}(a, b, z)"]),
        (r"I_{m-1}(a x)", [r"I_{m - 1}(a x)", r"I_{m - 1} (a x)", r"I_{m - 1}(a x)"]),
        (r"\mathrm{E}_1(z)", [r"\mathrm{E}_{1}(z)"]),
        (r"T_{2n}(x) + T_{2n+1}(x)", [r"T_{2 n}(x) + T_{2 n + 1}(x)"]),
        (r"P(x) + Q(x) dy/dx", [r"P(x) + Q(x) (\frac{d}{d x} y)"]),
        (r"P_l^m(\cos\theta)", [r"P_{m,l}(\cos(\theta))", r"P_{l}^{m} \cos(\theta)"]),
        (r"\mathrm{dn}(u, m)", [r"\mathrm{dn}(u, m)"]),
        (r"(a)_k", [r"(a)_{k}"]),
        (r"E(a X + b)", [r"\mathbb{E}[a X + b]", r"E(a X + b)"]),
        (r"y^{(n)} + y''", [r"y^{(n)} + y''", r"y_{n} + y''"]),
        (r"A2 x", [r"\mathrm{A2} x"]),
        (r"2x2", [r"2 x 2"]),
        (r"1(y = l)", [r"\mathbb{1}[y = l]"]),
        (r"\mathbf B^T (\mathbf A^{n})^T", [r"\mathbf{B}^{\top} (\mathbf{A}^{n})^{\top}"]),
        (r"\prod_i q_i \ln p", [r"(\prod_{i} q_{i}) \log(p)", r"\prod_{i} (q_{i} \log(p))"]),
        (r"\vec c + (r\hat x) \times (s\hat x + t\hat y)",
         [r"\vec{c} + (r \hat{x}) \times (s \hat{x} + t \hat{y})"]),
        # bars around a determinant
        (r"\left|\begin{vmatrix} a & b \\ c & d \end{vmatrix}\right|",
         [r"|\det(\begin{pmatrix} a & b \\ c & d \end{pmatrix})|"]),
        # numbers above a subscripted letter count where a 1 is among them
        (r"b_j^1 + b_j^2", [r"b_{1,j} + b_{2,j}", r"b_{j}^{1} + b_{j}^{2}"]),
        (r"b_j^3 + b_j^2", [r"b_{j}^{3} + b_{j}^{2}"]),
        (r"\Gamma_{ij}^k g^{kl}", [r"\Gamma_{i,j}^{k} g^{kl}"]),
        (r"K^{(2)}(x)", [r"K''(x)", r"K^{(2)}(x)"]),
        (r"f^{(2)}(x)", [r"f''(x)"]),
        # e that multiplies and has no powers but numbers may be a letter
        (r"(1 - e^2)/(1 + e \cos\theta)",
         [r"\frac{1 - e^{2}}{1 + e \cos(\theta)}", r"\frac{1 - e^{2}}{1 + e \cos(\theta)}"]),
        (r"x e^2", [r"x e^{2}"]),
        # letters with hats: unit vectors, or estimates
        (r"k \hat x \times (\hat x \times \hat y)",
         [r"(k \hat{x}) \times (\hat{x} \times \hat{y})", r"k \hat{x} (\hat{x} \hat{y})"]),
        (r"r \hat x \cdot (k \hat x + \vec d)",
         [r"\langle r \hat{x}, k \hat{x} + \vec{d} \rangle"]),
        # samples next to samples
        (r"\lambda[n] + \lambda[N-1]", [r"\lambda_{n} + \lambda_{N - 1}"]),
        (r"\mathbf u[n] - \lambda[N-1]",
         [r"\mathbf{u}_{n} - \lambda_{N - 1}", r"\mathbf{u}_{n} - \lambda (N - 1)"]),
        # events, rings and sets
        (r"\mathbb{1}\{A\} \Pr{B}", [r"\mathbb{1}[A] \mathbb{P}(B)"]),
        (r"P(h \in H: g(h) > c)", [r"\mathbb{P}(\{h \in H \mid g(h) > c\})"]),
        (r"\mathbb{R}[x]", [r"\mathbb{R}[x]"]),
        (r"\prod_{k \in n(a)} m_k", [r"\prod_{k \in n(a)} m_{k}"]),
        # a letter that stands by itself elsewhere multiplies a sum
        (r"\frac{y_0}{1 - y_0(x - x_0)}",
         [r"\frac{y_{0}}{1 - y_{0} (x - x_{0})}", r"\frac{y_{0}}{1 - y_{0}(x - x_{0})}"]),
        (r"y(x^{-1}(u))", [r"y(x^{-1}(u))", r"y x^{-1}(u)"]),
        (r"{x^{-1}}'(u)", [r"(x^{-1})'(u)"]),
        # a star on what is a signal is part of its name, on a value a mark
        (r"\mathbf{u}^*[n]", [r"\mathbf{u}_{n}^{*}"]),
        (r"\mathbf{u}[n]^*", [r"\mathbf{u}_{n}^{*}"]),
        # words say something of what follows
        (r"x + \text{terms that do not depend on } a", [r"x + \text{terms that do not depend on $a$}"]),
        # entries of an inverse, of what is indexed; transposes behind an index
        (r"C_{jk}^{-1}", [r"(C^{-1})_{j,k}", r"C_{j,k}^{-1}"]),
        (r"x^{(n)T} A^T", [r"x_{n}^{\top} A^{\top}"]),
        (r"\sum_j (y_i)_j", [r"\sum_{j} (y_{i})_{j}"]),
        (r"{\bf A^c} \cap B", [r"\mathbf{A}^{c} \cap B"]),
        # a function applied several times
        (r"B^k(x_t)", [r"(B^{k})(x_{t})", r"(B(x_{t}))^{k}"]),
        (r"Rm(v, w) c", [r"\mathrm{Rm}(v, w) c", r"R m(v, w) c"]),
        (r"A(x^* \mid x^{t-1})", [r"A(x^{*} \mid x_{t - 1})", r"A(x^{*} \mid x^{t - 1})"]),
        (r"\vec F'(t) \cdot \frac{\vec F(t) - \vec B(t)}{a}",
         [r"\langle \vec{F}'(t), \frac{\vec{F}(t) - \vec{B}(t)}{a} \rangle"]),
        (r"P(\text{rain})", [r"\mathbb{P}(\mathrm{rain})"]),
        (r"h(x^1) + \dots + h(x^m)", [r"\sum_{k = 1}^{m} h(x_{k})", r"\sum_{k = 1}^{m} h(x^{k})"]),
        (r"\mathbf{x}[N] + \lambda[N-1]",
         [r"\mathbf{x}_{N} + \lambda_{N - 1}", r"\mathbf{x}_{N} + \lambda (N - 1)"]),
        (r"\Pr{A \cap B}", [r"\mathbb{P}(A \cap B)"]),
        (r"\int_{\theta(0)}^{\theta(t)} \cos(\theta(t)) d\theta",
         [r"\int_{\theta(0)}^{\theta(t)} \cos(\theta(t)) \, d\theta",
          r"\int_{\theta(0)}^{\theta(t)} \cos(\theta t) \, d\theta"]),
        (r"R_{x \to y}^{a} + c", [r"R_{x\to y}^{(a)} + c"]),
        (r"\Gamma^m_{jk} x", [r"\Gamma_{j,k}^{m} x"]),
        (r"\hat x \cdot \hat x'", [r"\langle \hat{x}, \hat{x}' \rangle", r"\hat{x} \hat{x}'"]),
        (r"P(\Omega - A)", [r"\mathbb{P}(\Omega \setminus A)"]),
        (r"|\Lambda\Lambda^T + \Psi|",
         [r"\det(\Lambda \Lambda^{\top} + \Psi)", r"|\Lambda \Lambda^{\top} + \Psi|"]),
        (r"a (\kappa) x + a (m - \kappa) y + a z",
         [r"a \kappa x + a (m - \kappa) y + a z", r"a(\kappa) x + a(m - \kappa) y + a z"]),
        # sets take no factors
        (r"\prod_{k \in n(a) \setminus b} m_k", [r"\prod_{k \in n(a) \setminus b} m_{k}"]),
        # a letter that stands only above a function's name is rather a mark
        (r"\bar y^d(t)", [r"\bar{y}^{d}(t)", r"(\bar{y}(t))^{d}"]),
        (r"\ddot{x}^d", [r"\ddot{x}^{d}", r"\ddot{x}^{d}"]),
        (r"V^\pi(s)", [r"V^{\pi}(s)"]),
    ],
)  # fmt: skip
def test_the_readings(latex: str, meanings: list[str]) -> None:
    assert readings(latex) == meanings


@pytest.mark.parametrize(
    ("latex", "measured"),
    [
        (r"\int f\,d\mu", True),
        (r"\int_0^T X_t\,dW_t", True),
        (r"\int u\,dv", True),
        (r"\oint F\cdot d\mathbf r", True),
        (r"\int_C \mathbf F(\mathbf r)\cdot d\mathbf r", True),
        (r"\int_0^1 \mu^2\,d\mu", False),
        (r"\int_a^b f(P)\,dP", False),
        (r"\int p(\mathbf x)\,d\mathbf x", False),
        (r"\int c\,dx", False),
    ],
)
def test_what_is_no_variable_is_not_integrated_by(latex: str, measured: bool) -> None:
    """No integrand is a constant to a measure, a process, another function or a path."""
    (first, *_) = read_terms(latex)
    assert (isinstance(first.terms[0], Apply) and first.terms[0].head.startswith("measured")) is measured
