"""Whether a document writes decimals with a comma, judged by its numbers and the language that it names."""

from __future__ import annotations

import re

from derive.expressions import regex
from derive.model import Document

_POINT = regex(r"(?<![\d.])\d+\.\d+(?![\d.])")
_SPELLED = regex(r"\d\{,\}(?:\d{1,2}|\d{4,})(?!\d)")  # three digits may be thousands
#: a comma between digits where no list could stand: an operation takes the number on one side
_WITHIN = regex(
    r"(?:[+*/]|\\cdot|\\times|\\approx)\s*\d+,(?:\d{1,2}|\d{4,})(?![\d,])"
    r"|(?<![\d,])\d+,(?:\d{1,2}|\d{4,})\s*(?:[-+*/]|\\cdot|\\times)"
)
#: where a document names its language: babel's option, a page's attribute, a notebook's or site's field
_LANGUAGE = regex(
    r"\\usepackage\[([^\]]*)\]\{(?:babel|polyglossia)\}|\\setdefaultlanguage\{(\w+)\}"
    r"|<html[^>]*\blang=[\"']?([a-z]{2})|^lang(?:uage)?:\s*[\"']?([a-z]{2})\b",
    re.MULTILINE,
)
#: languages whose decimals have a comma, as those places name them
_WITH_COMMA = regex(
    r"\b(?:french|francais|n?german|spanish|italian|portuguese|brazil|dutch|polish|czech|russian|ukrainian|swedish"
    r"|danish|norsk|finnish|turkish|greek|hungarian|fr|de|es|it|pt|nl|pl|cs|ru|uk|sv|da|nb|nn|fi|tr|el|hu)\b"
)


def decimal_comma(document: Document) -> bool | None:
    """None where neither the numbers of a document nor its language tell."""
    texts = [formula.latex for formula in document.formulas]
    if any(_POINT.search(text) for text in texts):
        return False
    if any(_SPELLED.search(text) or _WITHIN.search(text) for text in texts):
        return True
    named = [" ".join(filter(None, m.groups())) for m in _LANGUAGE.finditer(document.source.text)]
    return True if any(_WITH_COMMA.search(name) for name in named) else None
