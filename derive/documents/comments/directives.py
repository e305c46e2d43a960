"""What comments for derive say, and the sentences that they make.

What they declare becomes sentences of the document, at their place: `assume x > 0` says "Assume $x > 0$.",
`let f be a function` says "Let $f$ be a function."
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Sequence

from derive.classes import replace
from derive.documents.comments.met import MARK, Comment
from derive.documents.mapped import Mapped
from derive.expressions import regex
from derive.model import Block, Directive, Formula, Prose, Span, Unit

VERBS = ("ignore", "ignore-start", "ignore-end", "ignore-file", "assume", "let", "assert")
MOST = 2000  # comments of a document that are followed
MOST_NAMES = 50  # of a comment
LONGEST = 2000  # characters of what is assumed
_NAMED = ("ignore", "ignore-start", "ignore-file")

_BE = regex(r"(?P<what>\S.*?)\s+(?P<said>(?:be|denote|denotes|stand for)\s+\S.*)\Z", re.DOTALL)
_STATES = regex(r"[=<>]|\\(?:le|ge|leq|geq|ne|neq|in|to|sim|subset|subseteq|notin|colon|equiv)\b|:")


def directives(comments: Sequence[Comment]) -> list[tuple[Directive, tuple[Prose | Formula, ...]]]:
    """What the comments say, in order, each with the sentence that it makes. A comment that begins with no
    known word is none for derive, unless a word is near or names stand behind it: then it is told."""
    found: list[tuple[Directive, tuple[Prose | Formula, ...]]] = []
    for comment in sorted(comments, key=lambda c: c.text.starts[0]):
        read = _directive(comment)
        if read is not None and len(found) == MOST:
            told = f"there are more than {MOST} comments for derive: this one and the rest are not followed"
            return [*found, (replace(read[0], problem=told), ())]
        if read is not None:
            found.append(read)
    return found


def _rest(comment: Mapped, at: int) -> Mapped:
    """What stands behind the word and the names, without the mark that ends the comment."""
    stop = len(comment.text.rstrip())
    for opener, closer in (("<!--", "-->"), ("{/*", "*/}")):
        if comment.text.startswith(opener) and comment.text.endswith(closer, 0, stop):
            stop -= 3
    return comment[at : max(at, stop)].stripped()


def _directive(comment: Comment) -> tuple[Directive, tuple[Prose | Formula, ...]] | None:
    m = MARK.match(comment.text.text)
    assert m is not None
    verb = (m["verb"] or "").lower()
    listed = m["names"]
    span = comment.text.span(0, len(comment.text.text.rstrip()))
    rest = _rest(comment.text, m.end())
    if not verb:
        return None
    if verb not in VERBS:
        near = difflib.get_close_matches(verb, VERBS, 1, 0.7)
        if not near and not listed:
            return None
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(VERBS)}"
        problem = f"`{verb}` is no word for derive; {hint}"
        return Directive(verb, (), rest.text, span, comment.alone, problem), ()
    if listed and verb not in _NAMED:
        rest, listed = _rest(comment.text, m.start("names")), None  # `assume [x] = 1`
    names = tuple(name.strip() for name in (listed or "").strip("[]").split(",") if name.strip())
    problem = ""
    sentence: tuple[Prose | Formula, ...] = ()
    if listed and not listed.endswith("]"):
        problem = "the bracket around the names is never closed"
    elif len(names) > MOST_NAMES:
        problem = f"it names more than {MOST_NAMES} findings"
    elif verb in ("assume", "let") and len(rest) > LONGEST:
        problem = f"what it says is longer than {LONGEST} characters"
    elif verb in ("assume", "let"):
        sentence = _sentence(verb, rest)
        if not sentence:
            wanted = (
                "a relation (`assume x > 0`)" if verb == "assume" else "`let f be a function`, `let a = 2`"
            )
            problem = f"`{verb}` wants {wanted}"
    return Directive(verb, names, " ".join(rest.text.split()), span, comment.alone, problem), sentence


def _sentence(verb: str, rest: Mapped) -> tuple[Prose | Formula, ...]:
    """The words and the formula; none where it says nothing."""
    what, said = rest, None
    if verb == "let" and (m := _BE.match(rest.text)) is not None:
        what, said = rest[: m.end("what")], rest[m.start("said") :]
    what = what.stripped()
    if what.text.endswith("."):
        what = what[:-1]
    if len(what) > 2 and what.text[0] == what.text[-1] == "$" and "$" not in what.text[1:-1]:
        what = what[1:-1].stripped()
    if not what.text or "$" in what.text or (said is None and not _STATES.search(what.text)):
        return ()
    formula = what.formula(False)
    lead = Prose(Span(formula.span.start, formula.span.start), "Assume " if verb == "assume" else "Let ")
    if verb == "assume":
        formula = replace(formula, said="assumed")
    tail = "." if said is None else f" {' '.join(said.text.split()).rstrip('.')}."
    place = Span(formula.span.end, formula.span.end) if said is None else said.span(0, len(said))
    return lead, formula, Prose(place, tail)


def with_sentences(
    blocks: Sequence[Block], read: Sequence[tuple[Directive, tuple[Prose | Formula, ...]]]
) -> list[Block]:
    """The blocks with the sentences of comments, each before the block that its comment stands in or in
    front of, within what is open there."""
    found = list(blocks)
    for directive, sentence in read:
        if not sentence:
            continue
        at = directive.span.start
        ends = [block.span.end for block in found]
        k = bisect_right(ends, at) if ends == sorted(ends) else sum(end <= at for end in ends)
        within: tuple[Unit, ...] = ()
        if k < len(found):
            within = tuple(unit for unit in found[k].within if unit.start <= at)
        span = Span(sentence[0].span.start, sentence[-1].span.end)
        name = within[-1].kind if within else None
        found.insert(k, Block(span, "paragraph", sentence, 0, name, within))
    return found
