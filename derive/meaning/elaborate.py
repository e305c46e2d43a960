"""From syntax to terms: one `Reading` for each plausible meaning of the pieces, best first.

The notation leaves questions open (`f(x+1)`, `x^T`, `|A|`, `\\log`); the modules
beside this one ask them of the `Reader` as they come up. The pieces are read
once with every preferred answer, then with the others, so all pieces share them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain as either
from itertools import combinations, islice
from typing import assert_never

from derive.facts.formula import Facts, gather
from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import depth, walk
from derive.meaning import delimiters, ellipsis, juxtaposition, operators, reach, rows, structure
from derive.meaning import named_functions as words
from derive.meaning.calculus import derivatives, evaluated, integrals, prefix
from derive.meaning.letters import names, scripts
from derive.meaning.letters.identity_matrix import sized
from derive.meaning.letters.numbered import numbered
from derive.meaning.ranges import bounds
from derive.meaning.ranges import operators as big
from derive.meaning.reader import Reader, fail
from derive.model import Span
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import TWO, Add, Apply, Div, Ellipsis, Neg, Relation, Root, Term, Tuple
from derive.term.scope import Reading, Scope

MOST_READINGS = 8
MOST_TRIED = 64
"""Combinations of answers; no formula of the corpora asks for a third of it."""
DEEPEST = 120
"""Nesting beyond this is refused: the terms are walked by recursion."""


def elaborate(nodes: Sequence[s.Syntax], scope: Scope) -> tuple[Reading, ...]:
    """The plausible meanings of some pieces of syntax, read together; best first, at most 8.

    Raises `NotationError` for a piece whose notation has no term.
    """
    if depth(nodes) > DEEPEST:
        whole = nodes[0].span if nodes else Span(0, 0)
        raise s.NotationError(whole, "an expression nested too deeply")
    evidence = gather(nodes)
    try:
        return _readings(nodes, scope, evidence)
    except RecursionError:  # operators side by side nest to the right
        raise s.NotationError(nodes[0].span, "an expression nested too deeply") from None


def _readings(nodes: Sequence[s.Syntax], scope: Scope, evidence: Facts) -> tuple[Reading, ...]:
    preferred = Reader(nodes, scope, term_of, {}, evidence)
    first = _read(preferred)
    readings = [first]
    questions = [(key, [a for a, _ in options[1:]]) for key, options in preferred.questions.items()]
    alternatives = ({key: answer} for key, others in questions for answer in others)
    pairs = ({k1: a1, k2: a2} for (k1, o1), (k2, o2) in combinations(questions, 2) for a1 in o1 for a2 in o2)
    for answers in islice(either(alternatives, pairs), MOST_TRIED):
        if len(readings) == MOST_READINGS:
            break
        try:
            reading = _read(Reader(nodes, scope, term_of, answers, evidence, preferred))
        except s.NotationError:
            continue  # not a reading after all
        if all(reading.terms != other.terms for other in readings):
            readings.append(reading)
    return tuple(readings)


def _read(reader: Reader) -> Reading:
    terms = tuple(reader.term(node) for node in reader.nodes)
    terms = sized(numbered(terms, reader.scope), reader.scope)
    return Reading(terms, reader.choices, reader.trail)


_COMMAS = (
    ("decimal", Choice(Chosen.COMMA_OF_DECIMAL)),
    ("list", Choice(Chosen.COMMA_OF_LIST)),
)
_GROUPS = (("thousands", Choice(Chosen.COMMA_OF_THOUSANDS)), *_COMMAS)


def _number(r: Reader, node: s.Number) -> Term:
    """A number with a comma in it: groups of three digits, a decimal, or two items."""
    whole, _, digits = node.text.partition(".")
    grouped = len(digits) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    match r.ask("comma-of-thousands", _GROUPS) if grouped else r.ask("comma", _COMMAS):
        case "list":
            return names.number(s.Number(node.span, node.listed))
        case "thousands":
            return names.number(s.Number(node.span, whole + digits))
        case _:
            return names.number(node)


def term_of(r: Reader, node: s.Syntax) -> Term:
    """The term of one piece under the reader's answers."""
    match node:
        case s.Number(listed=listed) if listed:
            return _number(r, node)
        case s.Number():
            return names.number(node)
        case s.Name():
            return names.name(r, node)
        case s.Scripts(base=s.Number(), sub=None, sup=s.Name(name="circ"), primes=0):
            return operators.postfix(r, s.Postfix(node.span, "degree", node.base))
        case s.Scripts(base=s.Fence(open="{" | "(") as listed, sub=below) if below is not None:
            return big.family(r, node, listed) or scripts.scripts(r, node)
        case s.Scripts(base=s.Apply()) if (inside := words.power_inside(r, node)) is not None:
            return inside
        case s.Scripts():
            return scripts.scripts(r, node)
        case s.Accent():
            return operators.accent(r, node)
        case s.Juxtaposition():
            return juxtaposition.juxtaposition(r, node)
        case s.Sum():
            return _sum(r, node)
        case s.Infix():
            return operators.infix(r, node)
        case s.Prefix():
            return prefix.prefix(r, node)
        case s.Postfix():
            return operators.postfix(r, node)
        case s.Fraction():
            return _fraction(r, node)
        case s.Root():
            index = TWO if node.index is None else r.term(node.index)
            return Root(r.term(node.radicand), index, span=node.span)
        case s.Fence():
            return delimiters.fence(r, node)
        case s.Sequence():
            return Tuple(tuple(r.term(i) for i in node.items), span=node.span)
        case s.Bar():
            raise fail(node, "a bar outside a probability or a set")
        case s.Big():
            return big.big(r, node)
        case s.Integral():
            return integrals.integral(r, node)
        case s.Apply():
            return words.apply(r, node)
        case s.Evaluated():
            return evaluated.evaluated(r, node)
        case s.Matrix():
            return rows.matrix(r, node)
        case s.Cases():
            return rows.cases(r, node)
        case s.Ellipsis():
            return Ellipsis(span=node.span)
        case s.Text():
            if node.parts:
                return rows.words(r, node)
            raise fail(node, f"the words {node.text.strip()!r}")
        case s.Missing():
            if node.span.start == node.span.end:  # nothing is written there
                raise fail(node, "an operand that is left open")
            return Apply("placeholder", (), span=node.span)
        case s.Chain():
            return chain(r, node)
        case _:
            assert_never(node)


def _sum(r: Reader, node: s.Sum) -> Term:
    node = _extended(r, node)
    evaluated = operators.evaluated_sum(r, node)
    if evaluated is not None:
        return evaluated
    remainder = reach.of_sum(r, node)
    if remainder is not None:
        return remainder
    parts = [(sign, r.term(part)) for sign, part in node.parts]
    dots = ellipsis.sum_of(r, node, parts)
    if dots is not None:
        return dots
    terms: list[Term] = []
    for sign, term in parts:
        match sign:
            case "+":
                terms.append(term)
            case "-":
                terms.append(Neg(term, span=term.span))
            case "pm":
                terms.append(Apply("plusminus", (term,), span=term.span))
            case "mp":
                terms.append(Apply("minusplus", (term,), span=term.span))
            case _:
                raise fail(node, f"the sign {sign}")
    return terms[0] if len(terms) == 1 else Add(tuple(terms), span=node.span)


def _extended(r: Reader, node: s.Sum) -> s.Sum:
    """`\\lim_{x \\to 0} 1 + x`, `\\sum_i a_i + b_i`: terms with the bound letter belong to the body."""
    if not any(_trailing_big(part) for _, part in node.parts[:-1]):
        return node
    places: dict[str, list[int]] = {}
    for j, (_, part) in enumerate(node.parts):
        for name in _unbound(r, part):
            places.setdefault(name, []).append(j)
    for k, (sign, part) in enumerate(node.parts[:-1]):
        last = _trailing_big(part)
        if last is None:
            continue
        found = bounds.bound_names(r, last.sub, last)
        end = max((places[n][-1] for n in found if n in places), default=k)
        extremum = last.op in big.EXTREMA
        if extremum and k == 0 and part is last:
            end = len(node.parts) - 1
        if end <= k or any(n in r.bound for n in found):
            continue
        options = (
            ("wide", Choice(Chosen.OPERATOR_OVER_TERMS_AFTER_IT, (last.op,))),
            ("narrow", Choice(Chosen.OPERATOR_OVER_FIRST_TERM, (last.op,))),
        )
        towards = last.op in big.LIMITS  # its letter stands for nothing after it, whatever it is elsewhere
        again = extremum and any(_binds_again(r, later, found) for _, later in node.parts[k + 1 : end + 1])
        if (
            again
            or (extremum and (k or part is not last))
            or not (extremum or towards or all(_runs(r, n) for n in found))
        ):
            options = (options[1], options[0])
        if r.ask(f"reach:{last.span.start}", options) == "narrow":
            continue
        taken = node.parts[k + 1 : end + 1]
        body = s.Sum(last.body.span.cover(taken[-1][1].span), (("+", last.body), *taken))
        wide: s.Syntax = s.Big(last.span.cover(body.span), last.op, last.sub, last.sup, body)
        if isinstance(part, s.Juxtaposition):
            wide = s.Juxtaposition(part.span.cover(body.span), (*part.factors[:-1], wide))
        return s.Sum(node.span, (*node.parts[:k], (sign, wide), *node.parts[end + 1 :]))
    return node


def _binds_again(r: Reader, part: s.Syntax, names: list[str]) -> bool:
    """`\\sup_f A(f) - \\sup_f B(f)`: the second has its own f."""
    return any(
        isinstance(n, s.Big) and set(names) & set(bounds.bound_names(r, n.sub, n)) for n in walk((part,))
    )


def _runs(r: Reader, name: str) -> bool:
    """An index, or a letter that nothing declares: outside of a sum over it, it stands for nothing.
    Any other letter of the document may stand there for itself."""
    return not r.declared(name) or r.role(name) == "index"


def _trailing_big(part: s.Syntax) -> s.Big | None:
    """The big operator that a term is or ends in."""
    last = part.factors[-1] if isinstance(part, s.Juxtaposition) else part
    return (
        last
        if isinstance(last, s.Big) and last.sub is not None and not isinstance(last.body, s.Missing)
        else None
    )


def _unbound(r: Reader, part: s.Syntax) -> set[str]:
    """The letters of a term that no big operator in it binds."""
    every: set[str] = set()
    bound: set[str] = set()
    for n in walk((part,)):
        if isinstance(n, s.Name):
            every.add(spell(n))
        elif isinstance(n, s.Big):
            bound.update(bounds.bound_names(r, n.sub, n))
        elif isinstance(n, s.Integral):
            bound.update(v for v in map(symbol_name, n.variables) if v is not None)
        elif isinstance(n, s.Scripts) and isinstance(n.base, s.Name) and n.base.name in ("E", "Exp", "Var"):
            bound.update(bounds.bound_names(r, n.sub, None))  # \\mathbb{E}_{x \\sim p}
    return every - bound


def _several(node: s.Syntax) -> bool:
    """`n_1, \\dots, n_k` or `n_1 \\dots n_k` below n."""
    parts = node.factors if isinstance(node, s.Juxtaposition) else ()
    return isinstance(node, s.Sequence) or any(isinstance(p, s.Ellipsis) for p in parts)


def _fraction(r: Reader, node: s.Fraction) -> Term:
    if node.kind == "binom" and _several(node.denominator):
        raise fail(node, "a multinomial coefficient")
    if node.kind == "binom":
        return Apply("binomial", (r.term(node.numerator), r.term(node.denominator)), span=node.span)
    if node.kind != "frac":
        head = {"brack": "stirling_first", "brace": "stirling_second"}.get(node.kind, "stacked")
        return Apply(head, (r.term(node.numerator), r.term(node.denominator)), span=node.span)
    derivative = derivatives.fraction(r, node) or structure.variation(r, node)
    if derivative is not None:
        return derivative
    for half in (node.numerator, node.denominator):
        if isinstance(half, s.Missing):
            raise fail(half, "a fraction with an empty half")
    return Div(r.term(node.numerator), r.term(node.denominator), span=node.span)


LOGICAL = {"implies": "implies", "impliedby": "implies", "iff": "iff"}


def chain(r: Reader, node: s.Chain) -> Term:
    """Relations as one term: a single one, or the conjunction of the links."""
    if node.first is None:
        raise fail(node, "a relation without a left side")
    left = r.term(node.first)
    found: list[Term] = []
    for link in node.links:
        held = link.relation in ("in", "notin", "subset", "subseteq")
        right = bounds.collection(r, link.right) if held else r.term(link.right)
        if held:
            right = delimiters.as_set(link.right, right)
        if link.relation in LOGICAL:
            pair = (right, left) if link.relation == "impliedby" else (left, right)
            found.append(Apply(LOGICAL[link.relation], pair, span=link.span))
        elif link.relation == "mapsto":
            found.append(Apply("maps_to", (left, right), span=link.span))
        else:
            found.append(Relation(link.relation, left, right, span=node.first.span.cover(link.span)))
        left = right
    return found[0] if len(found) == 1 else Apply("and", tuple(found), span=node.span)
