"""What binds a certificate together: the claim's text, its hypotheses, the point and both values.

The two sides and the hypotheses are stored as terms beside their text, and a digest is taken of all that the
refutation rests on. Whoever changes one of them has to change the others with it, and then the values that
are recomputed from the stored terms are no longer those that are stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from derive.term.nodes import Term
from derive.term.serial import dump

BOUND = (
    "kind",
    "text",
    "relation",
    "left",
    "right",
    "terms",
    "hypotheses",
    "domain",
    "symbols",
    "point",
    "values",
    "shown",
    "printed",
    "modulus",
    "space",
    "claim",
    "equal_by",
    "diverges",
)
"""The keys of the evidence that the digest is of; what is added later says how the claim was reached."""


def digest(evidence: Mapping[str, Any]) -> str:
    """SHA-256 of what a refutation rests on, as canonical JSON."""
    bound = {key: evidence[key] for key in BOUND if key in evidence}
    text = json.dumps(bound, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def statements(terms: Sequence[Term]) -> list[dict[str, Any]]:
    """Statements as their text and as stored terms."""
    return [{"text": t.to_latex(), "term": dump(t)} for t in terms]


def sealed(evidence: Mapping[str, Any], text: str, hypotheses: Sequence[Term], shown: Any) -> dict[str, Any]:
    """The evidence of a counterexample, bound to the text of its claim, the hypotheses and what is shown."""
    bound = {**evidence, "text": text, "hypotheses": statements(hypotheses), "shown": shown}
    return {**bound, "digest": digest(bound)}
