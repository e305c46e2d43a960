"""The reference page of the laws, written from the tables.

python -m derive.laws.reference > docs/laws.md
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from derive.laws.functions import FUNCTIONS
from derive.laws.identities import IDENTITIES
from derive.laws.known import DISTRIBUTIONS, KNOWN
from derive.laws.law import Distribution, Identity, Known, Names, StandardFunction, StandardLoss
from derive.laws.losses import LOSSES
from derive.term.nodes import Symbol

_HEAD = """\
# Laws

What a document may use without saying it, with the conditions and the source of each. This page is written
from the tables in `derive/laws/` by `python -m derive.laws.reference`; tests put numbers into whatever of
it can be evaluated.

A condition is part of its law: where the document does not grant it, the law is not used. Sources: BH is
Blitzstein and Hwang, *Introduction to Probability*; DLMF the Digital Library of Mathematical Functions
(NIST); GBC Goodfellow, Bengio and Courville, *Deep Learning*; PRML Bishop, *Pattern Recognition and Machine
Learning*.
"""
_FUNCTIONS = """
## Functions

What a name means that a document uses and does not define.

| name | written | formula | where | source |
|---|---|---|---|---|
"""
_LOSSES = """
## Losses

The same of losses, in the names that the document gives to labels and predictions (here `y` and `\\hat{y}`).

| name | written | formula | where | source |
|---|---|---|---|---|
"""
_IDENTITIES = """
## Identities

| name | identity | where | source |
|---|---|---|---|
"""
_KNOWN = """
## Formulas that have a name

What a document that names one is compared with ([`known-formula`](findings.md#known-formula)). It may
follow any of the conventions listed.

| name | formula | by other conventions | where | source |
|---|---|---|---|---|
"""
_DISTRIBUTIONS = """
## Distributions

| name | density or mass | by other conventions | where | source |
|---|---|---|---|---|
"""
_LETTERS = Names(Symbol("y"), Symbol("\\hat{y}"), Symbol("i"), Symbol("n"))


def page() -> str:
    import_module("derive.functions")  # its records tell how their names are printed
    parts = [
        _HEAD,
        _FUNCTIONS, *map(_function, FUNCTIONS),
        _LOSSES, *map(_loss, LOSSES),
        _IDENTITIES, *map(_identity, IDENTITIES),
        _KNOWN, *map(_known, KNOWN),
        _DISTRIBUTIONS, *map(_distribution, DISTRIBUTIONS),
    ]  # fmt: skip
    return "".join(parts)


def _function(law: StandardFunction) -> str:
    of = ", ".join(p.to_latex() for p in law.parameters)
    formula = f"{law.names[0]}({of}) = {law.body.to_latex()}"
    return _row(law.name, _codes(law.names), _code(formula), _codes(law.when), law.reference)


def _loss(law: StandardLoss) -> str:
    formula = f"{law.names[0]} = {law.body(_LETTERS).to_latex()}"
    return _row(law.name, _codes(law.names), _code(formula), _codes(law.when), law.reference)


def _identity(law: Identity) -> str:
    return _row(law.name, _code(f"{law.left} = {law.right}"), _codes(law.when), law.reference)


def _known(law: Known) -> str:
    sign = {"=": "=", "<=": r"\le"}[law.relation]
    formula = _code(f"{law.left} {sign} {law.right}")
    return _row(law.name, formula, _codes(law.others), _codes(law.when), law.reference)


def _distribution(law: Distribution) -> str:
    return _row(law.name, _code(law.body), _codes(law.others), _codes(law.when), law.reference)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _codes(latex: Iterable[str]) -> str:
    return ", ".join(map(_code, latex))


def _code(latex: str) -> str:
    return f"`{' '.join(latex.split())}`".replace("|", r"\|")


if __name__ == "__main__":
    print(page(), end="")
