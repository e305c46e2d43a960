"""Letters and their binders: what is sloppy but accepted gets no finding, the same with a slip gets one."""

from __future__ import annotations

import pytest

from derive.form.slips import FORM, STRUCTURE
from derive.front.document import check_source
from derive.model import Source, Status

NAMES = {c.name for c in (*FORM, *STRUCTURE)}

ACCEPTED = [
    r"The sum convention gives $$c_{ik} = a_{ij} b_{jk}$$",
    r"The trace is $$\operatorname{tr} A = A_{ii}$$",
    r"The inner product is $$\sum_i x_i y_i = x^\top y$$",
    r"In matrices, $$y = A x, \quad y_i = \sum_j A_{ij} x_j$$",
    r"The risk is $$E_x[f(x)] = \frac{1}{n} \sum f(x_i)$$",
    r"The loss is $$L = \sum_i L_i$$",
    r"By linearity $$E\left[\sum_{i=1}^n X_i\right] = n E[X_i]$$",
    r"By independence $$\operatorname{Var}\left(\sum_{i=1}^n X_i\right) = n \operatorname{Var}(X_i)$$",
    r"The mean over a batch is $$\bar{x} = \frac{1}{n} \sum_n x_i$$",
    r"Over the data, $$L(w) = \sum_{\mathcal{D}} (y_i - w x_i)^2$$",
    r"A sum of ones is $$\sum_{i=1}^n 1 = n$$",
    r"A sum of constants is $$\sum_{i=1}^n c = n c$$",
    r"The length is $$\int_0^1 dx = 1$$",
    r"The weights are $$p_i = \frac{e^{z_i}}{\sum_i e^{z_i}}$$",
    r"The precision of class $i$ is $$P_i = \frac{C_{ii}}{\sum_j C_{ij}}$$",
    r"The area under the curve is $$F(x) = \int_0^x f(x)\,dx$$",
    r"The path is $$x(t) = \int\int a \, dt \, dt$$",
    r"The delta filters, $$\sum_j \delta_{ij} a_j = a_i$$",
    r"The stationary chain has $$\lim_{n \to \infty} P_{ij}^{(n)} = \pi_j$$",
    r"The chain goes on as $$X_{t+1} = a X_t + \varepsilon_t$$",
    r"The adjacency is normalised, $$W_{ij} = \frac{1}{d_i}$$",
    r"A vector with components, $$x_i = (x_{i1}, \dots, x_{id})$$",
    r"The best index is $$k = \arg\max_i \sum_j w_{ij} x_j$$",
    r"Marginalising, $$p(x) = \int p(x \mid z) p(z) \, dz$$",
    r"Marginalising twice, $$p(x) = \sum_y \sum_z p(x, y, z)$$",
    r"Products of sums are double sums, $$\sum_i a_i \sum_i b_i = \sum_i \sum_j a_i b_j$$",
    r"The degrees are $$\sum_{j \in N(i)} 1 = d_i$$",
    r"The total energy is $$E = \int_0^L u(x, t) \, dx$$",
    r"The moment is $$M(t) = \int_0^T \rho(s) \, ds$$",
    r"The derivative by a component is $$\frac{\partial}{\partial x_i} \sum_j x_j^2 = 2 x_i$$",
    r"The empirical measure is $$\hat{p} = \frac{1}{N} \sum_{n=1}^N \delta_{x_n}$$",
    r"Iterating, $$\prod_{t=1}^T \gamma = \gamma^T$$",
    r"The Gram matrix is $$K_{ij} = k(x_i, x_j)$$",
    r"The norm is $$\sum_i (y_i - x_i)^2 = \|y - x\|^2$$",
    r"Rows have norms, $$\sum_j w_{ij}^2 = \|w_i\|^2$$",
    r"For samples that are vectors, $$L = \sum_i \|y_i - x_i\|^2$$",
    r"The rate is $$\frac{c(r + dr) - c(r)}{dr} = k$$",
    r"The differential is $$dV = 2 \pi r h\, dr + \pi r^2\, dh$$",
    r"The process obeys $$dX = \mu X\, dt + \sigma X\, dW$$",
    r"The transform is $$y(\lambda) = \begin{cases} \frac{x^\lambda - 1}{\lambda} & \lambda \neq 0 \\"
    r" \log x & \text{otherwise} \end{cases}$$",
    r"The unit fires by $$h(x) = \begin{cases} 1 & z > 0 \\ 0 & \text{otherwise} \end{cases}$$",
    r"The indicator counts, $$n_k = \sum_i (y_i = k)$$",
    r"The series is $$e^{z} = 1 + z + \frac{1}{2} z^2 + \frac{1}{6} z^3 + \cdots$$",
    r"The polynomial is $$p(x, y) = 1 + x + y^2 + x^3$$",
    r"The Christoffel symbols are $$\Gamma^k_{ij} = \frac{1}{2} g^{kl} (\partial_i g_{jl} + \partial_j g_{il})$$",
    r"The stress is $$\sigma_{ij} = 2 \mu \varepsilon_{ij} + \lambda \delta_{ij} \varepsilon_{kk}$$",
    r"The variance of a mean is $$V = \frac{1}{n^2} \sum_{i=1}^n \sigma^2 = \frac{\sigma^2}{n}$$",
    r"The covariance is $$S_{ij} = \frac{1}{n} \sum_k (x_{ki} - m_i)(x_{kj} - m_j)$$",
    r"The outer sum counts, $$\sum_{i=1}^n \sum_{j=1}^m y_j = n \sum_j y_j$$",
    r"One sample stands for all, $$\nabla L = \frac{1}{N} \sum_{i=1}^N \nabla L_i \approx \nabla L_k$$",
    r"The conditional mean is $$E[X \mid Y = y] = \int x f_{X \mid Y}(x \mid y)\, dx$$",
    r"The regret is $$R_T = \sum_{t=1}^T (\mu^* - \mu_{a_t})$$",
    r"The shares are $$\gamma_{nk} = \frac{\pi_k p(x_n \mid \mu_k)}{\sum_j \pi_j p(x_n \mid \mu_j)}$$",
    r"Attention is $$\alpha_{ij} = \frac{a_{ij} b_i}{\sum_{k \in N(i)} a_{ik} b_i}$$",
    r"The mean is $$E(x) = \int_0^\infty x f(x; \lambda)\, dx$$",
    r"Green's function gives $$u(x) = \int_0^1 G(x, y) f(y)\, dy$$",
    r"A constant is integrated twice, $$\int_0^1 \int_0^1 c \, dx \, dx = c$$",
    r"A quotient of rates, $$\frac{\frac{dy}{dt}}{\frac{dx}{dt}} = \frac{dy}{dx}$$",
    r"The motion is $$\frac{dx}{dt} = v, \quad \frac{dv}{dt} = a, \quad \frac{dx}{dt} = a t$$",
    r"The slope is $\frac{dy}{dx}$, $\frac{dy}{dx}$ being a ratio.",
    r"The cost is $$c(n) = \begin{cases} a + b & a < b \\ 0 & \text{otherwise} \end{cases}$$",
    r"The function is $$F(z) = 1 + z + w^2 + z^3 + \cdots$$",
    r"Over the edges, $$C = \sum_{e \in E} w_{ij} (x_i - x_j)^2$$",
    r"Over the samples, $$C = \sum_{s \in S} (y_i - a_i)^2$$",
    r"By braces, $$b = \int_{a}^{b}{f(x) \sin x \, dx}$$",
    r"The partial sums obey $$\sum_{i=1}^{m} x_i = \sum_{i=1}^{m-1} (x_i + y_i) + x_m$$",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted_notation_gets_no_finding(text: str) -> None:
    report, faults = check_source(Source("example.md", text.replace("$$", "\n\n$$", 1) + "\n"))
    assert not faults
    assert [d.message for d in report.diagnostics if d.name in NAMES] == []


def test_the_norm_of_whole_vectors_beside_their_elements_is_no_number() -> None:
    text = "The loss is\n\n$$L = \\sum_i (\\hat{y}_i - x_i)^2 = \\|\\hat{y} - x\\|^2$$\n"
    report, faults = check_source(Source("example.md", text))
    assert not faults
    assert report.diagnostics == ()
    assert all(d.verdict.status is not Status.REFUTED for d in report.decided)


SLIPS = [
    (r"The mean is $$m = \frac{1}{n} \sum_{i=1}^n x_k$$", "unused-index", "nothing binds $k$", "k"),
    (r"The loss is $$L = -\sum_{c=1}^C y_i \log p_i$$", "unused-index", "runs over $c$", "i"),
    (
        r"A product has entries $$c_{ij} = \sum_{k=1}^n a_{il} b_{lj}$$",
        "unused-index",
        "nothing binds $l$",
        "l",
    ),
    (
        r"The shares are $$p_i = \frac{w_i x_i}{\sum_j w_j x_i}$$",
        "unused-index",
        "keeps the letter $i$",
        None,
    ),
    (r"The kernel is $$K_{ij} = \langle x_i, x_i \rangle$$", "dangling-index", "$j$", "j"),
    (r"The covariance is $$V_{jk} = \operatorname{Cov}(X_j, X_j)$$", "dangling-index", "$k$", "k"),
    (
        r"The mean is $$\mathbb{E}[f(X,Y) \mid X=x] = \int_{-\infty}^\infty f(x,y) p(y \mid x)\,dx$$",
        "wrong-differential",
        "$y$ is left over",
        "y",
    ),
]


@pytest.mark.parametrize(("text", "name", "words", "mend"), SLIPS)
def test_a_slip_is_told_with_its_letters(text: str, name: str, words: str, mend: str | None) -> None:
    report, faults = check_source(Source("example.md", text.replace("$$", "\n\n$$", 1) + "\n"))
    assert not faults
    (found,) = (d for d in report.diagnostics if d.name == name)
    assert words in found.message
    assert mend is None or (found.fix is not None and found.fix.latex == mend)
