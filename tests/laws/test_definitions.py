"""Standard definitions in the names of the document."""

from derive.calculus.resolve import resolve
from derive.laws import definition, identities
from derive.term.nodes import BigOp, Element, Symbol, Type
from derive.term.scope import Scope
from derive.term.traverse import walk


def test_sigma_is_the_sigmoid_where_nothing_else_is_said() -> None:
    (sigma,) = definition("\\sigma", Scope())
    assert sigma.law == "sigmoid" and sigma.kind == "function" and len(sigma.parameters) == 1


def test_mse_takes_the_names_of_the_document() -> None:
    sequence = Type(role="sequence")
    scope = Scope(symbols={"t": sequence, "\\hat{t}": sequence, "N": Type(domain="positive_integer")})
    (mse,) = definition("\\operatorname{MSE}", scope)
    elements = [node.base for node in walk(mse.body) if isinstance(node, Element)]
    assert elements == [Symbol("t"), Symbol("\\hat{t}")]
    (total,) = [node for node in walk(mse.body) if isinstance(node, BigOp)]
    assert total.binders[0].upper == Symbol("N")


def test_mse_is_a_symbol_that_resolves_to_the_sum() -> None:
    scope = Scope()
    (mse,) = definition("MSE", scope)
    assert any(isinstance(n, BigOp) for n in walk(resolve(Symbol("MSE"), scope.with_definition(mse))))


def test_what_is_no_standard_name_has_no_definition() -> None:
    assert definition("q", Scope()) == ()


def test_identities_that_need_a_condition_carry_it() -> None:
    by_name = {identity.name: identity for identity in identities()}
    assert by_name["log of a product"].when == ("x > 0", "y > 0")
    assert by_name["root of a square"].when
