"""What a document claims: for each formula its claims with their scopes, or why there is none."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from derive.context.ledger import Ledger
from derive.context.properties import said_in
from derive.context.stance.language import is_english
from derive.context.symbols import table_of, types_of
from derive.context.walk import Walk
from derive.facts.arrays import arrays_of
from derive.facts.decimals import decimal_comma
from derive.facts.document import Evidence
from derive.facts.named import OPTION, named
from derive.model import Claim, Decided, Document, Prose, Span
from derive.notation import NotationError, read
from derive.notation.syntax import Display


def read_claims(document: Document) -> tuple[Claim | Decided, ...]:
    """The claims of a document in source order.

    A `Claim` is to be decided. A `Decided` already has its verdict: `given` (it
    defines or assumes, or states nothing) or `unread` (with the place that stopped the reader).
    Every formula of the document gives at least one of them.
    """
    displays: dict[Span, Display | NotationError] = {}
    evidence = Evidence()
    commas = decimal_comma(document)
    headings = [block.span.start for block in document.blocks if block.kind == "heading"]
    for formula in document.formulas:
        evidence.section = bisect_right(headings, formula.span.start)
        try:
            display = read(formula.latex, document.macros, commas)
        except NotationError as error:
            displays[formula.span] = error
            continue
        displays[formula.span] = display
        evidence.gather(display)
    origins = arrays_of(document, displays, evidence)
    words = _words(document)
    table = table_of(evidence, words)
    table.options["words"] = " ".join(sorted(words))
    spoken_of = named(words | _pairs(document), (d for d in displays.values() if isinstance(d, Display)))
    if spoken_of:
        table.options[OPTION] = spoken_of
    once = frozenset(name for name, count in evidence.functions.items() if count == 1)
    ledger = Ledger(table.symbols, table.dependencies, table.options, once, evidence.usage.freeze(), origins)
    types = {k: types_of(evidence, words, k) for k in evidence.turns()}
    walk = Walk(document, table, ledger, displays, types, said_in(document), english=is_english(document))
    return walk.run()


def _pairs(document: Document) -> set[str]:
    """Two words that follow one another, `fibonacci numbers`."""
    found: set[str] = set()
    for part in (p for block in document.blocks for p in block.parts if isinstance(p, Prose)):
        words = re.findall(r"[^\W\d_]+", part.text.lower())
        found.update(f"{a} {b}" for a, b in pairwise(words))
    return found


def _words(document: Document) -> set[str]:
    return {
        word.lower()
        for block in document.blocks
        for part in block.parts
        if isinstance(part, Prose)
        for word in re.findall(r"[A-Za-z]{3,}", part.text)
    }
