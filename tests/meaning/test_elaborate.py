"""What notation means in its scope, by example: LaTeX, scope, term."""

from __future__ import annotations

import pytest

from derive.meaning.formula import read_term
from derive.meaning.formula import readings as read_terms
from derive.notation.syntax import NotationError
from derive.reasons.choices import Chosen
from derive.term.nodes import (
    ONE,
    TWO,
    Add,
    Apply,
    At,
    BigOp,
    Binder,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Expectation,
    Integral,
    Limit,
    Mul,
    Neg,
    Piecewise,
    Pow,
    Prime,
    Probability,
    Relation,
    Symbol,
    Tuple,
    Type,
    integer,
)
from derive.term.scope import Definition, Scope
from derive.term.traverse import walk

a, b, c, f, i, j, k, m, n, t, x, y, z = (Symbol(s) for s in "abcfijkmntxyz")
theta, L = Symbol("\\theta"), Symbol("L")
FUNCTION = Type(role="function")


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        ("a - b", Add((a, Neg(b)))),
        (r"\frac{a}{b}", Div(a, b)),
        ("2xy", Mul((TWO, x, y))),
        ("y(1-x)", Mul((y, Add((ONE, Neg(x)))))),
        ("f(x+1)", Call(f, (Add((x, ONE)),))),
        ("f(x, y)", Call(f, (x, y))),
        ("n(n+1)", Mul((n, Add((n, ONE))))),
        ("x(t)", Call(x, (t,))),
        ("x^2", Pow(x, TWO)),
        ("x_0", Symbol("x_{0}")),
        ("x_i", Element(x, (i,))),
        ("A_{ij}", Element(Symbol("A"), (i, j))),
        ("x_{n+1}", Element(x, (Add((n, ONE)),))),
        (r"L_{\text{reg}}", Symbol(r"L_{\mathrm{reg}}")),
        ("y^{(i)}", Element(y, (i,))),
        ("x_j^{(i)}", Element(x, (i, j))),
        (r"\theta^\top x", Mul((Apply("transpose", (theta,)), x))),
        ("x^T y", Mul((Apply("transpose", (x,)), y))),
        (r"\hat y", Symbol(r"\hat{y}")),
        ("f'(x)", Call(Prime(f, ONE), (x,))),
        ("f^{(n)}(x)", Call(Prime(f, n), (x,))),
        ("x'", Symbol("x'")),
        (r"\sin^2 x", Pow(Apply("sin", (x,)), TWO)),
        (r"\sin^{-1} x", Apply("arcsin", (x,))),
        (r"\frac{dy}{dx}", Derivative(y, ((x, ONE),), False)),
        (r"\frac{d}{dx} x^2", Derivative(Pow(x, TWO), ((x, ONE),), False)),
        (r"\frac{\partial^2 f}{\partial x \partial y}", Derivative(f, ((x, ONE), (y, ONE)))),
        (r"\frac{\partial L}{\partial \theta}", Derivative(L, ((theta, ONE),))),
        (r"\nabla_\theta L", Derivative(L, ((theta, ONE),))),
        (r"\partial_x f", Derivative(f, ((x, ONE),))),
        ("e^{x}", Pow(Constant("e"), x)),
        ("e^{i x}", Pow(Constant("e"), Mul((Constant("i"), x)))),
        (r"|x|", Apply("abs", (x,))),
        (r"\|x\|_2^2", Pow(Apply("norm", (x, TWO)), TWO)),
        (r"\binom{n}{k}", Apply("binomial", (n, k))),
        (r"\int_0^1 x \, dx", Integral(x, x, integer(0), ONE)),
        (r"\lim_{x \to 0^+} x", Limit(x, x, integer(0), "+")),
        (r"\sum_{i=1}^n x_i", BigOp("sum", Element(x, (i,)), (Binder(i, ONE, n),))),
        (r"\sum_i x_i", BigOp("sum", Element(x, (i,)), (Binder(i),))),
        (r"\sum_{x \in S} x", BigOp("sum", x, (Binder(x, domain=Symbol("S")),))),
        (
            r"\sum_{i \neq k} x_i",
            BigOp("sum", Element(x, (i,)), (Binder(i, condition=Relation("!=", i, k)),)),
        ),
        (r"x_1 + \cdots + x_n", BigOp("sum", Element(x, (k,)), (Binder(k, ONE, n),))),
        (r"1 + 2 + \cdots + n", BigOp("sum", k, (Binder(k, ONE, n),))),
        (r"\mathbb{E}[X]", Expectation("E", (Symbol("X"),))),
        (r"p(x|y)", Probability((x,), (y,), function=Symbol("p"))),
        (r"P(A \mid B)", Probability((Symbol("A"),), (Symbol("B"),))),
        (r"\mathbb{P}[A]", Probability((Symbol("A"),))),
        (r"\left. x^2 \right|_{x=3}", At(Pow(x, TWO), x, integer(3))),
        (r"\log_2 x", Apply("log", (x, TWO))),
        (r"\Gamma(x)", Apply("gamma", (x,))),
        (r"J_n(x)", Apply("bessel_j", (n, x))),
        ("n!", Apply("factorial", (n,))),
        (
            r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            Piecewise(((ONE, Relation(">", x, integer(0))), (integer(0), None))),
        ),
        (r"a \equiv b \pmod n", Relation("equiv", a, Apply("mod", (b, n)))),
        ("x = y", Relation("=", x, y)),
    ],
)
def test_meaning(latex, term):
    assert read_term(latex) == term


@pytest.mark.parametrize(
    ("latex", "scope", "term"),
    [
        ("a(b+c)", Scope({"a": FUNCTION}), Call(a, (Add((b, c)),))),
        ("f(x+1)", Scope({"f": Type()}), Mul((f, Add((x, ONE))))),
        ("f(x+1)", Scope(definitions={"f": Definition("f", x, (x,), "function")}), Call(f, (Add((x, ONE)),))),
        ("x_1", Scope({"x": Type(role="sequence")}), Element(x, (ONE,))),
        ("x_1", Scope({"x": Type(shape=("n",))}), Element(x, (ONE,))),
        ("x^T", Scope({"T": Type()}), Pow(x, Symbol("T"))),
        ("|A|", Scope({"A": Type(shape=("n", "n"))}), Apply("det", (Symbol("A"),))),
        ("|A|", Scope({"A": Type(role="set")}), Apply("cardinality", (Symbol("A"),))),
        ("e^{x}", Scope({"e": Type()}), Pow(Symbol("e"), x)),
        (r"\log x", Scope(options={"log": "10"}), Apply("log", (x, integer(10)))),
        ("y'", Scope({"y": FUNCTION}), Prime(y, ONE)),
    ],
)
def test_the_scope_decides(latex, scope, term):
    assert read_term(latex, scope) == term


def test_open_notation_has_two_readings_with_words_for_the_choice():
    first, second = read_terms("f(x+1)")
    assert first.terms[0] == Call(f, (Add((x, ONE)),))
    assert second.terms[0] == Mul((f, Add((x, ONE))))
    assert first.choices[0].kind is Chosen.APPLIED and second.choices[0].kind is Chosen.TIMES_PARENTHESIS


@pytest.mark.parametrize("latex", [r"\frac{d}{dx}", r"f()", r"\sin", r"\frac{d^2 y}{dx}"])
def test_what_has_no_term_is_an_error(latex):
    with pytest.raises(NotationError):
        read_term(latex)


def test_every_node_knows_its_place():
    term = read_term(r"a + \frac{b}{c}")
    assert term.args[1].span.start == 4 and term.args[1].numerator.span.start == 10


@pytest.mark.parametrize(
    ("latex", "variable", "point"),
    [
        (r"\frac{\partial f(x_0, u_0)}{\partial x}", "x", "x_{0}"),
        (r"\nabla_x f(\hat x, u)", "x", r"\hat{x}"),
        (r"\frac{\partial f(\mathbf{x}[n])}{\partial \mathbf{x}}", r"\mathbf{x}", r"\mathbf{x}_{n}"),
    ],
)
def test_a_derivative_by_an_argument_that_is_a_point(latex: str, variable: str, point: str) -> None:
    term = read_term(latex)
    assert isinstance(term, At) and isinstance(term.body, Derivative) and isinstance(term.body.body, Call)
    assert (term.variable, term.value.to_latex()) == (Symbol(variable), point)
    assert term.body.body.args[0] == Symbol(variable)


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\partial f(x, x_0)}{\partial x}",
        r"\frac{\partial f(x_1, x_2)}{\partial x}",
        r"\frac{\partial f(x_1, x_2)}{\partial x_1}",
        r"\frac{d f(x(t))}{d t}",
    ],
)
def test_a_derivative_by_a_letter_that_is_no_single_point(latex: str) -> None:
    assert isinstance(read_term(latex), Derivative)


def test_the_transpose_of_a_sample() -> None:
    term = read_term(r"\lambda^\top[n]")
    assert term == Apply("transpose", (Element(Symbol("\\lambda"), (n,)),))


def test_brackets_that_sample_in_other_lines_sample_here() -> None:
    scope = Scope(usage={"\\lambda": frozenset({"sampled"})})
    lam = Symbol("\\lambda")
    assert read_term("\\lambda[N-1]", scope) == Element(lam, (Add((Symbol("N"), Neg(ONE))),))
    assert isinstance(read_term("\\lambda[N-1]"), Mul)


@pytest.mark.parametrize(
    "latex", [r"\Pr\{\omega \in \Omega : X > 1\}", r"\Pr{\{\omega \in \Omega : X > 1\}}", r"P(\{x : x > 2\})"]
)
def test_the_probability_of_a_set_is_not_conditional(latex: str) -> None:
    term = read_term(latex)
    assert isinstance(term, Probability) and not term.given
    assert isinstance(term.args[0], Apply) and term.args[0].head == "set_builder"


def test_braces_after_a_probability_hold_its_event() -> None:
    assert read_term(r"\Pr{X = x}") == read_term(r"\Pr(X = x)")


def test_the_gamma_function_takes_numbers() -> None:
    assert read_term(r"\Gamma(\boldsymbol\mu, \boldsymbol\lambda)") == Call(
        Symbol("\\Gamma"), (Symbol("\\boldsymbol{\\mu}"), Symbol("\\boldsymbol{\\lambda}"))
    )


def test_the_letter_of_a_family_is_its_parameter_where_it_is_differentiated_by() -> None:
    term = read_term(r"\frac{\partial}{\partial\theta} (\theta p_\theta(x))")
    assert isinstance(term, Derivative)
    family = Element(Symbol("p"), (Symbol("\\theta"),))
    assert term.body == Mul((Symbol("\\theta"), Call(family, (x,))))
    assert read_term(r"p_\theta(x)") == Call(Symbol("p_{\\theta}"), (x,))


def test_a_superscript_i_alone_is_rather_an_index_and_never_the_unit() -> None:
    z = Symbol("z")
    assert [r.terms[0] for r in read_terms("z^i + 2")][:1] == [Add((Element(z, (i,)), TWO))]
    assert all(Constant("i") not in set(walk(r.terms[0])) for r in read_terms("z^i + 2")[:1])
    assert read_term("e^{i x}") == Pow(Constant("e"), Mul((Constant("i"), x)))


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"\boldsymbol\mu_0^\phi", Symbol(r"\boldsymbol{\mu}_{0}^{\phi}")),
        ("z<-2", Relation("<", Symbol("z"), Neg(TWO))),
        (r"x + \delta x", Add((x, Symbol(r"\delta x")))),
        (r"\delta y", Mul((Symbol(r"\delta"), y))),
        (r"\langle u, v \rangle", Apply("dot", (Symbol("u"), Symbol("v")))),
        (r"\langle 1, x \rangle", Tuple((ONE, x))),
        (r"\langle x(t), y(t) \rangle", Tuple((Call(x, (t,)), Call(y, (t,))))),
        (r"V(\mathbf{x}[n])", Call(Symbol("V"), (Element(Symbol(r"\mathbf{x}"), (n,)),))),
        ("x'' y'", Mul((Prime(x, TWO), Prime(y, ONE)))),
    ],
)
def test_what_the_company_of_a_sign_tells(latex: str, term: object) -> None:
    assert read_term(latex) == term


def test_a_derivative_acts_on_the_value_before_a_parenthesis() -> None:
    product = read_term(r"\nabla_s R(s)(t - 1)")
    assert isinstance(product, Mul) and isinstance(product.args[0], Derivative)


def test_a_matrix_between_a_row_and_a_column_is_a_factor() -> None:
    readings = read_terms(r"(x - y)^\top H (x - y)")
    assert not any(isinstance(node, Call) for node in walk(readings[0].terms[0]))


def test_the_circle_number_by_itself_beside_a_policy() -> None:
    scope = Scope(symbols={"\\pi": FUNCTION})
    assert read_term(r"\cos(x + \pi)", scope) == Apply("cos", (Add((x, Constant("pi"))),))
    assert Constant("pi") not in set(walk(read_term(r"\pi(x) + \pi", scope)))


def test_an_extremum_ends_where_another_binds_its_letter_again() -> None:
    term = read_term(r"\sup_{f \in F} f(x) - \sup_{f \in F} f(y)")
    assert isinstance(term, Add) and [type(a) for a in term.args] == [BigOp, Neg]
    assert isinstance(term.args[0], BigOp) and term.args[0].body == Call(f, (x,))


def test_bars_around_a_covariance_whatever_else_is_known_of_its_letter() -> None:
    scope = Scope(symbols={"\\Sigma": FUNCTION})
    assert read_term(r"|\Sigma_j|", scope) == Apply("det", (Element(Symbol("\\Sigma"), (j,)),))


def test_a_letter_of_a_function_counts_below_another() -> None:
    scope = Scope(symbols={"l": FUNCTION})
    assert read_term(r"\mu_l", scope) == Element(Symbol("\\mu"), (Symbol("l"),))


def test_the_steps_of_an_iteration_stand_above() -> None:
    text = r"x^{k+1} - x^k + \nabla f(x^k)"
    first, second = (r.terms[0] for r in read_terms(text)[:2])
    assert isinstance(first, Add) and isinstance(first.args[0], Element)
    assert isinstance(second, Add) and isinstance(second.args[0], Pow)
    assert isinstance(read_term("x^{n+1} - x x^n"), Add) and not any(
        isinstance(node, Element) for node in walk(read_term("x^{n+1} - x x^n"))
    )


def test_a_bound_letter_above_an_index_is_open() -> None:
    readings = read_terms(r"\sum_{j=1}^k b_j \alpha_1^j")
    assert len(readings) == 2 and any(isinstance(node, Pow) for node in walk(readings[0].terms[0]))


def test_increments_have_values_too() -> None:
    assert read_term(r"x[n] + \delta x[n]") == Add((Element(x, (n,)), Element(Symbol(r"\delta x"), (n,))))
    assert read_term(r"\Delta x(t)") == Call(Symbol(r"\Delta x"), (t,))


def test_a_factorial_counts() -> None:
    assert all(Constant("i") not in set(walk(r.terms[0])) for r in read_terms(r"\frac{z}{i!}"))


def test_columns_of_the_identity() -> None:
    total = read_term(r"\sum_{i=1}^m Z I_i")
    assert isinstance(total, BigOp) and total.body == Mul((Symbol("Z"), Element(Symbol("I"), (i,))))


def test_what_bounds_put_in_is_not_guessed_in_parts() -> None:
    terms = [r.terms[0] for r in read_terms(r"uv|_0^h - \int_0^h v du")]
    assert not any(isinstance(node, At) for term in terms for node in walk(term))


def test_vectors_with_factors_cross() -> None:
    term = read_term(r"a (b - c) \sin(t) \vec{U} \times \vec{V} \cos(t)")
    assert isinstance(term, Apply) and term.head == "cross"
    assert isinstance(read_term(r"2 x \times y"), Mul)


@pytest.mark.parametrize(
    ("latex", "term"),
    [
        (r"E[x]^\top", Apply("transpose", (Expectation("E", (x,)),))),
        ("E[X]^2", Pow(Expectation("E", (Symbol("X"),)), TWO)),
        ("R(x)^2 - r(x)^2", Add((Pow(Call(Symbol("R"), (x,)), TWO), Neg(Pow(Call(Symbol("r"), (x,)), TWO))))),
    ],
)
def test_scripts_behind_a_value(latex: str, term: object) -> None:
    assert read_term(latex) == term


def test_bars_around_what_something_is_in() -> None:
    term = read_term(r"\frac{1}{|D|} \sum_{x \in D} x")
    assert Apply("cardinality", (Symbol("D"),)) in set(walk(term))


def test_the_inverse_of_a_matrix_that_depends_on_something() -> None:
    latex, h = r"\mathbf{H}^{-1}(\mathbf{q})", r"\mathbf{H}"
    value = Apply("inverse", (Call(Symbol(h), (Symbol(r"\mathbf{q}"),)),))
    assert read_term(latex, Scope(usage={h: frozenset({"applied"})})) == value
    assert isinstance(read_term(latex), Mul) and len(read_terms(latex)) == 2


def test_one_differential_makes_the_others() -> None:
    import derive

    assert r"\mathrm{d} h" in derive.read(r"dV = 2 r h\,dr + r^2\,dh").to_latex()
    assert r"\mathrm{d}" not in derive.read(r"V = r\,dh").to_latex()


@pytest.mark.parametrize(
    ("latex", "names"),
    [("x[n+1]", {"x"}), ("n[n+1]", set()), ("I_j", {"I"}), ("J_k^d", {"J^{d}"})],
)
def test_what_is_an_element(latex: str, names: set[str]) -> None:
    found = {
        node.base.name
        for node in walk(read_term(latex))
        if isinstance(node, Element) and isinstance(node.base, Symbol)
    }
    assert found == names


def test_a_derivative_before_a_parenthesis_of_several_terms_is_rather_a_factor() -> None:
    scope = Scope(symbols={"J": FUNCTION})
    first, second = (r.terms[0] for r in read_terms(r"\frac{\partial J}{\partial x}(a x + b)", scope)[:2])
    assert isinstance(first, Mul) and isinstance(second, At)
    assert isinstance(read_term(r"\frac{d J}{d x}(2)", scope), At)


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        ("x^3[n]", "x_{n}^{3}"),
        (r"I_n(\theta)", r"I_{n}\left(\theta\right)"),
        ("p(g, i, d)", r"p\left(g, i, d\right)"),
        (r"\mathbf{Q} [\mathbf{x}(T)]", r"\mathbf{Q} \cdot \mathbf{x}\left(T\right)"),
    ],
)
def test_what_stands_before_brackets_and_lists(latex: str, printed: str) -> None:
    assert read_term(latex).to_latex() == printed


def test_what_a_quantifier_states_of_its_letter() -> None:
    term = read_term(r"\forall i, F_i \ge 0")
    assert isinstance(term, Apply) and term.args[0] == i
    assert isinstance(term.args[1], Relation) and isinstance(term.args[1].left, Element)
