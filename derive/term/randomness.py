"""Whether terms speak of chance."""

from __future__ import annotations

from derive.term.contents import among, has
from derive.term.nodes import BigOp, Binder, Call, Expectation, Probability, Symbol, Term
from derive.term.traverse import walk

LETTERS = frozenset(["p", "q", "P", "Q"])
"""Letters that are distributions in a claim about chance even where no bar stands behind them."""


def speaks_of_chance(*terms: Term) -> bool:
    """Whether there is an expectation or a probability, or a p that must be one: p(x) beside p(x, z) or
    summed over all x."""
    if any(has(t, Expectation, Probability) for t in terms):
        return True
    arities: dict[str, set[int]] = {}
    for call in (n for t in terms for n in among(t, Call)):
        if isinstance(call.function, Symbol) and call.function.name in LETTERS:
            arities.setdefault(call.function.name, set()).add(len(call.args))
    if any(len(a) > 1 for a in arities.values()):
        return True
    return bool(arities) and any(
        _all_values(b) and _summed(b.variable, total.body)
        for t in terms
        for total in among(t, BigOp)
        if total.op == "sum"
        for b in total.binders
    )


def densities_in(*terms: Term) -> tuple[Term, ...]:
    """`p(z)`, `q(z | x)`: the distributions in a claim about chance, each once."""
    if not speaks_of_chance(*terms):
        return ()
    found: dict[Term, None] = {}
    for node in (n for t in terms for n in walk(t)):
        match node:
            case Probability() | Call(function=Symbol(name="p" | "q" | "P" | "Q")):
                found.setdefault(node)
            case _:
                pass
    return tuple(found)


def _all_values(binder: Binder) -> bool:
    open_ = binder.upper is None or binder.upper == Symbol(f"N_{{{binder.variable.name}}}")
    return open_ and binder.condition is None


def _summed(variable: Symbol, body: Term) -> bool:
    """Whether p(x) stands under a sum over x."""
    return any(
        isinstance(n.function, Symbol) and n.function.name in LETTERS and variable in n.args
        for n in among(body, Call)
    )
