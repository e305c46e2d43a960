"""What a document claims: for each formula its claims with their scopes, or why there is none."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from derive.context.chance import Stated, stated_in
from derive.context.endless import Endless
from derive.context.guard import Broken, Faults
from derive.context.ledger import Ledger
from derive.context.properties import Said, said_in
from derive.context.stance.language import is_english
from derive.context.standing import assumed, known, readable
from derive.context.symbols import table_of, types_of
from derive.context.walk import Walk
from derive.facts.arrays import arrays_of
from derive.facts.decimals import decimal_comma
from derive.facts.document import Evidence
from derive.facts.named import OPTION, named
from derive.facts.states import OPTION as STATES
from derive.facts.states import states
from derive.model import Claim, Decided, Document, Problem, Prose, Span
from derive.notation import EndlessMacro, NotationError, read
from derive.notation.syntax import Display
from derive.term.nodes import Type
from derive.term.scope import Origin
from derive.term.undeclared import OPTION as UNDECLARED


def read_claims(
    document: Document, faults: list[Problem] | None = None, told: list[Problem] | None = None
) -> tuple[Claim | Decided, ...]:
    """The claims of a document in source order.

    A `Claim` is to be decided. A `Decided` already has its verdict: `given` (it
    defines or assumes, or states nothing) or `unread` (with the place that stopped the reader).
    Every formula of the document gives at least one of them. A fault of the checker costs the formula it was
    met in, or one thing that is gathered of the whole document; it is appended to `faults`. What cannot be
    used of what is given beforehand is appended to `told`.
    """
    displays: dict[Span, Display | NotationError] = {}
    evidence = Evidence()
    unusable: list[Problem] = []
    given = readable(document.given, document.macros, unusable)
    guard = Faults(document.formulas[0].span if document.formulas else Span(0, 0))
    commas = guard.or_else(None, lambda: decimal_comma(document))
    headings = [block.span.start for block in document.blocks if block.kind == "heading"]
    endless = Endless()
    for formula in document.formulas:
        evidence.section = bisect_right(headings, formula.span.start)
        try:
            endless.refuse(formula)
            display = read(formula.latex, document.macros, commas)
            evidence.gather(display)
        except NotationError as error:
            if isinstance(error, EndlessMacro):
                endless.learn(formula, error)
            displays[formula.span] = error
        except Exception as error:  # the boundary of one formula
            guard.tell(formula.span, error)
            displays[formula.span] = Broken(formula, error)
        else:
            displays[formula.span] = display
    guard.or_else(None, lambda: known(given, evidence))
    no_origins: dict[str, tuple[Origin, ...]] = {}
    origins = guard.or_else(no_origins, lambda: arrays_of(document, displays, evidence))
    words = _words(document)
    table = guard.or_else(None, lambda: table_of(evidence, words)) or table_of(Evidence(), words)
    table.options["words"] = " ".join(sorted(words))
    spoken_of = guard.or_else(
        "",
        lambda: named(words | _pairs(document), (d for d in displays.values() if isinstance(d, Display))),
    )
    if spoken_of:
        table.options[OPTION] = spoken_of
    if of_qubits := guard.or_else(
        "", lambda: states(words, (d for d in displays.values() if isinstance(d, Display)))
    ):
        table.options[STATES] = of_qubits
    if nameless := [m.name for m in document.macros if m.stands_for]:
        table.options[UNDECLARED] = " ".join(f"\\{name}" for name in nameless)
    once = frozenset(name for name, count in evidence.functions.items() if count == 1)
    usage = evidence.usage.freeze(_abbreviations(document))
    ledger = Ledger(
        table.symbols,
        table.dependencies,
        table.options,
        once,
        usage,
        origins,
        evidence.varying,
    )
    guard.or_else(None, lambda: assumed(given, ledger))
    no_types: dict[int, dict[str, Type]] = {}
    types = guard.or_else(no_types, lambda: {k: types_of(evidence, words, k) for k in evidence.turns()})
    said = guard.or_else(Said(), lambda: said_in(document))
    for section, names in evidence.turned.items():
        said.options.setdefault(section, {})["turned"] = " ".join(sorted(names))
    english = guard.or_else(True, lambda: is_english(document))
    chance = guard.or_else(Stated({}), lambda: stated_in(document)) if english else Stated({})
    walk = Walk(document, table, ledger, displays, types, said, chance, english=english, faults=guard)
    entries = walk.run()
    if any(kind.shape for kind in table.symbols.values()):
        from derive.context.layouts import with_layouts  # most documents have no arrays

        entries = with_layouts(entries)
    if faults is not None:
        faults += guard.met
    if told is not None:
        told += unusable
    return entries


def _pairs(document: Document) -> set[str]:
    """Two words that follow one another, `fibonacci numbers`."""
    found: set[str] = set()
    for part in (p for block in document.blocks for p in block.parts if isinstance(p, Prose)):
        words = re.findall(r"[^\W\d_]+", part.text.lower())
        found.update(f"{a} {b}" for a, b in pairwise(words))
    return found


def _abbreviations(document: Document) -> set[str]:
    """The words in capitals, `FPR` of "the false positive rate (FPR)"."""
    return {
        word
        for block in document.blocks
        for part in block.parts
        if isinstance(part, Prose)
        for word in re.findall(r"\b[A-Z]{2,6}\b", part.text)
    }


def _words(document: Document) -> set[str]:
    return {
        word.lower()
        for block in document.blocks
        for part in block.parts
        if isinstance(part, Prose)
        for word in re.findall(r"[A-Za-z]{3,}", part.text)
    }
