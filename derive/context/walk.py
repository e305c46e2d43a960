"""The second walk: formulas in the order of the document, each claim with the scope it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from derive.classes import dataclass, field, replace
from derive.context.chance import Stated, chance_hypotheses, independent_by
from derive.context.conditions import (
    bounds,
    condition_in,
    hangs_behind,
    interval,
    property_of,
    supposed,
    turned,
)
from derive.context.cues import (
    estimates,
    joins,
    opens_case,
    plain_case,
    says_null,
)
from derive.context.distributions import distributions
from derive.context.emitting import Emitter
from derive.context.guard import Broken, Faults, offsets, undecided
from derive.context.ledger import Hypothesis, Ledger, at_a_value, excludes
from derive.context.links import (
    CHECKED,
    DEFINING,
    EQUALITIES,
    IMPLICATIONS,
    INEQUALITIES,
    Part,
    chain_parts,
    conditions_on,
    congruent,
    definition_of,
    is_atom,
    is_constant,
    untold,
)
from derive.context.modulus import set_by
from derive.context.places import Places, is_task_heading
from derive.context.properties import LOOSE, SPECIAL, Said, hypotheses, property_of_expression
from derive.context.properties import property_of as property_of_array
from derive.context.rows import Rows
from derive.context.stance import (
    BY_WORDS,
    NEW_NAME,
    NULL_GRADIENT,
    ONE_PLACE,
    THROUGHOUT,
    Speech,
    nothing_to_check,
    said_by_comment,
    said_by_sentence,
    said_by_words,
    set_aside,
)
from derive.context.stance.speech import MARK, REACH, asks, judges, offers, reports, speeches
from derive.context.statements import (
    Statement,
    binds,
    goes_on,
    is_quantifier,
    is_side_condition,
    last_side,
    marks_a_place,
    sets_value,
    slice_of,
    trailing,
    turns,
)
from derive.context.symbols import SymbolTable
from derive.context.units import without_units
from derive.expressions import regex
from derive.facts.arrays.normal import normals
from derive.facts.naming import symbol_name
from derive.facts.pieces import walk as pieces
from derive.meaning import elaborate
from derive.meaning.delimiters import as_set
from derive.meaning.letters.identity_matrix import sized
from derive.meaning.letters.number_sets import told
from derive.model import (
    Block,
    Claim,
    Decided,
    Document,
    Formula,
    Prose,
    Span,
    Stance,
    Status,
    Step,
    Verdict,
)
from derive.notation import EndlessMacro, NotationError, read
from derive.notation.syntax import Chain, Display, Syntax, Text, unread_because
from derive.notation.syntax import Sequence as Items
from derive.reasons import Reason, Why
from derive.rules import Answer
from derive.term.congruence import hypothesis as congruence
from derive.term.nodes import ONE, ZERO, Apply, Call, Derivative, Neg, Relation, Symbol, Term, Tuple, Type
from derive.term.scope import Definition, Reading, Scope
from derive.term.traverse import free_symbols, walk


@dataclass(slots=True)
class _Last:
    """The side that a row or display beginning with a relation goes on from."""

    syntax: Syntax | None = None
    whole: Chain | None = None
    """The relation that it is the last side of: what an implication goes on from."""
    formula: Formula | None = None
    gradient: tuple[Term, Span, str] | None = None
    words: Answer[Stance] | None = None
    read: tuple[Step, ...] = ()
    """How the questions of its reading were answered."""
    named: str | None = None
    """The name on its left, where it is one that the relation may define."""
    definiendum: Term | None = None
    """The first side of a chain of equations that goes on: each may tell more of it."""
    value: bool = False
    """Whether it sets a letter to a number."""
    opened: bool = False
    """Whether it was a header, and so is the next value behind a comma."""


@dataclass(slots=True)
class Walk:
    document: Document
    table: SymbolTable
    ledger: Ledger
    displays: dict[Span, Display | NotationError]
    types: Mapping[int, dict[str, Type]] = field(default_factory=dict)
    """The types of symbols, where a section changes them."""
    said: Said = field(default_factory=Said)
    chance: Stated = field(default_factory=lambda: Stated({}))
    out: list[Claim | Decided] = field(default_factory=list)
    section: int = 0
    carried: str = ""
    """Words that end a block without ending their sentence."""
    last: _Last = field(default_factory=_Last)
    named: tuple[str, ...] = ()
    """The distributions that each section names."""
    modulus: Term | None = None
    """What the sentence counts modulo of."""
    english: bool = True
    """Whether the words of the document are English: else they say nothing of a relation."""
    places: Places = field(default_factory=lambda: Places(""))
    worded: list[str] = field(default_factory=list)
    """What the cases speak of that the words of this sentence put."""
    under: dict[str, str] = field(default_factory=dict)
    """The condition in words under which a name was defined."""
    offers: bool = False
    """Whether the text before a list lets the reader choose among its items."""
    reports: bool = False
    """Whether the text before announces an argument of somebody else's."""
    asked: bool = False
    """Whether the text before a list ends with a question."""
    lone: tuple[Syntax, Formula] | None = None
    """What the last display, or its last row, gave without a relation."""
    faults: Faults = field(default_factory=lambda: Faults(Span(0, 0)))

    def run(self) -> tuple[Claim | Decided, ...]:
        blocks = self.document.blocks
        self._open_words()
        none = ("",) * (1 + sum(b.kind == "heading" for b in blocks))
        self.named = self.faults.or_else(none, lambda: distributions(blocks))
        self._tell()
        self.places = Places(self.document.source.text)
        k = 0
        while k < len(blocks):
            if blocks[k].kind == "heading":
                self.places.heading(blocks[k])
                self._guarded(blocks[k : k + 1], self._heading, blocks[k])
                k += 1
                continue
            path = self.places.path(blocks[k])
            if self.ledger.stand(path):
                self._forget()
                self.reports = False
            group = [blocks[k]]
            while k + len(group) < len(blocks) and goes_on(group[-1], blocks[k + len(group)]):
                group.append(blocks[k + len(group)])
            self._guarded(group, self._sentence, group)
            k += len(group)
        return tuple(sorted(self.out, key=lambda e: (e.span.start, e.span.end)))

    def _guarded(self, blocks: Sequence[Block], walk: Callable[[Any], None], what: Any) -> None:
        """A fault of a whole sentence, outside any of its formulas, costs the formulas not read by then."""
        try:
            walk(what)
        except Exception as error:
            for part in (p for block in blocks for p in block.parts):
                if isinstance(part, Formula) and not self._answered(part):
                    self._fault(part.span, part.latex, error)
            self._forget()

    def _answered(self, formula: Formula) -> bool:
        ours = formula.span
        return any(ours.start < e.span.end and e.span.start < ours.end for e in reversed(self.out))

    def _fault(self, span: Span, latex: str, error: Exception) -> None:
        self.faults.tell(span, error)
        self.out.append(undecided(span, latex, error))

    def _or_told(self, statement: Statement, walk: Callable[[], None]) -> None:
        """A fault in one statement costs that statement; what goes on from it has nothing to go on from."""
        made = len(self.out)
        try:
            walk()
        except Exception as error:
            del self.out[made:]
            chain = statement.chain
            span = statement.formula.locate(chain.span)
            self._fault(span, slice_of(statement.formula, chain.span), error)
            self._forget()

    # -- blocks ---------------------------------------------------------------------------------

    def _heading(self, block: Block) -> None:
        self.section += 1
        self._tell()
        self.ledger.heading(block.level, private=is_task_heading(block))
        self._open_words()
        if self.section in self.types:
            self.table.symbols = self.types[self.section]
            self.ledger.retype(self.table.symbols)
        self._forget()
        self.carried = ""
        words = "".join(p.text if isinstance(p, Prose) else "" for p in block.parts)
        self.offers, self.asked, self.reports = offers(words), False, False
        self._plain(words, block.span)
        for part in block.parts:
            if isinstance(part, Formula):
                self._mention(part, Why.HEADING)

    def _tell(self) -> None:
        self.ledger.option("distributions", self.named[self.section])

    def _forget(self) -> None:
        self.last, self.lone = _Last(), None

    def _mention(self, formula: Formula, reason: Why) -> None:
        display = self.displays[formula.span]
        if isinstance(display, NotationError):
            self._unread(formula, display)
        else:
            self._given(formula.span, formula.latex, reason)

    def _plain(self, words: str, span: Span) -> None:
        """A case in plain words, `for y = 1:`."""
        found = plain_case(words)
        if found is None:
            return
        latex, start, end = found
        if not opens_case(words[:start], words[end:]):
            return
        try:
            display = read(latex)
            term = self._relation(display)
        except NotationError:
            return
        if term is not None:
            self.ledger.assume(Hypothesis(term, latex, case=True, span=span))

    def _relation(self, display: Display) -> Term | None:
        chains = [p for row in display.rows for p in row.parts if isinstance(p, Chain)]
        if len(chains) != 1 or len(chains[0].links) != 1 or chains[0].first is None:
            return None
        link = chains[0].links[0]
        sides = (chains[0].first, link.right)
        left, right = _sets(chains[0], sides, elaborate(sides, self.ledger.scope())[0])
        return self.table.spread(Relation(link.relation, left, right))

    def _sentence(self, blocks: Sequence[Block]) -> None:
        statements: list[Statement] = []
        self.modulus = set_by(blocks, self.displays)
        words, self.carried = self.carried, ""
        if not blocks[0].parts or not isinstance(blocks[0].parts[0], Formula):
            words = ""
        around = speeches(blocks, words, self.english, self._is_offered(blocks[0]), self._is_reported(blocks))
        for number, block in enumerate(blocks):
            if number:
                words += "\n" if block.kind == "item" else " "
            for k, part in enumerate(block.parts):
                if isinstance(part, Formula):
                    told = self.faults.or_else(
                        None, partial(self._told_in_words, part, words, block.parts[k + 1 : k + 2])
                    )
                    ranged = partial(self._range, part, words, block.parts[k + 1 : k + 5])
                    none: tuple[Hypothesis, ...] = ()
                    for hypothesis in self.faults.or_else(none, ranged):
                        self.ledger.assume(hypothesis)
                    if told is not None and hangs_behind(around[id(part)].lead):
                        self.ledger.assume(told)  # "…, for even $k$" speaks of what stands before it
                    if told is not None or isinstance(self.displays[part.span], NotationError):
                        self._flush(statements)
                        statements = []
                    if told is not None:
                        self.ledger.assume(told)
                    made = self._read_statements(part, words, around[id(part)])
                    statements.extend(made)
                    # a symbol by itself is a word of the sentence
                    words = "" if made else f"{words[-REACH:]} # "
                    continue
                self._close(statements, part.text)
                if (other := self._turned(part.text, block.parts[k + 1 : k + 2])) is not None:
                    self._flush(statements)
                    statements = []
                    self.ledger.assume(other)
                if says_null(part.text) is not None:
                    held = [s for s in statements if s.formula is statements[-1].formula]
                    self._flush(statements)
                    statements = []
                    self._claim_null(held, part.span)
                words += part.text
                if plain_case(part.text) is not None:
                    self._flush(statements)
                    statements = []
                    self._plain(part.text, part.span)
        self._flush(statements)
        if not re.search(r"[.!?]\W*$", words):
            self.carried = words[-REACH:]  # "We expand:" speaks of the display below
            return
        for name in self.worded:
            self.ledger.end_case(name)
        self.worded.clear()

    def _told_in_words(
        self, formula: Formula, words: str, after: Sequence[Prose | Formula]
    ) -> Hypothesis | None:
        """`for even $k$`: a case of the sentence, and of the display that it leads to."""
        name = self._symbol(formula)
        if name is None:
            return None
        behind = after[0].text if after and isinstance(after[0], Prose) else ""
        told = property_of(words[-_NEAR:], Symbol(name, self.table.symbols.get(name, Type())), behind)
        if told is None:
            return None
        self.worded.append(name)
        return Hypothesis(told, told.to_latex(), case=True)

    def _turned(self, words: str, after: Sequence[Prose | Formula]) -> Hypothesis | None:
        """`for a positive number $x$ …, whereas for a negative one`: the other case of the same letter."""
        if len(set(self.worded)) != 1:
            return None
        name = self.worded[0]
        named = bool(after) and isinstance(after[0], Formula) and self._symbol(after[0]) is not None
        told = turned(words, Symbol(name, self.table.symbols.get(name, Type())), named=named)
        return None if told is None else Hypothesis(told, told.to_latex(), case=True)

    def _range(
        self, formula: Formula, words: str, after: Sequence[Prose | Formula]
    ) -> tuple[Hypothesis, ...]:
        """`for $x$ between $0$ and $\\pi$`, `$p$ is in the interval $[0, 1]$`: what it says of them."""
        name = self._symbol(formula)
        if name is None:
            return ()
        symbol = Symbol(name, self.table.symbols.get(name, Type()))
        case = supposed(words[-_NEAR:])
        found: list[Term] = []
        if (between := bounds(after)) is not None:
            low, high = (self._term(side) for side in between[:2])
            if low is not None and high is not None:
                found = [Relation(between[2], low, symbol), Relation(between[2], symbol, high)]
        elif (within := interval(after)) is not None and (where := self._term(within)) is not None:
            display = self.displays[within.span]
            assert isinstance(display, Display)
            found = list(told(Relation("in", symbol, as_set(display.rows[0].parts[0], where))))
        if found and case:
            self.worded.append(name)
        return tuple(Hypothesis(t, t.to_latex(), case=case, span=formula.span) for t in found)

    def _symbol(self, formula: Formula) -> str | None:
        """The name that a formula is, where it is one."""
        display = self.displays[formula.span]
        if isinstance(display, NotationError) or not self.english:
            return None
        name = symbol_name(display.rows[0].parts[0]) if display.rows and display.rows[0].parts else None
        return None if name is None or len(display.rows) + len(display.rows[0].parts) > 2 else name

    def _term(self, formula: Formula) -> Term | None:
        """What a formula of one part and no relation means."""
        display = self.displays[formula.span]
        if isinstance(display, NotationError) or len(display.rows) != 1 or len(display.rows[0].parts) != 1:
            return None
        part = display.rows[0].parts[0]
        if isinstance(part, Chain | Text):
            return None
        return elaborate((part,), self.ledger.scope())[0].terms[0]

    def _is_reported(self, blocks: Sequence[Block]) -> bool:
        """Whether some blocks are an argument that the text before them says is somebody else's."""
        text = " ".join(p.text if isinstance(p, Prose) else MARK for b in blocks for p in b.parts)
        announced, self.reports = self.reports, self.english and reports(text)
        if announced and not judges(text):
            self.reports = True  # it goes on
            return True
        return False

    def _is_offered(self, block: Block) -> bool:
        """Whether a block is one of the answers that a question before it offers."""
        if any(unit.kind == "choices" for unit in block.within):
            return True
        text = " ".join(p.text if isinstance(p, Prose) else MARK for p in block.parts)
        if not (block.kind == "item" or self.places.begins_part(block)):
            self.offers, self.asked = offers(text), asks(text)
            return False
        plain = not any(isinstance(p, Prose) and re.search(r"[A-Za-z]{2}", p.text) for p in block.parts)
        return self.english and (self.offers or (self.asked and plain and self.places.begins_part(block)))

    def _read_statements(self, formula: Formula, words: str, speech: Speech) -> list[Statement]:
        """What a formula states; a fault costs the formula."""
        try:
            self._properties(formula)
            self._chance(formula)
            return self._statements(formula, words, speech)
        except Exception as error:
            self._fault(formula.span, formula.latex, error)
            self._forget()
            return []

    def _open_words(self) -> None:
        """Words about arrays that go with no symbol leave open what they narrow, from here on."""
        self.ledger.widen(SPECIAL, self.said.open.get(self.section, ()))
        for name in ("modulo", "commuting", "turned"):  # what a section reckons in ends with it
            self.ledger.option(name, self.said.options.get(self.section, {}).get(name, ""))

    def _properties(self, formula: Formula) -> None:
        """`a symmetric matrix $S$`: what the words beside a formula say of its arrays."""
        words, beside = self.said.of.get(formula.span, (frozenset[str](), False))
        display = self.displays[formula.span]
        for _, name in normals(pieces((display,))) if isinstance(display, Display) else ():
            for term in property_of_array("definite", Symbol(name, self.table.symbols.get(name, Type()))):
                self.ledger.assume(Hypothesis(term, term.to_latex(), span=formula.span))
        if not words or isinstance(display, NotationError):
            return
        told = hypotheses(words, display, self.table.symbols) or self._of_expression(words, display)
        for term in told:
            self.ledger.assume(Hypothesis(term, term.to_latex(), span=formula.span))
        if beside and not told:
            self.ledger.widen(SPECIAL, words - LOOSE)

    def _of_expression(self, words: frozenset[str], display: Display) -> list[Term]:
        """`$A + B$ is positive definite`: a property of an expression by itself, which has no name."""
        parts = [part for row in display.rows for part in row.parts]
        if len(parts) != 1 or isinstance(parts[0], Chain | Items) or symbol_name(parts[0]) is not None:
            return []
        term = self._plainly(parts[0])
        if term is None:
            return []
        (term,) = sized((term,), self.ledger.scope())
        return property_of_expression(words, term)

    def _chance(self, formula: Formula) -> None:
        """`let $X$ be Poisson with mean $\\lambda$`: what words that end here say of random variables."""
        for said in self.chance.at(formula):
            for term in chance_hypotheses(said, self.displays, self._plainly):
                self.ledger.assume(Hypothesis(term, term.to_latex(), span=formula.span))
                for definite in self._of_spread(term):
                    self.ledger.assume(Hypothesis(definite, definite.to_latex(), span=formula.span))

    def _of_spread(self, law: Term) -> Iterator[Term]:
        """The covariance matrix of a normal vector is positive definite."""
        match law:
            case Relation(op="sim", right=Call(function=Symbol(name=family), args=(_, Symbol(name=spread)))):
                if family == "\\operatorname{Normal}":
                    kind = self.table.symbols.get(spread, Type())
                    yield from property_of_array("definite", Symbol(spread, kind))
            case _:
                pass

    def _plainly(self, node: Syntax) -> Term | None:
        """A letter or an expression beside words, by its first reading."""
        try:
            return elaborate((node,), self.ledger.scope())[0].terms[0]
        except NotationError:
            return None

    def _close(self, statements: list[Statement], text: str) -> None:
        """Words that come after a formula belong to its statement too."""
        if statements and not statements[-1].after:
            statements[-1].after = text

    # -- formulas -------------------------------------------------------------------------------

    def _statements(self, formula: Formula, words: str, speech: Speech) -> list[Statement]:
        display = self.displays[formula.span]
        if isinstance(display, NotationError):
            self._unread(formula, display)
            self._forget()
            return []
        rows = Rows(formula, display, speech, self.lone)
        found = rows.read(words)
        self.lone = rows.lone
        if not found:
            self._given(formula.span, formula.latex, Why.STATES_NOTHING)
        return found

    def _flush(self, statements: list[Statement]) -> None:
        """Give the statements of one sentence their claims: what `where` and `for` bind to it comes first."""
        if not statements:
            return
        bound = trailing(statements)
        local: list[Hypothesis] = []
        binding = [(k, s) for k, s in enumerate(statements) if k in bound and binds(s.chain)]
        apart = {k for k, _ in binding}
        for k, statement in enumerate(statements):
            if k in apart:
                continue
            if turns(statement.before):
                local[:] = [h for h in local if not h.case]
            while binding and binding[0][1].speech.number <= statement.speech.number:
                number, behind = binding.pop(0)  # it reaches its sentence and what follows
                self._or_told(behind, partial(self._bind, behind, bound[number], local, after=True))
            self._or_told(statement, partial(self._say, statement, bound.get(k), local))
        for number, behind in binding:
            self._or_told(behind, partial(self._bind, behind, bound[number], local, after=True))

    def _say(self, statement: Statement, words: Answer[Stance] | None, local: list[Hypothesis]) -> None:
        before = self.last.words
        words = words or self._words(statement)
        value, self.last.value = self.last.value, sets_value(statement)
        next_value = value and self.last.value and re.match(r"\s*,", statement.after) is not None
        if words is THROUGHOUT and next_value:
            words = before  # "For $a = 1$, $b = 3$, we have …"
        self.last.opened = next_value and self.last.opened
        self.last.words = words
        supposed = words is not None and words.value is Stance.ASSUMES and not set_aside(words)
        if words is not None and supposed and binds(statement.chain):
            self._bind(statement, words, local, after=False)
        else:
            self._state(statement, words, local)
        if statement.null is not None:
            self._claim_null([statement], statement.null, local)

    def _words(self, statement: Statement) -> Answer[Stance] | None:
        """What the sentence says of a statement; where only an "and" or a comma stands before it, what it
        says of the statement before."""
        speech, last = statement.speech, self.last.words
        by_comment = said_by_comment(speech)
        if by_comment is not None:
            return by_comment
        whole = said_by_sentence(speech)
        if whole is not None:
            # "where $y = f(x)$ is the output" defines, "where $x = 0$ is the gate" marks a place
            return BY_WORDS if whole.rule == ONE_PLACE and not marks_a_place(statement.chain) else whole
        if not statement.before.strip():
            if last is not None and last.value is Stance.ASSERTED and statement.formula is self.last.formula:
                return last  # "Then a = b, c = d"
            return said_by_words(speech) if MARK not in speech.lead else None
        if not joins(statement.before):
            return said_by_words(speech)
        if is_side_condition(statement.chain) and not statement.formula.display:
            return last
        if re.search(r"[A-Za-z]", statement.before) or last is None or last.value is Stance.CONDITION:
            return last  # "Solve $y' = y$, $y(0) = 1$"
        if last.value is Stance.DEFINES and not statement.formula.display and len(statement.chain.links) == 1:
            return last  # "setting V(0) = 0, V(1) = 1"
        if last.value is Stance.ASSERTED and not statement.formula.display:
            return last  # "Then a = b, c = d"
        # "For x > 0, f = g": the comma ends the condition, and what follows holds throughout
        return THROUGHOUT if last.value is Stance.ASSUMES else None

    @staticmethod
    def _quantified(statement: Statement, words: Answer[Stance] | None) -> bool:
        """Whether "for all x" stands before a statement that the sentence makes."""
        stated = words is not None and words.value is Stance.ASSERTED
        return stated and statement.speech.english and statement.speech.clause.quantified

    def _bind(
        self, statement: Statement, words: Answer[Stance], local: list[Hypothesis], *, after: bool
    ) -> None:
        """A condition or a `where`: given, and a hypothesis for its sentence or, as a case, its section."""
        scope = self.ledger.scope(local)
        sides = self._sides(statement)
        if self._hangs(statement, sides):
            return
        reading = self._elaborate(statement, sides, scope)
        if reading is None:
            return
        parts = chain_parts(statement.chain, reading.terms)
        emitter = self._emitter(statement, sides)
        defines = words.value is Stance.DEFINES
        for part in parts:
            latex = emitter.latex(part)
            definition = (
                definition_of(part.left, part.right)
                if part.relation in EQUALITIES | DEFINING and not congruent(part)
                else None
            )
            new = (
                definition is not None
                and words.rule != "assumes/spelled-out"
                and (
                    defines
                    or self.table.is_new(definition)
                    or self._gives_function(definition)
                    or self._makes_array(definition)
                )
            )
            self.table.see(part)
            if definition is not None and new:
                self.out.append(emitter.given(part, NEW_NAME if not defines else BY_WORDS, scope))
                self.ledger.define(replace(definition, where=emitter.place(part)))
                continue
            stated = Relation(part.relation, part.left, part.right)
            members = told(stated) if part.relation == "in" else ()
            if len(members) > 1:
                stated_term: Term = Apply("and", members)
            else:
                stated_term = members[0] if members else stated
            term = self.table.spread(congruence(stated) if congruent(part) else stated_term)
            local[:] = [h for h in local if not excludes(term, h.term)]
            case = (
                part.relation == "="
                and not after
                and (
                    self.last.opened
                    or opens_case(statement.before if statement.starts_row else " ", statement.after)
                )
            )
            self.last.opened = case
            hypothesis = Hypothesis(term, latex, case=case, span=emitter.place(part))
            kept = defines and not (is_atom(part.left) and part.relation == "=")
            if case or kept:  # "with $Q^\\top Q = I$": of what was brought in, as long as that is there
                self.ledger.assume(replace(hypothesis, soft=kept and not case and part.relation == "="))
                if kept:
                    local.append(hypothesis)
            elif part.relation == "=":
                local[:] = [h for h in local if not (h.case and h.subject == hypothesis.subject)]
                local.append(replace(hypothesis, case=True))
            elif part.relation == "in" or after:
                local.append(hypothesis)
                if not after:
                    self.ledger.assume(hypothesis)
            else:
                local.append(hypothesis)
                self.ledger.assume(hypothesis)
            if part.relation in CHECKED and not (is_atom(part.left) and is_atom(part.right)):
                self.out.append(
                    emitter.claim(part, words, scope, (reading,), parts.index(part), self._cases(local))
                )
            else:
                self.out.append(emitter.given(part, words, scope))
            if part.relation in EQUALITIES | DEFINING:
                self.ledger.model(Relation("=", part.left, part.right))

    def _makes_array(self, definition: Definition) -> bool:
        """`if $z = Wx + b$`: an array that is declared, and is made of others from here on."""
        kind = self.table.symbols.get(definition.name, Type())
        made = definition.kind == "symbol" and not is_atom(definition.body)
        return made and bool(kind.shape) and self.ledger.definition(definition.name) is None

    def _gives_function(self, definition: Definition) -> bool:
        """ "The solution is $v(t) = e^{-t}$": a function that nothing defines yet is given as a whole."""
        return (
            definition.kind == "function"
            and self.ledger.definition(definition.name) is None
            and not is_atom(definition.body)
            and not any(isinstance(n, Call) for n in walk(definition.body))
        )

    # -- claims ---------------------------------------------------------------------------------

    def _sides(self, statement: Statement) -> tuple[Syntax, ...]:
        chain = statement.chain
        first = chain.first
        if first is None and (start := self._start(statement)) is not None:
            first = start[0]
        return tuple(s for s in (first, *(link.right for link in chain.links)) if s is not None)

    def _start(self, statement: Statement) -> tuple[Syntax, Formula] | None:
        """Where a chain that begins with its relation goes on from, and the formula that it stands in."""
        implied = statement.chain.links[0].relation in IMPLICATIONS
        if statement.start is not None:
            return None if is_quantifier(statement.start[0]) and not implied else statement.start
        last = self.last
        syntax = last.whole if implied else last.syntax
        if syntax is None or last.formula is None:
            return None
        return (
            (syntax, last.formula) if statement.formula.display or statement.formula is last.formula else None
        )

    def _hangs(self, statement: Statement, sides: tuple[Syntax, ...]) -> bool:
        """A row that begins with a relation where no side came before states nothing; it is told."""
        if len(sides) == len(statement.chain.links) + 1:
            return False
        formula, span = statement.formula, statement.chain.span
        self._given(formula.locate(span), slice_of(formula, span), Why.GOES_ON_FROM_NOTHING)
        return True

    def _elaborate(self, statement: Statement, sides: tuple[Syntax, ...], scope: Scope) -> Reading | None:
        readings = self._readings(statement, sides, scope)
        return readings[0] if readings else None

    def _readings(self, statement: Statement, sides: tuple[Syntax, ...], scope: Scope) -> tuple[Reading, ...]:
        try:
            found = elaborate(sides, scope)
            self.last.read = found[0].trail
            return tuple(
                replace(r, terms=without_units(self._completed(statement, sides, r), sides, scope))
                for r in found
            )
        except NotationError as error:
            if (
                statement.chain.first is not None
                and statement.chain.links[0].relation in EQUALITIES | DEFINING
            ):
                self._retire(slice_of(statement.formula, statement.chain.first.span))
            span = statement.formula.locate(statement.chain.span)
            self.out.append(
                Decided(
                    span,
                    slice_of(statement.formula, statement.chain.span),
                    Verdict(
                        Status.UNREAD,
                        unread_because(error),
                        evidence={"stopped_at": offsets(statement.formula.locate(error.span))},
                    ),
                )
            )
            return ()

    def _completed(
        self, statement: Statement, sides: tuple[Syntax, ...], reading: Reading
    ) -> tuple[Term, ...]:
        terms = _sets(statement.chain, sides, reading)
        return tuple(self.table.complete(t, reading.terms) for t in terms)

    def _state(self, statement: Statement, words: Answer[Stance] | None, local: list[Hypothesis]) -> None:
        chain = statement.chain
        continued = chain.first is None
        sides = self._sides(statement)
        if self._hangs(statement, sides):
            return
        scope = self.ledger.scope(local)
        readings = self._readings(statement, sides, scope)
        start = self._start(statement) if continued else None
        before = start[0].span if start is not None else None
        statement.left_formula = start[1] if start is not None else statement.formula
        self.last.syntax, self.last.formula = last_side(chain), statement.formula
        self.last.whole = replace(chain, first=sides[0])
        if not readings:
            return
        parts = chain_parts(chain, readings[0].terms, before)
        emitter = self._emitter(statement, sides)
        spoken_of = None if continued else definition_of(parts[0].left, parts[0].right)
        listed = spoken_of is not None and spoken_of.name == self.last.named and joins(statement.before)
        self.last.named = spoken_of.name if spoken_of is not None else None
        softs: list[Hypothesis] = []
        condition = condition_in(statement.speech)
        earlier = self.under.get(spoken_of.name, "") if spoken_of is not None else ""
        if spoken_of is not None and condition and earlier and earlier != condition:
            self.ledger.retire(spoken_of.name)  # it was told for another case
        for k, part in enumerate(parts):
            scope = self.ledger.scope(local)
            stance, definition = self.table.stance(
                part,
                words=words,
                quantified=self._quantified(statement, words),
                first=k == 0 and not continued,
                scope=scope,
                chain=parts,
                cases=tuple(h.term for h in self.ledger.cases),
                listed=listed and k == 0,
                estimated=statement.speech.english and estimates(statement.speech.clause.text),
                letter=any(isinstance(r.terms[k], Symbol) for r in readings[1:]),
            )
            if nothing_to_check(part, stance):
                self.out.append(emitter.given(part, stance, scope))
            else:
                self.out.append(emitter.claim(part, stance, scope, readings, k, self._cases(local)))
            if set_aside(stance):
                if stance.value is Stance.DENIED:
                    self._another_value(part)
                continue
            latex, where = emitter.latex(part), emitter.place(part)
            relation = Relation(part.relation, part.left, part.right)
            softly = Hypothesis(relation, latex, soft=True, span=where)
            if definition is None and isinstance(part.left, Symbol) and isinstance(part.right, Tuple):
                self.ledger.retire(part.left.name)  # a point: the number that it was is over
            if definition is not None:
                conditions = conditions_on(definition, (h.term for h in local))
                before_it = self.ledger.definition(definition.name)
                if (
                    before_it is None
                    or stance.rule != "open/defined-again"
                    or before_it.kind != definition.kind
                ):
                    before_it = None
                else:
                    before_it = replace(before_it, before=None)
                self.ledger.define(replace(definition, where=where, conditions=conditions, before=before_it))
                self.under[definition.name] = condition
            elif part.relation in {"implies", "iff"} and isinstance(part.right, Relation):
                softs.append(Hypothesis(part.right, latex, soft=True, span=where))  # what follows
            elif stance.rule == "open/another-of-a-list" and spoken_of is not None:
                self.ledger.retire(spoken_of.name)  # which of them is meant later is not told
            elif stance.rule == "assumes/value-in-passing" and isinstance(part.left, Symbol):
                subject = part.left.name
                if any(h.case and h.subject == subject for h in local):  # "when x = 1, y = b; x = 2, y = 2b"
                    local[:] = [h for h in local if not (h.case and h.subject == subject)]
                    local.append(replace(softly, soft=False, case=True))
                elif any(h.subject == subject for h in self.ledger.cases):
                    self.ledger.assume(replace(softly, soft=False, case=True))
                before_it = self.ledger.definition(part.left.name)
                if (
                    before_it is not None
                    and before_it.body != part.right
                    and (is_constant(before_it.body) or isinstance(part.right, Symbol))
                ):
                    self.ledger.retire(part.left.name)  # "Now x = 3", where x was 2; "take y_1 = x"
                    if isinstance(part.right, Symbol):
                        softs.append(softly)
            elif stance.value is Stance.ASSERTED:
                if _of_other_arity(
                    part, self.ledger
                ):  # `m(x, z, xz) = …` after `m(x, z) = …`: another function
                    softs.append(softly)
                continue
            elif congruent(part) and stance.value is Stance.ASSUMES:
                self.ledger.assume(Hypothesis(congruence(relation), latex, span=where))
            elif part.relation == "in":
                # "Let $x \\in [0, 1]$"
                for member in told(Relation("in", part.left, part.right)):
                    self.ledger.assume(Hypothesis(self.table.spread(member), latex, span=where))
            elif part.relation in ("sim", "perp") and stance.value is Stance.ASSUMES:
                # "Let $X \\sim \\operatorname{Bin}(n, p)$"
                term = self.table.spread(relation)
                self.ledger.assume(Hypothesis(term, latex, span=where))
                note = chain.links[k].note
                if note is not None and isinstance(term, Relation):
                    for apart in independent_by(slice_of(statement.formula, note.span), term.left):
                        self.ledger.assume(Hypothesis(apart, latex, span=where))
            elif stance.value is Stance.OPEN:
                if part.relation in {"=", "equiv", "<", "<=", ">", ">=", "!="}:
                    softs.append(softly)
            else:
                term = self.table.spread(relation)
                if part.relation in INEQUALITIES and words is not None and words.value is Stance.DEFINES:
                    self.ledger.assume(Hypothesis(term, latex, span=where))  # "with $x > 1$"
                elif not (is_atom(part.left) and is_constant(part.right)):
                    softs.append(Hypothesis(term, latex, soft=True, span=where))
            if stance.value is not Stance.ASSERTED and part.relation in EQUALITIES | DEFINING:
                self.ledger.model(Relation("=", part.left, part.right))
        self._more_explicit(parts, continued, local)
        for hypothesis in softs:  # not before the chain ends: its links are judged without one another
            if not at_a_value(hypothesis.term, local):
                self.ledger.assume(hypothesis)
        final = parts[-1]
        if final.relation == "=" and isinstance(parts[0].left, Derivative):
            self.last.gradient = (
                final.right,
                statement.formula.locate(chain.links[-1].right.span),
                slice_of(statement.formula, chain.links[-1].right.span),
            )

    def _more_explicit(self, parts: Sequence[Part], continued: bool, local: Sequence[Hypothesis]) -> None:
        """`L(w) = P(y \\mid x) = \\prod_i \\sigma(z_i)`: what tells more of L is what it is from here on."""
        if not continued:
            self.last.definiendum = parts[0].left
        definiendum = self.last.definiendum
        if definiendum is None or any(p.relation not in EQUALITIES | DEFINING for p in parts):
            self.last.definiendum = None
            return
        named = definition_of(definiendum, parts[-1].right)
        known = self.ledger.definition(named.name) if named is not None else None
        if named is None or known is None or known.kind != named.kind or is_constant(named.body):
            return
        told = self.ledger.scope(local).definitions
        if untold(named.body, told) < untold(known.body, told):
            self.ledger.define(replace(known, body=named.body, parameters=named.parameters))

    def _emitter(self, statement: Statement, sides: tuple[Syntax, ...] = ()) -> Emitter:
        last = self.last
        return Emitter(statement, self.section, sides, last.words, last.read, self.modulus)

    def _another_value(self, part: Part) -> None:
        """`$x = 3$ is a solution …; $x = 4$ is none`: what is said of another value ends the first one."""
        if part.relation != "=" or not isinstance(part.left, Symbol) or not is_constant(part.right):
            return
        known = self.ledger.definition(part.left.name)
        if known is not None and is_constant(known.body) and known.body != part.right:
            self.ledger.retire(part.left.name)

    def _cases(self, local: Sequence[Hypothesis]) -> tuple[Hypothesis, ...]:
        return (*self.ledger.cases, *(h for h in local if h.case))

    def _claim_null(
        self, condition: Sequence[Statement], span: Span, local: Sequence[Hypothesis] = ()
    ) -> None:
        """ "…, the gradient is null": the last gradient that was worked out is zero under the condition."""
        if self.last.gradient is None:
            return
        gradient, where, latex = self.last.gradient
        extra = list(local)
        for statement in condition:
            if statement.chain.first is None:
                return
            reading = self._elaborate(statement, self._sides(statement), self.ledger.scope())
            if reading is None:
                return
            emitter = self._emitter(statement)
            for part in chain_parts(statement.chain, reading.terms):
                extra.append(
                    Hypothesis(
                        self.table.spread(Relation(part.relation, part.left, part.right)),
                        emitter.latex(part),
                        case=True,
                        span=emitter.place(part),
                    )
                )
        extra = list({h.term: h for h in extra}.values())
        if not extra:
            return
        scope = self.ledger.scope(extra)
        # What the condition speaks of is free here: its value is put, not worked out from its definition.
        subjects = {h.subject for h in extra}
        scope = replace(scope, definitions={k: v for k, v in scope.definitions.items() if k not in subjects})
        if subjects & free_symbols(gradient).keys():
            self.out.append(
                Claim(
                    span,
                    gradient,
                    "=",
                    ZERO,
                    scope,
                    Stance.ASSERTED,
                    latex=f"{latex} = 0",
                    readings=(Reading((gradient, ZERO)),),
                    conditions=tuple(h.latex for h in extra),
                    formula=condition[-1].formula if condition else None,
                    section=self.section,
                    left_span=where,
                    right_span=span,
                    cases=tuple(h.term for h in extra),
                    trail=(NULL_GRADIENT.step("stance"),),
                )
            )

    def _retire(self, latex: str) -> None:
        """A name whose new definition could not be read has none from here on."""
        try:
            left = next((p for row in read(latex, self.document.macros).rows for p in row.parts), None)
            if left is None or isinstance(left, Chain | Text):
                return
            term = elaborate((left,), self.ledger.scope())[0].terms[0]
        except NotationError:
            return
        made = definition_of(term, ONE if isinstance(term, Symbol) else Neg(Symbol("\\square")))
        if made is not None:
            self.ledger.retire(made.name)

    def _given(self, span: Span, latex: str, reason: Why) -> None:
        self.out.append(Decided(span, latex, Verdict(Status.GIVEN, Reason(reason))))

    def _unread(self, formula: Formula, error: NotationError) -> None:
        if isinstance(error, Broken):
            self.out.append(undecided(formula.span, formula.latex, error.cause))
            return
        for row in _ROWS.split(formula.latex):
            if (head := _DEFINIENDUM.match(row)) is not None and not (
                isinstance(error, EndlessMacro)
                and formula.latex[error.span.start : error.span.end] in head[1]
            ):
                self._retire(head[1])
        stopped = formula.locate(error.span)
        self.out.append(
            Decided(
                formula.span,
                formula.latex,
                Verdict(Status.UNREAD, unread_because(error), evidence={"stopped_at": offsets(stopped)}),
            )
        )


_NEAR = 2000
"""Characters before a symbol among which words suppose something of it."""
_ROWS = regex(r"\\\\(?!\w)")
_DEFINIENDUM = regex(r"\s*(?:\\begin\{\w+\*?\})?\s*([^=&]{1,60}?)\s*&?\s*(?::|\\(?:triangle|col)\w*)?\s*&?=")
"""The left side of what may be a definition, in a row that was not read."""


def _sets(chain: Chain, sides: Sequence[Syntax], reading: Reading) -> tuple[Term, ...]:
    """The sides as they were read; what stands behind `\\in` is a set, `(0, 1)` an interval."""
    terms = list(reading.terms)
    offset = len(sides) - len(chain.links)
    for k, link in enumerate(chain.links):
        if link.relation in _OF_SETS:
            terms[k + offset] = as_set(link.right, terms[k + offset])
    return tuple(terms)


_OF_SETS = frozenset({"in", "notin", "subset", "subseteq"})


def _of_other_arity(part: Part, ledger: Ledger) -> bool:
    """Whether the left side applies a function to another number of arguments than it was defined with."""
    match part.left:
        case Call(function=Symbol(name=name), args=args) if part.relation == "=":
            known = ledger.definition(name)
            return known is not None and len(known.parameters) != len(args)
        case _:
            return False
