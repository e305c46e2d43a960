"""What words say of random variables: their distribution, their moments, what is independent.

"Let $X$ be exponentially distributed with rate $\\lambda$", "a random vector in $\\mathbb{R}^n$ with mean
$\\mu$ and covariance $\\Sigma$", "$X$ and $Y$ are independent". A statement is a list of formulas, a noun
phrase, and what stands behind it; words that were not made out leave it unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.classes import dataclass, replace
from derive.expressions import regex
from derive.model import Block, Document, Formula, Prose

_F = "\x00(\\d+)\x00"
_LIST = rf"{_F}(?:\s*(?:,\s*and|,|and)\s*{_F})*"
_FAMILY = (
    r"(?P<family>standard normal|normal|gaussian|poisson|exponential|uniform|binomial|bernoulli|geometric|"
    r"gamma|beta|rademacher|laplace|multinomial|dirichlet)"
)
_ADJECTIVES = (
    r"(?:(?:an?|the|two|both|all|mutually|pairwise|real|discrete|continuous|some|then|also|each|jointly)\s+|,\s*|"
    r"(?P<independent>independent|independently)\s+|(?P<identical>(?:and\s+)?identically\s+distributed|i\.\s?i\.\s?d\.|"
    r"iid|IID)\s*|(?P<nonnegative>non-?negative)\s+|(?P<positive>positive)\s+|(?P<centred>zero-mean|centred|centered)\s+|"
    r"and\s+)*"
)
_NOUN = r"(?:random\s+)?(?P<noun>variables?|vectors?)|(?P<shared>samples|draws|observations|copies|noise)"
_WORD = (
    r"(?P<word>mean|expectation|expected value|variance|covariance(?:\s+matrix)?|standard deviation|rates?|"
    r"scale|shape|(?:concentration\s+)?parameters?|success probability|probability|probabilities|trials|"
    r"means|variances|"
    r"correlation(?:\s+coefficient)?)"
)
_ITEM = regex(rf"\s*(?:,\s*)?(?:and\s+)?(?:with\s+)?(?:an?\s+|the\s+)?(?:{_WORD}\s+)?{_F}", re.IGNORECASE)
_TRIALS = regex(r"\s+(?:independent\s+)?trials\b", re.IGNORECASE)
_UNNAMED = _FAMILY.replace("?P<family>", "?:")
_STATED = regex(
    rf"(?P<subjects>{_LIST})(?:\s+of\s+\w+(?=,?\s+{_UNNAMED}(?:ly)?\s+distributed))?\s*,?\s*"
    rf"(?P<link>(?:be|is|are|being|denotes?|follows?|has|have|which are|which is|which has|which have)\s+|"
    rf"(?=an?\s+random|an?\s+{_UNNAMED}|{_UNNAMED}(?:ly)?\s+distributed))"
    rf"{_ADJECTIVES}"
    rf"(?:{_FAMILY}(?P<ly>ly)?\s*(?:distributed|random\s+variables?|variables?|random\s+vectors?|distributions?|"
    rf"samples|draws|law)?|(?:{_NOUN})?)"
    rf"(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_IN = regex(
    rf"^\s*(?:(?:in|on|over)\s+(?:the\s+(?:unit\s+)?interval\s+)?{_F}|between\s+{_F}\s+and\s+{_F})",
    re.IGNORECASE,
)
_SPEAKS = regex(
    rf"variance|random|distributed|distribution|independent|iid|variable|{_UNNAMED}", re.IGNORECASE
)
_OF = regex(rf"\bindependent\s+(?:of|from)\s+{_F}", re.IGNORECASE)
_PLAIN_INDEPENDENT = regex(
    rf"(?P<subjects>{_LIST})\s+(?:be|is|are)\s+(?:mutually\s+|pairwise\s+)?independent\b", re.I
)
_DENSITY = regex(
    rf"{_F}\s+(?:be|is|denotes?|for|the)?\s*(?:the\s+)?(?:probability\s+)?density\s+of\s+(?:the|an?)\s+{_FAMILY}"
    rf"\s+(?:distribution|random\s+variable)(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_MOMENT = r"(?P<word>mean|expectation|expected value|variance|covariance)(?:\s+(?:matrix|vector|value))?"
_NAMED_MOMENT = regex(
    rf"{_F}\s*,?\s*(?:(?:be|is|denotes?|for)\s+)?(?:the|its)\s+(?:\x00\d+\x00\s+)?(?:\w+\s+){{0,2}}?{_MOMENT}\s+of\s+"
    rf"(?:(?:the|an?)\s+(?:random\s+)?(?:vector|variable)\s+)?{_F}(?!\s*\x00)",
    re.IGNORECASE,
)
"""`$C$ the $d \\times d$ covariance matrix of $X$`."""
_GIVEN = regex(
    rf"\b(?:given|(?:conditional(?:ly)?|conditioned)\s+(?:up)?on)\s+(?:that\s+)?{_F}\s*,?\s*(?:(?:the|each|its|a)\s+)?"
    r"(?:(?:random\s+)?(?:variable|number|count)\s+)?(?:of\s+\w+\s+)?$",
    re.IGNORECASE,
)
_NOUN_FIRST = regex(
    rf"\brandom\s+variables?\s+(?P<subjects>{_F}(?:\s*,\s*{_F})*(?:\s*,?\s*and\s+{_F})?)\s*,?\s*(?P<rest>with\s[^.;]*)",
    re.IGNORECASE,
)
_ONE_OF = {"means": "mean", "variances": "variance"}
_FROM_ONE = regex(r"\bvalues\s+in\s+\x00(\d+)\x00|trials\s+(?:up\s+to|until)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chance:
    """One statement. subjects: the formulas that list the letters. parameters: formulas with the word
    before them, in order. within: the set that vectors lie in, or the ends of a uniform distribution.
    apart_from: what the subjects are independent of. last: where the statement ends."""

    subjects: tuple[Formula, ...]
    last: Formula
    family: str = ""
    vector: bool = False
    parameters: tuple[tuple[str, Formula], ...] = ()
    within: tuple[Formula, ...] = ()
    independent: bool = False
    identical: bool = False
    nonnegative: bool = False
    positive: bool = False
    centred: bool = False
    apart_from: tuple[Formula, ...] = ()
    density: bool = False
    behind: str = ""
    given: tuple[Formula, ...] = ()
    """What the law of the subjects is conditioned on: "given $N$ the variable $S$ is binomial"."""


def chance_in(document: Document) -> Iterator[Chance]:
    """What the prose of a document says of chance, in source order."""
    for block in document.blocks:
        if any(isinstance(p, Formula) for p in block.parts):
            yield from _in_block(block)


def _in_block(block: Block) -> Iterator[Chance]:
    formulas: list[Formula] = []
    text = ""
    for part in block.parts:
        if isinstance(part, Prose):
            text += re.sub(r"i\.\s?i\.\s?d\.?", "iid", part.text)
        elif isinstance(part, Formula) and not part.display:
            text += f"\x00{len(formulas)}\x00"
            formulas.append(part)
        else:
            text += ". "
    text = " ".join(text.split())
    if not _SPEAKS.search(text):
        return
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z\x00])", text):
        yield from _in_sentence(sentence, formulas)


def _in_sentence(text: str, formulas: Sequence[Formula]) -> Iterator[Chance]:
    for found in _DENSITY.finditer(text):
        # "$p$ the density of the normal distribution with mean $m$ …, and $q$ the density of …"
        rest = re.split(r"\x00\d+\x00\s+the\s+density", found["rest"])[0]
        parameters = _parameters(rest, formulas)
        subject = formulas[int(found[1])]
        last = _last([subject, *(f for _, f in parameters)])
        yield Chance((subject,), last, found["family"].lower(), density=True, parameters=parameters)
        again = found["rest"][len(rest) :]
        if again:
            yield from _in_sentence(again, formulas)
    if _DENSITY.search(text):
        return
    start = 0
    while (stated := _STATED.search(text, start)) is not None:
        # what follows in the sentence may be another statement: "… and $Y$ a random vector"
        start = stated.start("rest")
        said = _statement(stated, formulas)
        on = _GIVEN.search(text[: stated.start()])
        if said is not None and on is not None:
            said = replace(said, given=(formulas[int(on[1])],))
        if said is not None:
            yield said
    for named in _NAMED_MOMENT.finditer(text):
        value, letter = formulas[int(named[1])], formulas[int(named.groups()[-1])]
        word = named["word"].lower()
        both = (letter,), _last([value, letter])
        yield Chance(*both, vector=word == "covariance", parameters=((word, value),))
    yield from _behind_their_noun(text, formulas)
    for plain in _PLAIN_INDEPENDENT.finditer(text):
        subjects = _subjects(plain["subjects"], formulas)
        yield Chance(subjects, subjects[-1], independent=True)


def _behind_their_noun(text: str, formulas: Sequence[Formula]) -> Iterator[Chance]:
    """`random variables $X$ and $Y$ with means $\\mu$ and $\\nu$`: one value for each, in order."""
    for found in _NOUN_FIRST.finditer(text):
        subjects = _subjects(found["subjects"], formulas)
        values: dict[str, list[Formula]] = {}
        for word, value in _parameters(found["rest"], formulas):
            values.setdefault(_ONE_OF.get(word, word), []).append(value)
        told = {word: each for word, each in values.items() if len(each) == len(subjects)}
        for k, subject in enumerate(subjects):
            own = tuple((word, each[k]) for word, each in told.items())
            if own:
                yield Chance((subject,), _last([subject, *(f for _, f in own)]), parameters=own)


def _statement(found: re.Match[str], formulas: Sequence[Formula]) -> Chance | None:
    rest = found["rest"]
    other = re.search(r"\x00\d+\x00\s+(?:be|is|are|an?)\s", rest)
    if other is not None:
        rest = rest[: other.start()]
    if _has(found):
        rest = f"with {rest}"
    noun = (found["noun"] or found["shared"] or "").lower()
    family = (found["family"] or "").lower()
    matched = found[0].lower()
    if (
        not family
        and not noun
        and not found["identical"]
        and not (found["independent"] and _parameters(rest, formulas))
        and not _has_moments(found, rest, formulas)
    ):
        return None
    if (
        noun
        and not family
        and "random" not in matched
        and not found["identical"]
        and not found["independent"]
    ):
        return None
    subjects = _subjects(found["subjects"], formulas)
    if re.search(r"\x00\s+(?:be\s+|is\s+)?an?\s", found[0][: found.start("rest") - found.start()]):
        subjects = subjects[-1:]  # "… $\Sigma$ and $Y$ a random vector"
    within: tuple[Formula, ...] = ()
    if (inside := _IN.match(rest)) is not None:
        within = tuple(formulas[int(g)] for g in inside.groups() if g is not None)
        rest_ = rest[inside.end() :]
    else:
        rest_ = rest
    apart = tuple(formulas[int(m[1])] for m in _OF.finditer(rest))
    if not within and (inside := re.search(rf"\bin\s+{_F}", rest_)) is not None:
        within = (formulas[int(inside[1])],)
    parameters = _parameters(_OF.sub("", rest_), formulas)
    everything = [*subjects, *within, *apart, *(f for _, f in parameters)]
    return Chance(
        subjects,
        _last(everything),
        family,
        "vector" in matched.split("\x00")[-1]
        or noun.startswith("vector")
        or (len(subjects) == 1 and any(w.startswith("covariance") for w, _ in parameters)),
        parameters,
        within,
        bool(found["independent"]) or "independent" in _before(found) or _is_iid(found),
        bool(found["identical"]),
        bool(found["nonnegative"]),
        bool(found["positive"]),
        bool(found["centred"]),
        apart,
        behind=rest,
    )


def _is_iid(found: re.Match[str]) -> bool:
    """Not what is only identically distributed: nothing says that it is independent."""
    return bool(found["identical"]) and "distributed" not in found["identical"].lower()


def _has_moments(found: re.Match[str], rest: str, formulas: Sequence[Formula]) -> bool:
    """`$X$ have mean $\\mu$ and variance $\\sigma^2$`: both, for many things have a mean."""
    words = {word for word, _ in _parameters(rest, formulas)}
    spread = any(w.startswith(("variance", "covariance", "standard")) for w in words)
    return _has(found) and "mean" in words and spread


def _has(found: re.Match[str]) -> bool:
    return found["link"].strip().lower().removeprefix("which ") in ("has", "have")


def _before(found: re.Match[str]) -> str:
    return found[0][: found.start("rest") - found.start()].lower()


def _last(formulas: Sequence[Formula]) -> Formula:
    return max(formulas, key=lambda f: f.span.start)


def _subjects(text: str, formulas: Sequence[Formula]) -> tuple[Formula, ...]:
    return tuple(formulas[int(k)] for k in re.findall(r"\x00(\d+)\x00", text))


def _parameters(text: str, formulas: Sequence[Formula]) -> tuple[tuple[str, Formula], ...]:
    """`with mean $\\mu$ and variance $\\sigma^2$`: words with the formulas behind them."""
    found: list[tuple[str, Formula]] = []
    opened = re.search(r"\bwith\s+", text, re.IGNORECASE)
    at = opened.end() if opened is not None else None
    word = ""
    while at is not None and (item := _ITEM.match(text, at)) is not None:
        own = item["word"]
        if own is None and (counted := _TRIALS.match(text, item.end())) is not None:
            found.append(("trials", formulas[int(item.groups()[-1])]))
            at = counted.end()
            continue
        if own is None and word not in ("parameters", "means", "variances", "rates"):
            break
        word = (own or word).lower()
        found.append((word, formulas[int(item.groups()[-1])]))
        at = item.end()
    return tuple(found)
