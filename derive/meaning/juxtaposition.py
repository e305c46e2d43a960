"""Factors side by side: what is applied to what, and what is multiplied."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import argument_kind
from derive.facts.runs import opens
from derive.facts.states import is_state
from derive.meaning import delimiters, ellipsis, operators, probability, structure
from derive.meaning.application import application
from derive.meaning.arguments import arguments, cover
from derive.meaning.beside import is_function
from derive.meaning.calculus import derivatives, differentials, evaluated, fractions
from derive.meaning.letters import runs as letters
from derive.meaning.letters.habits import MORE_FUNCTION_LETTERS, VARIABLE_LETTERS
from derive.meaning.letters.indices import indices
from derive.meaning.letters.named_letters import at_argument, is_number
from derive.meaning.letters.samples import above_value, base_of, increment, increment_at, sampled
from derive.meaning.letters.scripts import operate, values_given
from derive.meaning.letters.superscripts import plain_superscript
from derive.meaning.ranges import operators as big
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Add, Apply, Call, Constant, Element, Mul, Pow, Symbol, Term

_GOALS = {"minimize": "min", "minimise": "min", "maximize": "max", "maximise": "max"}
SPOKEN = frozenset(
    "minimize maximize minimise maximise find solve let where when if then and or for so hence thus with"
    " subject given such that is are to of by in on we have the times write compute show note recall"
    " suppose consider assume take choose put using since because gives".split()
)
_PREDICATES = frozenset("independent dependent distinct disjoint iid i.i.d prime odd even fixed".split())
"""What is said of a letter before it."""


def juxtaposition(r: Reader, node: s.Juxtaposition) -> Term:
    factors = node.factors
    if any(isinstance(f, s.Juxtaposition) for f in factors):  # groups that only set a font, {\\bf Q P}(t)
        factors = tuple(x for f in factors for x in (f.factors if isinstance(f, s.Juxtaposition) else (f,)))
        node = s.Juxtaposition(node.span, factors)
    if len(factors) > 2:
        joined = letters.join(r, factors)
        if len(joined) == 1:
            return r.term(joined[0])
        if len(joined) < len(factors):
            factors, node = joined, s.Juxtaposition(node.span, joined)
    between = _signs_between(factors)
    if between is not None:
        return r.term(between)
    if isinstance(factors[-1], s.Evaluated):
        evaluated = operators.evaluated_product(r, node, (node,))
        if evaluated is not None:
            return evaluated
    out: list[Term] = []
    k = 0
    while k < len(factors):
        taken, term = _next(r, node, factors, k)
        out.append(term)
        k += taken
    return ellipsis.product(r, node, out) or product(out, node)


_BETWEEN = {"bigcap": "cap", "bigcup": "cup", "bigvee": "vee", "bigwedge": "wedge", "bigoplus": "oplus"}


def _signs_between(factors: tuple[Any, ...]) -> Any:
    """`A \\bigcap B`: a big sign without bounds behind an operand stands for the small one."""
    last = factors[-1]
    if len(factors) < 2 or not isinstance(last, s.Big) or last.op not in _BETWEEN:
        return None
    if last.sub is not None or last.sup is not None:
        return None
    before = factors[0] if len(factors) == 2 else _before(factors)
    return s.Infix(cover(factors[0], last), _BETWEEN[last.op], before, last.body)


def product(terms: list[Term], node: Any) -> Term:
    return terms[0] if len(terms) == 1 else Mul(tuple(terms), span=node.span)


def _before(factors: tuple[Any, ...]) -> Any:
    """All factors but the last, as one node."""
    return s.Juxtaposition(cover(factors[0], factors[-2]), factors[:-1])


def _rest(factors: tuple[Any, ...], k: int) -> Any:
    """The factors from k on, as one node."""
    if k == len(factors) - 1:
        return factors[k]
    return s.Juxtaposition(cover(factors[k], factors[-1]), factors[k:])


def _next(r: Reader, node: Any, factors: tuple[Any, ...], k: int) -> tuple[int, Term]:
    """How many factors from k on belong together, and their term."""
    factor = factors[k]
    following = factors[k + 1] if k + 1 < len(factors) else None
    if is_state(factor) and is_state(following):
        from derive.meaning import states

        if (together := states.run(r, factors, k)) is not None:
            return together
    operator = fractions.operator(factor)
    if operator is not None:
        if following is None:
            return 1, derivatives.alone(r, factor, operator)
        return derivatives.operand(r, operator, factors, k)
    spoken = factor.base if isinstance(factor, s.Scripts) else factor
    goal = (
        spoken.name.lower()[:8]
        if isinstance(spoken, s.Name) and spoken.word and isinstance(factor, s.Scripts)
        else ""
    )
    op = goal if goal in big.EXTREMA else _GOALS.get(goal)
    if op is not None and following is not None and factor.sup is None:
        body = _rest(factors, k + 1)
        return len(factors) - k, r.term(s.Big(cover(factor, body), op, factor.sub, None, body))
    if isinstance(spoken, s.Name) and spoken.word and spoken.name.lower() in SPOKEN and following is not None:
        raise fail(factor, "words between factors")
    if k and isinstance(factor, s.Name) and factor.word and factor.name.lower().strip(" .") in _PREDICATES:
        raise fail(factor, "words that say what something is")
    if isinstance(factor, s.Name) and factor.word and " " in factor.name.strip() and following is not None:
        rest = _rest(factors, k + 1)  # words that say something of what follows, `\text{terms without } x`
        return len(factors) - k, structure.words(factor.name, factor, (r.term(rest),))
    if isinstance(factor, s.Text):
        raise fail(factor, "words between factors")
    indicated = delimiters.indicator(r, factor, following)
    if indicated is not None:
        return 2, indicated
    if isinstance(following, s.Fence) and following.open == "[":
        element = sampled(r, factor, following)
        if element is not None:
            return 2, element
    if k and isinstance(factors[k - 1], s.Number) and _plain_pi(factor):
        # 2π is the number, whatever the letter is elsewhere in the document
        if isinstance(factor, s.Name):
            return 1, Constant("pi", span=factor.span)
        return 1, Pow(Constant("pi", span=factor.span), r.term(factor.sup), span=factor.span)
    if isinstance(factor, s.Name) and following is not None:
        if factor.name == "d" and not factor.accents and isinstance(following, s.Name | s.Scripts):
            found = differentials.differential(r, factor, following)
            argument = factors[k + 2] if k + 2 < len(factors) else None
            if found is not None and isinstance(argument, s.Fence) and opens(argument):  # dx(t)
                value = application(r, following, argument)
                if value is not None:
                    return 3, Apply("differential", (value,), span=cover(factor, argument))
            if found is not None:
                return 2, found
        if factor.name in ("Delta", "delta") and not factor.font and not factor.accents:
            found_delta = increment(r, factor, following)
            behind = factors[k + 2] if k + 2 < len(factors) else None
            if found_delta is not None and (value := increment_at(r, found_delta, following, behind)):
                return 3, value
            if found_delta is not None:
                return 2, found_delta
        if factor.name == "partial" and not factor.font:
            raise fail(factor, f"{factor.name} among factors")
    if (value := at_argument(r, factor, following)) is not None:
        return 2, value
    expected = probability.operator(r, factors, k)
    if expected is not None:
        return expected
    figure = structure.figure(r, factors, k)
    if figure is not None:
        return figure
    if isinstance(following, s.Fence) and _ring(factor, following):
        ring = (r.term(factor), *arguments(r, following))
        return 2, Apply("polynomials", ring, span=cover(factor, following))
    if isinstance(following, s.Fence) and _transforms(factor, following):
        # linear, and no function of a number: kept as it stands
        return 2, structure.applied(r, factor, (r.term(following.body),), cover(factor, following))  # type: ignore[arg-type]
    if isinstance(following, s.Fence) and following.open in ("(", "[") and following.body is not None:
        number = is_number(r, factor)
        applied = None if number else application(r, factor, following, factors[k - 1] if k else None)
        if applied is not None:
            return _applied_again(r, factors, k, applied)
    if isinstance(following, s.Scripts) and isinstance(following.base, s.Fence) and following.sub is None:
        moment = probability.operator(r, (factor, following.base), 0) if not following.primes else None
        if moment is not None:  # E[X]^2
            sign = s.Scripts(cover(factor, following), following.base, None, following.sup)
            return 2, operate(r, sign, moment[1], plain_superscript(r, following))
    if isinstance(following, s.Scripts) and isinstance(following.base, s.Fence) and not following.primes:
        scripted = _scripted_application(r, factor, following)
        if scripted is not None:
            return 2, scripted
    if (
        isinstance(factor, s.Number)
        and isinstance(following, s.Fraction)
        and following.kind == "frac"
        and isinstance(following.numerator, s.Number)
        and isinstance(following.denominator, s.Number)
        and factor.text.isdigit()
        and float(following.numerator.text) < float(following.denominator.text)
    ):
        mixed = r.ask(
            f"mixed:{factor.text}",
            (
                ("mixed", Choice(Chosen.MIXED_NUMBER, (factor.text,))),
                ("product", Choice(Chosen.NUMBER_TIMES_FRACTION, (factor.text,))),
            ),
        )
        if mixed == "mixed":
            return 2, Add((r.term(factor), r.term(following)), span=cover(factor, following))
    return 1, r.term(factor)


def _applied_again(r: Reader, factors: tuple[Any, ...], k: int, applied: Term) -> tuple[int, Term]:
    """`D(f)(k)`: what was applied to a function gives a function, and that has an argument of its own."""
    if k + 2 >= len(factors) or not opens(factors[k + 2]) or not isinstance(applied, Call):
        return 2, applied
    given = applied.args[0] if len(applied.args) == 1 else None
    if isinstance(given, Call):
        given = given.args[0] if len(given.args) == 1 else None  # D(S(f))(k)
    if not isinstance(given, Symbol) or not is_function(r, given.name):
        return 2, applied
    fence = factors[k + 2]
    return 3, Call(applied, arguments(r, fence), span=cover(factors[k], fence))


def _plain_pi(node: Any) -> bool:
    if (
        isinstance(node, s.Scripts)
        and node.sub is None
        and not node.primes
        and isinstance(node.sup, s.Number)
    ):
        node = node.base
    return isinstance(node, s.Name) and node.name == "pi" and not node.font and not node.accents


def _ring(head: Any, fence: s.Fence) -> bool:
    """`\\mathbb{R}[x]`, `\\mathbb{F}_p[x, y]`: the polynomials over it."""
    base = base_of(head)
    if base is None or base.font != "blackboard" or base.name not in "RCQZFK" or fence.open != "[":
        return False
    items = fence.body.items if isinstance(fence.body, s.Sequence) else (fence.body,)
    return all(isinstance(i, s.Name | s.Ellipsis | s.Scripts) for i in items)


def _transforms(head: Any, fence: s.Fence) -> bool:
    """`\\mathcal{F}\\{f(t)\\}`: an integral transform, its argument in braces."""
    base = base_of(head)
    script = base is not None and base.font in ("calligraphic", "script")
    return script and fence.open == "{" and not isinstance(fence.body, s.Sequence | s.Bar | s.Chain | None)


def _scripted_application(r: Reader, head: Any, following: s.Scripts) -> Term | None:
    """`f(x)^2`, `x[n]^\\top`, `f(x)_i`: the script stands on the value."""
    fence = following.base
    assert isinstance(fence, s.Fence)
    if fence.open not in ("(", "[") or fence.body is None:
        return None
    if (
        isinstance(head, s.Scripts)
        and _turned(head.sup)
        and (_turned(following.sup) or _turned_in(fence.body))
    ):
        return None  # two transposed factors
    value = sampled(r, head, fence) if fence.open == "[" else None
    if value is None:
        letter = symbol_name(head.base if isinstance(head, s.Scripts) else head)
        if (
            letter is not None
            and letter in VARIABLE_LETTERS
            and not r.declared(letter)
            and not (isinstance(head, s.Scripts) and head.primes)
        ):
            lone = isinstance(head, s.Name) and isinstance(fence.body, s.Name)  # r(x)^2
            if "plain" not in r.evidence.applied.get(letter, ()) and not lone:
                return None  # a_2 (\\Delta_x)^2
        if (
            isinstance(head, s.Name)
            and argument_kind(fence) == "compound"
            and spell(head) in MORE_FUNCTION_LETTERS
        ):
            if not r.declared(spell(head)) and "plain" not in r.evidence.applied.get(spell(head), ()):
                return None  # P(1+r)^n
        value = application(r, head, fence)
    if value is None:
        return None
    span = cover(head, following)
    if following.sub is not None and values_given(following.sub):
        value = evaluated.at_values(r, following, value, following.sub)
    elif following.sub is not None:
        lower = indices(r, following.sub, "")
        if lower is None:
            raise fail(following.sub, "a subscript on a value")
        value = Element(value, lower, span=span)
    if following.sup is None:
        return value
    return operate(r, s.Scripts(span, fence, None, following.sup), value, above_value(r, following))


def _turned(sup: Any) -> bool:
    return isinstance(sup, s.Name) and sup.name in ("T", "top", "intercal")


def _turned_in(body: Any) -> bool:
    return isinstance(body, s.Scripts) and body.sup is not None
