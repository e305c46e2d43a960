"""Whether the states of a document, `|0\\rangle`, are those of qubits, which have columns for values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from derive.facts.pieces import walk
from derive.notation.syntax import Bar, Chain, Display, Fence, Matrix, Name, Number, Sum, Syntax

OPTION = "states"
"""The option of a scope that says so: `qubit`, and the letters of the gates that the document speaks of."""
_GATES = {"hadamard": "H", "pauli": "XYZ", "paulis": "XYZ", "gate": "IXYZST", "gates": "IXYZST"}
"""The letters that are gates where a word is said."""
_WORDS = frozenset("qubit qubits hadamard".split())


def states(spoken: Set[str], displays: Iterable[Display]) -> str:
    """The option where the document speaks of qubits, or compares a state with a column; not where a state
    has another number than bits for its name: `|3\\rangle` is a state of something else."""
    by_column = False
    bits = False
    for node in (n for display in displays for n in walk((display,))):
        for body in _labelled(node):
            if isinstance(body, Number):
                if not set(body.text) <= {"0", "1"}:
                    return ""
                bits = True
        if isinstance(node, Chain) and node.first is not None:
            sides = (node.first, *(link.right for link in node.links))
            by_column |= any(_is_column(x) for x in sides) and any(_has_state(x) for x in sides)
    if not bits or not (by_column or _WORDS & spoken):
        return ""
    letters = {letter for word in spoken for letter in _GATES.get(word, "")}
    return " ".join(("qubit", *sorted(letters)))


def is_state(node: object) -> bool:
    """`|x\\rangle`."""
    return isinstance(node, Fence) and node.open == "|" and node.close == "⟩" and node.body is not None


def label(body: Syntax) -> str | None:
    """The name of a state of qubits, a letter of `01+-` for each: `01`, `+0`. None where it has another."""
    match body:
        case Number(text=text) if re.fullmatch("[01]+", text):
            return text
        case Name(name="+" | "-" as sign):
            return sign
        case _:
            return None


def _labelled(node: Syntax) -> Iterator[Syntax]:
    match node:
        case Fence(open="|", close="⟩", body=body) if body is not None:
            yield body
        case Fence(open="⟨", close="|", body=body) if body is not None:
            yield body
        case Fence(open="⟨", close="⟩", body=Bar(left=left, right=right)):
            yield right
            yield left.left if isinstance(left, Bar) else left
        case _:
            return


def _has_state(side: Syntax) -> bool:
    return any(map(is_state, walk((side,))))


def _is_column(side: Syntax) -> bool:
    if isinstance(side, Sum):
        return any(_is_column(part) for _, part in side.parts)
    tables = (n for n in walk((side,)) if isinstance(n, Matrix))
    return any(len(n.rows) > 1 and all(len(row) == 1 for row in n.rows) for n in tables)
