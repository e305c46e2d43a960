"""Whether the words of a document are in a language whose words are known here: English alone, so far."""

from __future__ import annotations

import re

from derive.model import Document, Prose

_FUNCTION_WORDS = frozenset(
    "the of and is a to in that we for it this are be with as if then by on or from an so have has "
    "which when where its not can at these there will one all our was were but let hence thus".split()
)
"""The words that hold English texts together: two in five words of them, one in twenty of other languages."""
_ENOUGH = 12
_SHARE = 0.12


def is_english(document: Document) -> bool:
    """True also where there are too few words to tell."""
    words = [
        word
        for block in document.blocks
        for part in block.parts
        if isinstance(part, Prose)
        for word in re.findall(r"[^\W\d_]+", part.text.lower())
    ]
    known = sum(word in _FUNCTION_WORDS for word in words)
    return len(words) < _ENOUGH or known >= _SHARE * len(words)
