"""Hypotheses on random variables from the words that introduce them: `X \\sim …`, means, variances,
independence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from derive.classes import dataclass
from derive.expressions import regex
from derive.facts.chance import Chance, chance_in
from derive.model import Document, Formula, Span
from derive.notation import NotationError
from derive.notation.syntax import Chain, Display, Syntax
from derive.notation.syntax import Sequence as Items
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Apply,
    Call,
    Element,
    Ellipsis,
    Expectation,
    Interval,
    Matrix,
    Mul,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
    Tuple,
)

_NORMAL = frozenset({"normal", "gaussian"})
Read = Callable[[Syntax], Term | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """What words say of chance, by the formula at which the statement ends."""

    by_formula: dict[Span, tuple[Chance, ...]]

    def at(self, formula: Formula) -> tuple[Chance, ...]:
        return self.by_formula.get(formula.span, ())


def stated_in(document: Document) -> Stated:
    found: dict[Span, tuple[Chance, ...]] = {}
    for said in chance_in(document):
        found[said.last.span] = (*found.get(said.last.span, ()), said)
    return Stated(found)


def chance_hypotheses(
    said: Chance, displays: dict[Span, Display | NotationError], read: Read
) -> Iterator[Term]:
    """The hypotheses that a statement is; none where a part of it was not made out."""
    subjects = [t for f in said.subjects for t in _terms(displays[f.span], read)]
    letters: list[Term] = [s for s in subjects if not isinstance(s, Ellipsis)]
    if not letters or not all(_is_letter(s) for s in letters):
        return
    member: Term | None = member_of(subjects)
    if member is None and len(letters) > 1 and all(isinstance(s, Element) for s in letters):
        member = _any_of(letters[0])
    family = member is not None
    on = [t for f in said.given for t in _terms(displays[f.span], read) if _is_letter(t)]
    if member is not None:  # one law for X_i
        letters = [member]
    parameters = [(w, t) for w, f in said.parameters for t in _terms(displays[f.span], read)]
    within = [t for f in said.within for t in _terms(displays[f.span], read)]
    if said.family in _NORMAL and (together := _jointly(letters, parameters)) is not None:
        yield together
        return
    for k, x in enumerate(letters):
        if said.family:
            law = _law(said, _own(parameters, k, len(letters)), within)
            if law is not None:
                yield Relation("sim", Apply("conditional", (x, *on)) if on else x, law)
        elif not said.density:
            yield from _moments(said, x, k, parameters)
        if said.nonnegative or said.positive:
            yield Relation(">" if said.positive else ">=", x, ZERO)
    if said.independent or said.apart_from:
        others = [t for f in said.apart_from for t in _terms(displays[f.span], read) if _is_letter(t)]
        pairs = [(x, y) for x in letters for y in others]
        if said.independent and not others:
            pairs += [(letters[0], letters[0])] if family else list(combinations(letters, 2))
        yield from (Relation("perp", x, y) for x, y in pairs)


def _jointly(letters: Sequence[Term], parameters: Sequence[tuple[str, Term]]) -> Term | None:
    """`(X, Y) \\sim N(…)` of two letters with their means, variances and correlation."""
    told: dict[str, list[Term]] = {}
    for word, value in parameters:
        told.setdefault(word.removesuffix(" coefficient").removesuffix("s"), []).append(value)
    means, variances = told.get("mean", []), told.get("variance", [])
    if len(means) == 1 and means == [ZERO]:
        means = means * 2
    if len(letters) != 2 or len(means) != 2 or len(variances) != 2:
        return None
    match told.get("correlation", []), told.get("covariance", []):
        case [rho], []:
            both: Term = Mul((rho, *(_root(v) for v in variances)))
        case [], [value]:
            both = value
        case _:
            return None
    spread = Matrix(((variances[0], both), (both, variances[1])))
    law = Call(Symbol("\\operatorname{Normal}"), (Matrix(tuple((m,) for m in means)), spread))
    return Relation("sim", Tuple(tuple(letters)), law)


def _root(variance: Term) -> Term:
    match variance:
        case Pow(base=base, exponent=two) if two == TWO:
            return base
        case _:
            return Root(variance, TWO)


def member_of(items: Sequence[Term]) -> Term | None:
    """X_i for `X_1, \\dots, X_n`; None for a list without dots, or of other things than letters."""
    letters = [i for i in items if not isinstance(i, Ellipsis)]
    if len(letters) == len(items) or not letters or not all(_is_letter(i) for i in letters):
        return None
    bases = {_base(i) for i in letters}
    return _any_of(letters[0]) if len(bases) == 1 else None


def independent_by(note: str, drawn: Term) -> Iterator[Term]:
    """What `\\overset{\\text{iid}}{\\sim}` says of a family besides its law: its members are independent."""
    letters = regex(r"\\[a-zA-Z]+|[^a-zA-Z]").sub("", note).lower()
    if letters in ("iid", "ind", "indep", "independent") and isinstance(drawn, Element):
        yield Relation("perp", drawn, drawn)


def _any_of(member: Term) -> Element:
    return Element(_base(member), (Symbol("i"),))


def _own(parameters: Sequence[tuple[str, Term]], k: int, letters: int) -> Sequence[tuple[str, Term]]:
    """What is told of the k-th of several letters: "with rates $\\lambda$ and $\\mu$"."""
    if letters < 2 or len(parameters) != letters or not all(w.endswith("s") for w, _ in parameters):
        return parameters
    word, value = parameters[k]
    return [(word.removesuffix("s"), value)]


def _base(member: Term) -> Term:
    """The letter of a family by one of its members, `X_1`."""
    match member:
        case Element(base=base):
            return base
        case Symbol(name=name) if "_" in name:
            return Symbol(name.partition("_")[0])
        case _:
            return member


def _is_letter(term: Term) -> bool:
    return isinstance(term, Symbol) or (isinstance(term, Element) and isinstance(term.base, Symbol))


def _law(said: Chance, parameters: Sequence[tuple[str, Term]], within: Sequence[Term]) -> Term | None:
    """`X \\sim …` with its parameters by name: those of the notation where the words are others."""
    told = {word: term for word, term in parameters}
    args: tuple[Term, ...] | None
    match said.family:
        case "standard normal":
            args = (ZERO, ONE)
        case "normal" | "gaussian":
            args = _normal(told)
        case "exponential" if "mean" in told or "scale" in told or "expectation" in told:
            mean = told.get("mean") or told.get("expectation") or told["scale"]
            args = (_reciprocal(mean),)
            return Call(Symbol("\\operatorname{Exp}"), args) if args[0] is not None else None
        case "uniform":
            if len(within) == 1 and isinstance(within[0], Interval):
                args = (within[0].lower, within[0].upper)
            elif len(within) == 1 and isinstance(within[0], Tuple) and len(within[0].items) == 2:
                args = within[0].items  # (0, 1)
            elif len(within) == 2:
                args = (within[0], within[1])
            else:
                args = tuple(t for w, t in parameters if w.startswith("parameter")) or None
        case "poisson":
            args = tuple(t for _, t in parameters)
        case "geometric" if "values" in said.behind or "trials" in said.behind:
            return None if len(parameters) != 1 else Call(Symbol(_counted(said)), (parameters[0][1],))
        case _:
            args = tuple(t for _, t in parameters)
    if not args:
        return None
    return Call(Symbol(f"\\operatorname{{{_SHORT.get(said.family, said.family)}}}"), args)


def _counted(said: Chance) -> str:
    return "\\operatorname{Geometric from 0}" if " 0," in said.behind else "\\operatorname{Geometric from 1}"


def _reciprocal(term: Term) -> Term:
    from derive.term.construct import div

    return div(ONE, term)


def _normal(told: dict[str, Term]) -> tuple[Term, ...] | None:
    mean = told.get("mean", told.get("expectation", told.get("expected value")))
    spread = told.get("variance") or told.get("covariance") or told.get("covariance matrix")
    if spread is None and (deviation := told.get("standard deviation")) is not None:
        spread = Pow(deviation, TWO)
    if mean is None or spread is None:
        return None
    # a variance that is one letter would be taken for a deviation
    return mean, Pow(spread, ONE) if isinstance(spread, Symbol) and not spread.type.shape else spread


def _moments(said: Chance, x: Term, k: int, parameters: Sequence[tuple[str, Term]]) -> Iterator[Relation]:
    plural: dict[str, int] = {}
    for word, value in parameters:
        if word in ("means", "variances"):
            place = plural.get(word, 0)
            plural[word] = place + 1
            if place != k:
                continue
        match word:
            case "mean" | "means" | "expectation" | "expected value":
                yield Relation("=", Expectation("E", (x,)), value)
            case "variance" | "variances" | "covariance" | "covariance matrix":
                yield Relation("=", Expectation("Cov" if said.vector else "Var", (x,)), value)
            case "standard deviation":
                yield Relation("=", Expectation("Var", (x,)), Pow(value, TWO))
            case _:
                pass
    if said.centred and not any(w.startswith("mean") for w, _ in parameters):
        yield Relation("=", Expectation("E", (x,)), ZERO)


_SHORT = {"gaussian": "Normal", "normal": "Normal", "standard normal": "Normal"}


def _terms(display: Display | NotationError, read: Read) -> list[Term]:
    """What a formula names: the items of a list, the left side of `\\mu \\in \\mathbb{R}^n`."""
    if isinstance(display, NotationError) or len(display.rows) != 1 or len(display.rows[0].parts) != 1:
        return []
    part = display.rows[0].parts[0]
    first = part.first if isinstance(part, Chain) else part
    if first is None:
        return []
    items = first.items if isinstance(first, Items) else (first,)
    found = [read(item) for item in items]
    if any(t is None for t in found):
        return []
    return [x for t in found if t is not None for x in (t.items if isinstance(t, Tuple) else (t,))]
