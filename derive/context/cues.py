"""What words beside a formula bind to it: conditions and `where` behind it, cases in plain words."""

from __future__ import annotations

import re

from derive.expressions import regex
from derive.model import Stance
from derive.rules import Answer

_AND = regex(r"^\s*(?:,|and|or|&|, and|,? respectively,?|as well as|plus)*\s*$", re.IGNORECASE)


def joins(words: str) -> bool:
    """Whether words only go on with whatever the formula before was (`where a = b and c = d`)."""
    return bool(words.strip()) and _AND.match(words) is not None


_OPENS_TRAILING = regex(
    r"^\s*[,.;:(]*\s*(?:and\s+)?(for(?: all| any| every| each| some)?|if|when|whenever|where|with|"
    r"provided(?: that)?|assuming(?: that)?|in which|given(?: that)?|as long as|unless|so long as|"
    r"holds (?:for|if|when)|subject to)\b",
)


def trailing_words(text: str) -> Answer[Stance] | None:
    """Whether words after a formula bind what follows to it: `…, where a = b`, `… for all x > 0`.

    A capital begins a sentence of its own.
    """
    match = _OPENS_TRAILING.match(text)
    if match is None:
        return None
    if match[1].lower() in {"where", "with"}:
        return Answer(Stance.DEFINES, "defines/where", "it explains what stands in the formula before")
    return Answer(Stance.ASSUMES, "assumes/if", "it is a condition of the formula before")


_NULL = regex(
    r"\b(gradient|derivative|slope|rate of change)\s+(?:is|becomes|will be|equals|goes to)\s+"
    r"(?:equal to\s+)?(?:null|zero|0|nil)\b|\b(gradient|derivative|slope)\s+vanish",
    re.IGNORECASE,
)


def says_null(text: str) -> str | None:
    """`gradient` for words such as "the gradient is null", else None. Not where an "if" follows it."""
    match = _NULL.search(text)
    if match is None or re.match(r"\s*(?:if|when|where|at|for)\b", text[match.end() :], re.IGNORECASE):
        return None
    return (match[1] or match[2]).lower()


_PLAIN_CASE = regex(
    r"(?:^|[\s(*•\-–—.])(for|when|if|case)\s+"
    r"(?P<name>[A-Za-z]\w{0,2}|[α-ωΑ-Ω])\s*=\s*(?P<value>[-+−–]?\s?\d+(?:\.\d+)?)\s*(?=[:.,;)]|$|\s)",
    re.IGNORECASE,
)


def plain_case(text: str) -> tuple[str, int, int] | None:
    """A case in plain words, "for y = 1:": (LaTeX of the relation, start, end) in `text`, the last one."""
    found = None
    for match in _PLAIN_CASE.finditer(text):
        value = match["value"].replace("−", "-").replace("–", "-").replace(" ", "")
        found = (f"{match['name']} = {value}", match.start("name"), match.end("value"))
    return found


_CASE_HEADER = regex(r"^\s*(?:[,.]?\s*(?:\w+[\s-]+){0,4}\w*)?\s*:\s*$")


def opens_case(before: str, after: str) -> bool:
    """Whether a condition is a header that lasts beyond its sentence: it begins a block, a row or a list
    item and ends with a colon or with the block."""
    starts = (
        re.match(
            r"^\W*(?:\(?\d+\)?[.)]?\W*)?(?:(?:in|the|case|for|when|if|on|class|\w+)\W+){0,4}$",
            before,
            re.IGNORECASE,
        )
        is not None
    )
    ends = not after.strip() or after.strip() in {".", ",", ":"} or _CASE_HEADER.match(after) is not None
    return starts and ends


_ESTIMATES = regex(
    r"\b(?:estimat(?:e|es|ed|ing)|guess(?:es|ed)?|declares?|roughly|ballpark|rule of thumb|"
    r"order of magnitude|on the order of)\b",
    re.IGNORECASE,
)


def estimates(words: str) -> bool:
    """Whether the words before an approximate value call it an estimate: "we declare $S \\approx 1.64$"."""
    return _ESTIMATES.search(words) is not None
