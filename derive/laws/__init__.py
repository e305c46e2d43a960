"""Standard definitions and identities, for documents that use a name and do not define it.

`definition("\\\\sigma", scope)` is the sigmoid, `definition("MSE", scope)` the mean of squared
differences of label and prediction in the names that the scope knows. Both only offer: whether
the document means it is for the caller to judge.
"""

from __future__ import annotations

from derive.classes import replace
from derive.expressions import regex
from derive.laws.functions import FUNCTIONS
from derive.laws.identities import IDENTITIES
from derive.laws.law import Identity, Names, StandardFunction, StandardLoss
from derive.laws.losses import LOSSES
from derive.term.nodes import Symbol, Type
from derive.term.scope import Definition, Scope

_FONT = regex(
    r"^\\(?:mathrm|operatorname\*?|text|mathcal|mathit|mathsf|mathbf|textrm|textbf|mathtt)\{(.*)\}$"
)


def _bare(name: str) -> str:
    """The name without its alphabet: `\\operatorname{MSE}` is MSE."""
    while (inner := _FONT.match(name)) is not None:
        name = inner.group(1)
    return name


def _spellings() -> dict[str, StandardFunction | StandardLoss]:
    table: dict[str, StandardFunction | StandardLoss] = {}
    laws: tuple[StandardFunction | StandardLoss, ...] = (*FUNCTIONS, *LOSSES)
    for law in laws:
        for name in law.names:
            table[name] = law
            if len(name) > 2 and name.isalpha():
                table.setdefault(name.lower(), law)
    return table


_BY_NAME = _spellings()


def definition(name: str, scope: Scope) -> tuple[Definition, ...]:
    """The standard definitions of the symbol `name` (canonical LaTeX), best first; empty if there is none.

    Functions have `kind="function"`; losses are symbols, or functions of label and prediction where
    the scope knows the name as a function. `law` tells which one it is.
    """
    law = _BY_NAME.get(name) or _BY_NAME.get(_bare(name))
    if law is None:
        return ()
    if isinstance(law, StandardFunction):
        return (Definition(name, law.body, law.parameters, kind="function", law=law.name),)
    known = scope.type_of(name)
    found = []
    for names in _plausible(scope):
        made = Definition(name, law.body(names), law=law.name)
        if known is not None and known.role == "function":
            made = replace(made, kind="function", parameters=(names.label, names.prediction))
        found.append(made)
    return tuple(found)


def loss(name: str) -> StandardLoss | None:
    """The standard loss that goes by `name`, whatever its font."""
    law = _BY_NAME.get(name) or _BY_NAME.get(_bare(name))
    return law if isinstance(law, StandardLoss) else None


def identities() -> tuple[Identity, ...]:
    """The identities, as LaTeX with their side conditions."""
    return IDENTITIES


def _plausible(scope: Scope) -> tuple[Names, ...]:
    """What the scope may call label, prediction, index and count: `y` and `\\hat{y}` first."""
    symbols = scope.symbols
    pairs: list[tuple[str, str]] = [("y", "\\hat{y}")]
    for name in symbols:
        if (hat := f"\\hat{{{name}}}") in symbols and (name, hat) not in pairs:
            pairs.append((name, hat))
    written = [pair for pair in pairs if pair[0] in symbols and pair[1] in symbols]
    counts = [c for c in ("m", "n", "N", "M") if c in symbols] or ["m"]
    index = next((i for i in ("i", "j", "k", "n") if i not in counts), "i")
    sequence = Type(role="sequence")

    def part(name: str) -> Symbol:
        known = symbols.get(name)
        return Symbol(
            name, known if known is not None and (known.shape or known.role == "sequence") else sequence
        )

    return tuple(
        Names(
            part(label),
            part(prediction),
            Symbol(index, Type(domain="positive_integer", role="index")),
            Symbol(count, Type(domain="positive_integer")),
        )
        for label, prediction in (written or pairs[:1])
        for count in counts[:2]
    )


__all__ = ["Identity", "Names", "StandardLoss", "definition", "identities", "loss"]
