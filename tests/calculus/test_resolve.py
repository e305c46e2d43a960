"""Definitions followed, derivatives carried out, dependencies inferred."""

from derive.calculus.resolve import resolve, resolve_pair
from derive.term.nodes import (
    ONE,
    TWO,
    Add,
    Apply,
    Call,
    Derivative,
    Mul,
    Neg,
    Partial,
    Pow,
    Prime,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Definition, Scope

x, y, z, L, w = (Symbol(name) for name in ["x", "y", "z", "L", "w"])
f, g = (Symbol(name, Type(role="function")) for name in "fg")
y_hat = Symbol("\\hat{y}")
theta = Symbol("\\theta", Type(shape=("n",)))
features = Symbol("\\mathbf{x}", Type(shape=("n",)))


def d(body: Term, *by: Term) -> Derivative:
    return Derivative(body, tuple((v, ONE) for v in by))


def definitions(**bodies: Term) -> Scope:
    scope = Scope()
    for name, body in bodies.items():
        scope = scope.with_definition(Definition(name, body))
    return scope


def test_a_symbol_gives_way_to_its_definition() -> None:
    assert resolve(Mul((TWO, z)), definitions(z=Mul((w, x)))) == Mul((TWO, Mul((w, x))))


def test_a_definition_that_leads_back_to_itself_stays_an_atom() -> None:
    assert resolve(x, definitions(x=Add((x, Neg(y))))) == x


def test_a_derivative_treats_its_variable_as_free_and_then_follows_it() -> None:
    scope = definitions(L=Pow(z, TWO), z=Mul((w, x)))
    assert resolve(d(L, z), scope) == Mul((TWO, Mul((w, x))))
    assert resolve(d(L, w), scope) == Mul((TWO, w, x, x))


def test_a_derivative_of_something_unknown_is_not_zero() -> None:
    assert resolve(d(L, x), Scope()) == d(L, x)
    assert resolve(d(Mul((y, z)), x), Scope()) == d(Mul((y, z)), x)


def test_the_chain_rule_for_an_undefined_loss() -> None:
    dot = Mul((Apply("transpose", (theta,)), features))
    scope = definitions(z=dot).with_definition(Definition("\\hat{y}", Apply("sigmoid", (z,))))
    left, right = resolve_pair(d(L, theta), Mul((d(L, y_hat), d(y_hat, z), d(z, theta))), scope)
    s = Apply("sigmoid", (dot,))
    slope = Call(Prime(L, ONE), (s,))
    assert isinstance(left, Mul) and slope in left.args and left.args[-1] == features
    assert isinstance(right, Mul) and right.args[0] == slope


def test_known_dependencies_make_partial_derivatives() -> None:
    scope = Scope(dependencies={"L": ("y", "\\hat{y}")})
    assert resolve(d(L, y_hat), scope) == Call(Partial(L, (0, 1)), (y, y_hat))


def test_functions_are_applied_and_their_primes_are_derivatives() -> None:
    scope = Scope().with_definition(Definition("f", Pow(x, TWO), (x,), kind="function"))
    assert resolve(Call(f, (z,)), scope) == Pow(z, TWO)
    assert resolve(Call(Prime(f, ONE), (z,)), scope) == Mul((TWO, z))


def test_the_product_rule_of_functions_without_arguments() -> None:
    left, right = resolve_pair(
        Prime(Mul((f, g)), ONE), Add((Mul((Prime(f, ONE), g)), Mul((f, Prime(g, ONE))))), Scope()
    )
    assert left == right


def test_implicit_differentiation() -> None:
    left, right = resolve_pair(d(Pow(y, TWO), x), Mul((TWO, y, d(y, x))), Scope())
    assert left == right
