"""What the words before and after a formula say of it: does it define, assume or assert?

The last cue of the last clause before a formula counts: in "If x > 0, then" it is `then`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Cue(Enum):
    NONE = "none"
    DEFINE = "define"
    ASSUME = "assume"
    ASSERT = "assert"
    IDENTITY = "identity"
    """Says that both sides are the same thing worked out (`expanding`, `simplifies to`)."""
    AND = "and"
    """Goes on with whatever the formula before was (`where a = b and c = d`)."""
    MODEL = "model"
    """Something satisfies an equation: a claim where it was worked out before, else a model."""
    DENY = "deny"
    """Quoted as wrong or hypothetical (`it is not true that`, `a common mistake is`, `one might think`)."""


_DEFINE = (
    r"let|where|wherein|with|denot(?:e|es|ed|ing)(?: by)?|defin(?:e|es|ed|ing)|definition|call(?:ed)?|"
    r"set(?:ting)?|put(?:ting)?|write|writing|introduc(?:e|ing)|recall(?: that)?|consider(?:ing)?|"
    r"substitut(?:e|ing)|choos(?:e|ing)|tak(?:e|ing)|given by|notation|namely|i\.e\.|model(?:led)? (?:by|as)|"
    r"parametri[sz](?:e|ed|ation)|solve|solving|minimi[sz](?:e|es|ing)|maximi[sz](?:e|es|ing)|"
    r"equation of|equations?|replac(?:e|ed|ing)|letting|named|example|e\.g\.|model"
)
_ASSUME = (
    r"for|for (?:all|any|every|each|some)|if|when|whenever|assum(?:e|es|ed|ing|ption)|suppos(?:e|es|ing)|"
    r"provided|given|such that|s\.?t\.?|in (?:the )?case(?: of)?|cases?|subject to|"
    r"requir(?:e|es|ing|ement)|constraints?|until|unless|condition(?:ed|s)?(?: on)?|"
    r"initial|boundary|where we assume|approximat(?:e|es|ely|ion)|find|want(?:s)?|must|should|"
    r"whether|only if|solutions?|roots?|becomes? zero|equal to zero|is zero|optimum|hypothesis"
)
_ASSERT = (
    r"so|hence|thus|therefore|then|giv(?:es|ing|e)|get|gets|have|has|obtain(?:s|ed)?|follows|yields?|yielding|"
    r"impl(?:y|ies|ying)|consequently|we see|see that|shows?|show that|prove(?:s)?(?: that)?|finally|"
    r"becomes|equals|results? in|leads? to|"
    r"equivalently|that is|in other words|conclude|note that|notice that|observe that|because|since"
)
_IDENTITY = (
    r"simplif(?:y|ies|ied|ying|ication)(?: to)?|derivatives?|gradients?|identity|identities|"
    r"comput(?:e|es|ed|ing)|calculat(?:e|es|ed|ing)|expand(?:s|ed|ing)?|expansion|rewrit(?:e|es|ing|ten)|"
    r"evaluat(?:e|es|ed|ing)|factor(?:s|ed|ing|i[sz](?:e|es|ed|ing))?|multiply(?:ing)? out|"
    r"differentiat(?:e|es|ed|ing)|integrat(?:e|es|ed|ing)"
)
_MODEL = r"satisf(?:y|ies|ied|ying)|obeys?|solves|fulfil(?:s|ls|ling)?"
_DENY = (
    r"not true|is false|isn't|is not|does not|doesn't|do not|cannot|can't|mistake|"
    r"wrong(?:ly)?|incorrect(?:ly)?|"
    r"one might (?:think|expect|guess)|might be tempted|tempting|naive(?:ly)?|fallacy|misconception|in error|"
    r"fails?|counterexample|contradict(?:s|ion|ory)|absurd|paradox|impossible|instead of|rather than|"
    r"incorrectly|false|bogus|invalid|erroneous(?:ly)?|nonsense|never"
)

_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<deny>{_DENY})|(?P<model>{_MODEL})|(?P<identity>{_IDENTITY})|(?P<assert>{_ASSERT})|(?P<assume>{_ASSUME})|(?P<define>{_DEFINE}))(?![\w-])",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?;](?:\s|$)|\n\s*\n")
_AND = re.compile(r"^\s*(?:,|and|or|&|, and|,? respectively,?|as well as|plus)*\s*$", re.IGNORECASE)


_RANGE = re.compile(
    r"(?:\s|[(:#]|all|any|every|each|some|the|an?|case|cases|class|which|where|when|real|complex|positive|negative|"
    r"nonnegative|non-negative|nonzero|non-zero|odd|even|integers?|natural|numbers?|values?|of|fixed|given|large|"
    r"small|sufficiently|enough|both|and|only|instance|example|arbitrary|finite|constants?|indices|index)*$",
    re.IGNORECASE,
)
"""What may stand between "for" and the condition that it puts."""
_QUANTIFIED = re.compile(r"^\W*for (?:every|all|any|each)\b[^.;:]*,\s*$", re.IGNORECASE)
"""`For every real x,` says of what follows that it holds throughout."""


@dataclass(frozen=True, slots=True)
class Words:
    """The cue that some words give, and whether they open a case that lasts (`When y = 1:`)."""

    cue: Cue
    text: str


def last_clause(text: str) -> str:
    """What stands after the last full stop, question mark or semicolon (abbreviations kept)."""
    guarded = re.sub(
        r"\b(i\.e|e\.g|s\.t|w\.r\.t|cf|resp|eq|fig|sec|vs)\.",
        lambda m: m[0].replace(".", "\0"),
        text,
        flags=re.IGNORECASE,
    )
    ends = [m.end() for m in _CLAUSE_END.finditer(guarded)]
    return text[ends[-1] :] if ends and guarded[ends[-1] :].strip() else ("" if ends else text)


def cue_before(text: str) -> Words:
    """The cue in the words that stand before a formula."""
    clause = re.sub(
        r"\bwith respect to\b|\bas well as\b|\bfor (?:example|instance)\b", " ", last_clause(text)
    )
    if not clause.strip():
        return Words(Cue.NONE, clause)
    if _AND.match(clause):
        return Words(Cue.AND, clause)
    if _QUANTIFIED.match(clause):
        return Words(Cue.IDENTITY, clause)
    matches = list(_WORDS.finditer(clause))
    while (
        matches and matches[-1][0].lower().startswith("for") and not _RANGE.match(clause, matches[-1].end())
    ):
        matches.pop()  # "the formula for the area is", "for three factors": no condition follows
    found = [str(match.lastgroup) for match in matches]
    if not found:
        return Words(Cue.NONE, clause)
    if "deny" in found:
        return Words(Cue.DENY, clause)
    if found[-1] == "assert" and "identity" in found:
        return Words(Cue.IDENTITY, clause)  # "expanding, we get"
    return Words(Cue(found[-1]), clause)


_OPENS_TRAILING = re.compile(
    r"^\s*[,.;:(]*\s*(?:and\s+)?(for(?: all| any| every| each| some)?|if|when|whenever|where|with|"
    r"provided(?: that)?|assuming(?: that)?|in which|given(?: that)?|as long as|unless|so long as|"
    r"holds (?:for|if|when)|subject to)\b",
)


def trailing_cue(text: str) -> Cue:
    """Whether words after a formula bind what follows to it: `…, where a = b`, `… for all x > 0`.

    A capital begins a sentence of its own.
    """
    match = _OPENS_TRAILING.match(text)
    if match is None:
        return Cue.NONE
    return Cue.DEFINE if match[1].lower() in {"where", "with"} else Cue.ASSUME


_NULL = re.compile(
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


_PLAIN_CASE = re.compile(
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


_CASE_HEADER = re.compile(r"^\s*(?:[,.]?\s*(?:\w+[\s-]+){0,4}\w*)?\s*:\s*$")


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
