"""Number sets with a condition below their letter: `\\mathbb{R}_{<0}`, `\\mathbb{Z}_{\\ge 1}`."""

from __future__ import annotations

from typing import Any

from derive.notation import syntax as s

DOMAINS = {"R": "real", "C": "complex", "Z": "integer", "N": "natural", "Q": "real"}


def set_letter(node: Any) -> str | None:
    """The letter of a standard set, in blackboard or bold type."""
    if isinstance(node, s.Name) and node.font in ("blackboard", "bold") and not node.accents:
        return node.name if node.name in DOMAINS else None
    return None


def condition(node: Any) -> s.Link | None:
    """The `\\ge 1` below a set's letter."""
    sub = node.sub if isinstance(node, s.Scripts) else None
    if isinstance(sub, s.Chain) and sub.first is None and len(sub.links) == 1:
        return sub.links[0] if sub.links[0].relation in ("<", "<=", ">", ">=", "!=") else None
    return None


def domain_of(letter: str, link: s.Link) -> str:
    """The domain of a type that such a set is, or the nearest that holds it."""
    domain = DOMAINS[letter]
    bound = link.right.text if isinstance(link.right, s.Number) else None
    whole = domain in ("integer", "natural")
    match link.relation, bound:
        case (">", "0"):
            return "positive_integer" if whole else "positive"
        case (">=", "1") if whole:
            return "positive_integer"
        case (">=", "0"):
            return "natural" if whole else "nonnegative"
        case _:
            return domain
