"""What a law is: a standard definition, or an identity with the condition under which it holds."""

from __future__ import annotations

from collections.abc import Callable

from derive.classes import dataclass
from derive.term.nodes import Symbol, Term


@dataclass(frozen=True, slots=True)
class Names:
    """What the document calls the parts of a loss: label, prediction, index, number of data points."""

    label: Symbol
    prediction: Symbol
    index: Symbol
    count: Symbol


@dataclass(frozen=True, slots=True)
class StandardFunction:
    """A function that a document may use without defining it.

    names: canonical LaTeX of the symbols it goes by; `body` in terms of `parameters`.
    when: LaTeX conditions on the parameters under which the formula is meant.
    """

    name: str
    names: tuple[str, ...]
    parameters: tuple[Symbol, ...]
    body: Term
    reference: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardLoss:
    """A loss over labels and predictions; `body` writes it with the document's names."""

    name: str
    names: tuple[str, ...]
    body: Callable[[Names], Term]
    reference: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """`left = right` where every relation of `when` holds; all in LaTeX, variables as usual in the field."""

    name: str
    left: str
    right: str
    when: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A formula that has a name: `left = right` where every relation of `when` holds, all in LaTeX.

    words: a pattern of which the text nearby must have something; none where the left side tells enough.
    others: right sides by other conventions (a scale for a rate, another transform); none may be refuted
    alone. by: the left side in terms that can be decided, where it is an operator or a moment: what the
    law is tested by. relation: `=`, or `<=` for a bound. A small letter stands for a number, a capital for
    anything; functions keep their name.
    """

    name: str
    left: str
    right: str
    words: str = ""
    when: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    by: str = ""
    reference: str = ""
    relation: str = "="


@dataclass(frozen=True, slots=True)
class Distribution:
    """A named distribution: its density or mass function of `argument`, from `lower` to `upper`.

    words: a pattern of its name in prose. others: the same in other parameters, or counted from elsewhere.
    """

    name: str
    words: str
    kind: str
    argument: str
    body: str
    lower: str
    upper: str
    when: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    reference: str = ""
