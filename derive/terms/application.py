"""Factors side by side: what is applied to what, and what is multiplied."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from derive.notation import syntax as s
from derive.terms import (
    big,
    calculus,
    delimiters,
    ellipsis,
    letters,
    operators,
    probability,
    structure,
)
from derive.terms.evidence import INDEX_LETTERS, argument_kind, walk
from derive.terms.indices import indices
from derive.terms.names import FUNCTION_LETTERS, constant_of
from derive.terms.naming import spell, symbol_name, with_scripts
from derive.terms.nodes import (
    Add,
    Apply,
    At,
    Call,
    Constant,
    Derivative,
    Element,
    Mul,
    Number,
    Pow,
    Prime,
    Symbol,
    Term,
)
from derive.terms.reader import Reader, fail
from derive.terms.scripts import operate, subscripted, values_given
from derive.terms.superscripts import is_arrow, plain_superscript, superscript
from derive.terms.words import WORDS, apply_word

VARIABLE_LETTERS = frozenset(
    [
        *"abcdijklmnrstxyz",
        *"\\alpha \\beta \\gamma \\epsilon \\varepsilon \\theta \\lambda \\mu \\nu \\xi \\rho".split(),
        *"\\tau \\omega \\eta \\kappa \\delta \\Delta".split(),
    ]
)
_GOALS = {"minimize": "min", "minimise": "min", "maximize": "max", "maximise": "max"}
SPOKEN = frozenset(
    "minimize maximize minimise maximise find solve let where when if then and or for so hence thus with"
    " subject given such that is are to of by in on we have the times write compute show note recall"
    " suppose consider assume take choose put using since because gives".split()
)
_PREDICATES = frozenset("independent dependent distinct disjoint iid i.i.d prime odd even fixed".split())
"""What is said of a letter before it."""
MORE_FUNCTION_LETTERS = frozenset(
    [*"pPLJqQuvwHTSRUVWENXYZ", "\\ell", "\\rho", "\\chi", "\\Theta", "\\Lambda", "\\Omega"]
)


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
    return s.Infix(_cover(factors[0], last), _BETWEEN[last.op], before, last.body)


def product(terms: list[Term], node: Any) -> Term:
    return terms[0] if len(terms) == 1 else Mul(tuple(terms), span=node.span)


def _cover(a: Any, b: Any) -> Any:
    return a.span.cover(b.span)


def _before(factors: tuple[Any, ...]) -> Any:
    """All factors but the last, as one node."""
    return s.Juxtaposition(_cover(factors[0], factors[-2]), factors[:-1])


def _rest(factors: tuple[Any, ...], k: int) -> Any:
    """The factors from k on, as one node."""
    if k == len(factors) - 1:
        return factors[k]
    return s.Juxtaposition(_cover(factors[k], factors[-1]), factors[k:])


def _next(r: Reader, node: Any, factors: tuple[Any, ...], k: int) -> tuple[int, Term]:
    """How many factors from k on belong together, and their term."""
    factor = factors[k]
    following = factors[k + 1] if k + 1 < len(factors) else None
    operator = calculus.operator(factor)
    if operator is not None:
        if following is None:
            return 1, calculus.alone(r, factor, operator)
        return calculus.operand(r, operator, factors, k)
    spoken = factor.base if isinstance(factor, s.Scripts) else factor
    goal = (
        spoken.name.lower()[:8]
        if isinstance(spoken, s.Name) and spoken.word and isinstance(factor, s.Scripts)
        else ""
    )
    op = goal if goal in big.EXTREMA else _GOALS.get(goal)
    if op is not None and following is not None and factor.sup is None:
        body = _rest(factors, k + 1)
        return len(factors) - k, r.term(s.Big(_cover(factor, body), op, factor.sub, None, body))
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
        element = _sampled(r, factor, following)
        if element is not None:
            return 2, element
    if k and isinstance(factors[k - 1], s.Number) and _plain_pi(factor):
        # 2π is the number, whatever the letter is elsewhere in the document
        if isinstance(factor, s.Name):
            return 1, Constant("pi", span=factor.span)
        return 1, Pow(Constant("pi", span=factor.span), r.term(factor.sup), span=factor.span)
    if isinstance(factor, s.Name) and following is not None:
        if factor.name == "d" and not factor.accents and isinstance(following, s.Name | s.Scripts):
            found = calculus.differential(r, factor, following)
            argument = factors[k + 2] if k + 2 < len(factors) else None
            if found is not None and isinstance(argument, s.Fence) and letters.opens(argument):  # dx(t)
                value = application(r, following, argument)
                if value is not None:
                    return 3, Apply("differential", (value,), span=_cover(factor, argument))
            if found is not None:
                return 2, found
        if factor.name in ("Delta", "delta") and not factor.font and not factor.accents:
            found_delta = _increment(r, factor, following)
            behind = factors[k + 2] if k + 2 < len(factors) else None
            if found_delta is not None and (value := _increment_at(r, found_delta, following, behind)):
                return 3, value
            if found_delta is not None:
                return 2, found_delta
        if factor.name == "partial" and not factor.font:
            raise fail(factor, f"{factor.name} among factors")
    expected = probability.operator(r, factors, k)
    if expected is not None:
        return expected
    figure = structure.figure(r, factors, k)
    if figure is not None:
        return figure
    if isinstance(following, s.Fence) and _ring(factor, following):
        ring = (r.term(factor), *arguments(r, following))
        return 2, Apply("polynomials", ring, span=_cover(factor, following))
    if isinstance(following, s.Fence) and _transforms(factor, following):
        # linear, and no function of a number: kept as it stands
        return 2, structure.applied(r, factor, (r.term(following.body),), _cover(factor, following))  # type: ignore[arg-type]
    if isinstance(following, s.Fence) and following.open in ("(", "[") and following.body is not None:
        applied = application(r, factor, following, factors[k - 1] if k else None)
        if applied is not None:
            return _applied_again(r, factors, k, applied)
    if isinstance(following, s.Scripts) and isinstance(following.base, s.Fence) and following.sub is None:
        moment = probability.operator(r, (factor, following.base), 0) if not following.primes else None
        if moment is not None:  # E[X]^2
            sign = s.Scripts(_cover(factor, following), following.base, None, following.sup)
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
                ("mixed", f"{factor.text} before a fraction: a mixed number"),
                ("product", f"{factor.text} before a fraction: a product"),
            ),
        )
        if mixed == "mixed":
            return 2, Add((r.term(factor), r.term(following)), span=_cover(factor, following))
    return 1, r.term(factor)


def _applied_again(r: Reader, factors: tuple[Any, ...], k: int, applied: Term) -> tuple[int, Term]:
    """`D(f)(k)`: what was applied to a function gives a function, and that has an argument of its own."""
    if k + 2 >= len(factors) or not letters.opens(factors[k + 2]) or not isinstance(applied, Call):
        return 2, applied
    given = applied.args[0] if len(applied.args) == 1 else None
    if isinstance(given, Call):
        given = given.args[0] if len(given.args) == 1 else None  # D(S(f))(k)
    if not isinstance(given, Symbol) or not is_function(r, given.name):
        return 2, applied
    fence = factors[k + 2]
    return 3, Call(applied, arguments(r, fence), span=_cover(factors[k], fence))


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
    base = _base_of(head)
    if base is None or base.font != "blackboard" or base.name not in "RCQZFK" or fence.open != "[":
        return False
    items = fence.body.items if isinstance(fence.body, s.Sequence) else (fence.body,)
    return all(isinstance(i, s.Name | s.Ellipsis | s.Scripts) for i in items)


def _transforms(head: Any, fence: s.Fence) -> bool:
    """`\\mathcal{F}\\{f(t)\\}`: an integral transform, its argument in braces."""
    base = _base_of(head)
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
    value = _sampled(r, head, fence) if fence.open == "[" else None
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
    span = _cover(head, following)
    if following.sub is not None and values_given(following.sub):
        value = calculus.at_values(r, following, value, following.sub)
    elif following.sub is not None:
        lower = indices(r, following.sub, "")
        if lower is None:
            raise fail(following.sub, "a subscript on a value")
        value = Element(value, lower, span=span)
    if following.sup is None:
        return value
    return operate(r, s.Scripts(span, fence, None, following.sup), value, _above_value(r, following))


def _above_value(r: Reader, node: s.Scripts) -> str:
    """A star on a value, `u[n]^*`, marks it, where the document has no complex numbers."""
    kind = plain_superscript(r, node)
    star = isinstance(node.sup, s.Name) and node.sup.name in ("*", "ast")
    return "power" if star and kind == "adjoint" and r.scope.options.get("complex") != "yes" else kind


#: brackets behind these hold what chance is asked of
_CHANCE = frozenset(["E", "\\mathbb{E}", "\\mathbb{P}", "\\mathbb{V}"])


def _turned(sup: Any) -> bool:
    return isinstance(sup, s.Name) and sup.name in ("T", "top", "intercal")


def _turned_in(body: Any) -> bool:
    return isinstance(body, s.Scripts) and body.sup is not None


def _sampled(r: Reader, head: Any, fence: s.Fence) -> Term | None:
    """`x[n]`, `x[n+1]`, `u[0]`: the sample of a signal; None where the brackets only group."""
    body, base = fence.body, _base_of(head)
    if base is None or fence.close != "]":
        return None
    letter = spell(base)
    if isinstance(head, s.Scripts) and head.sup is not None:
        mark = superscript(r, letter, head)[0]
        sampled = is_sample(r, body) and _near_samples(r, letter, base)
        if body is not None and mark == "name" and not head.primes and sampled:
            return Element(r.term(head), (r.term(body),), span=_cover(head, fence))  # u^*[n]
        if mark not in ("transpose", "adjoint") and not (mark == "power" and isinstance(head.sup, s.Number)):
            return None
        # \lambda^\top[n] is the transpose of a sample
        bare = s.Scripts(head.span, base, head.sub, None, head.primes)
        element = _sampled(r, base if bare.sub is None and not bare.primes else bare, fence)
        return None if element is None else operate(r, head, element, mark)
    if r.role(letter) in ("function", "operator") or letter in _CHANCE:
        return None
    index = (
        isinstance(body, s.Name)
        and len(body.name) == 1
        and (body.name in INDEX_LETTERS or spell(body) in r.bound)
    )
    if isinstance(body, s.Number | s.Name) and letter not in FUNCTION_LETTERS:
        index = is_sample(r, body)
    signal = (
        base.font == "bold"
        or "sampled" in r.evidence.indexed.get(letter, ())
        or (r.used(letter, "sampled") and not r.used(letter, "factor") and letter not in INDEX_LETTERS)
    )
    if not index and not (signal and is_sample(r, body)) and not _next_sample(r, letter, body):
        return None
    term = r.term(head)
    if isinstance(term, Symbol) and body is not None:
        return Element(term, (r.term(body),), span=_cover(head, fence))
    return None


def _next_sample(r: Reader, letter: str, body: Any) -> bool:
    """`x[n+1]` with nothing that tells: rather the next sample than a product. So `\\lambda[N-1]`, where λ or
    another letter has samples."""
    near = r.used(letter, "sampled") or r.fact(("samples",), lambda: _samples(r))
    if near and is_sample(r, body) and letter not in INDEX_LETTERS:
        return r.ask(f"sample:{letter}", _sample_or_product(letter)) == "sample"
    if not isinstance(body, s.Sum) or len(body.parts) != 2 or letter in INDEX_LETTERS or len(letter) > 1:
        return False
    (_, first), (_, last) = body.parts
    if not (isinstance(first, s.Name) and first.name in ("n", "k", "t") and isinstance(last, s.Number)):
        return False
    return r.ask(f"sample:{letter}", _sample_or_product(letter)) == "sample"


def _samples(r: Reader) -> bool:
    """The formula writes a signal: `x[n]`, a bold `\\mathbf x[N]`."""

    def bold(head: Any, fence: Any) -> bool:
        base = _base_of(head)
        brackets = isinstance(fence, s.Fence) and fence.open == "[" and is_sample(r, fence.body)
        return brackets and base is not None and base.font == "bold" and not isinstance(fence.body, s.Sum)

    pairs = (p for n in walk(r.nodes) if isinstance(n, s.Juxtaposition) for p in pairwise(n.factors))
    return any("sampled" in kinds for kinds in r.evidence.indexed.values()) or any(bold(*p) for p in pairs)


def _near_samples(r: Reader, letter: str, base: s.Name) -> bool:
    """The letter, or another of the formula, is written as a signal, `x[n]`."""
    sampled = any("sampled" in kinds for kinds in r.evidence.indexed.values())
    return base.font == "bold" or r.used(letter, "sampled") or sampled


def _sample_or_product(letter: str) -> tuple[tuple[str, str], ...]:
    return (
        ("sample", f"{letter}[…]: a value of the signal {letter}"),
        ("product", f"{letter}[…]: {letter} times the bracket"),
    )


def _base_of(head: Any) -> s.Name | None:
    base = head.base if isinstance(head, s.Scripts) else head
    return base if isinstance(base, s.Name) else None


def is_sample(r: Reader, body: Any) -> bool:
    match body:
        case s.Number(text=text):
            return text.isdigit()
        case s.Name():
            return len(body.name) == 1
        case s.Sum(parts=parts):
            return all(isinstance(p, s.Number | s.Name) for _, p in parts)
        case _:
            return False


def _increment(r: Reader, delta: s.Name, following: Any) -> Term | None:
    """`\\Delta x`: one symbol, the increment; for a function rather the Laplacian."""
    sign = "\\" + delta.name
    if r.declared(sign):
        return None
    base = following.base if isinstance(following, s.Scripts) else following
    if not isinstance(base, s.Name) or base.word:
        return None
    inner = spell(base)
    span = _cover(delta, following)
    if delta.name == "delta" and not _varied(r, inner):
        return None
    functional = r.role(inner) == "function" or inner in FUNCTION_LETTERS or inner == "u"
    if functional:
        options = (
            ("laplacian", f"Δ{inner}: the Laplacian"),
            ("increment", f"Δ{inner}: an increment"),
        )
        if r.ask(f"Delta:{inner}", options) == "laplacian":
            return Apply("laplacian", (r.term(following),), span=span)
    if isinstance(following, s.Scripts):
        lower = indices(r, following.sub, inner) if following.sub is not None else None
        name = with_scripts(inner, following.sub if lower is None else None, None, following.primes)
        if name is None:
            return None
        term: Term = Symbol(f"{sign} {name}", span=span)
        if lower is not None:
            term = Element(term, lower, span=span)
        kind, _ = superscript(r, inner, following)
        if kind in ("index", "name", "tensor"):
            raise fail(following, "this increment")
        return operate(r, following, term, kind, inner)
    return Symbol(f"{sign} {inner}", span=span)


def _increment_at(r: Reader, increment: Term, letter: Any, behind: Any) -> Term | None:
    """`\\delta x[n]`, `\\Delta x(t)^2`: the increment's value at a place."""
    fence = behind.base if isinstance(behind, s.Scripts) and behind.sub is None else behind
    if not isinstance(increment, Symbol) or not isinstance(fence, s.Fence) or fence.body is None:
        return None
    span = increment.span.cover(fence.span) if increment.span is not None else fence.span
    if fence.open == "[" and _sampled(r, letter, fence) is not None:
        value: Term = Element(increment, (r.term(fence.body),), span=span)
    elif letters.opens(fence):
        value = Call(increment, arguments(r, fence), span=span)
    else:
        return None
    if isinstance(behind, s.Scripts):
        return operate(r, s.Scripts(span, fence, None, behind.sup), value, _above_value(r, behind))
    return value


def _varied(r: Reader, inner: str) -> bool:
    """`\\delta x`: a small change of x, where δ stands before letters only and x by itself too."""
    e = r.evidence
    if (
        e.indexed.get("\\delta")
        or "\\delta" in e.powers
        or e.names.get(inner, 0) < 2
        or not _PLAIN.fullmatch(inner)
    ):
        return False
    options = (
        ("increment", f"δ{inner}: a change of {inner}"),
        ("product", f"δ before {inner}: a factor"),
    )
    return r.ask(f"delta:{inner}", options) == "increment"


_PLAIN = re.compile(r"[a-zA-Z]|\\(mathbf|boldsymbol|vec)\{\\?[a-zA-Z]+\}")


# Application -----------------------------------------------------------------------------------------


def arguments(r: Reader, fence: s.Fence) -> tuple[Term, ...]:
    body = fence.body
    if body is None:
        raise fail(fence, "an application without arguments")
    body = unlisted(body)
    if isinstance(body, s.Sequence):
        flat: list[Term] = []
        for item in body.items:
            if isinstance(item, s.Sequence):
                flat.extend(r.term(x) for x in item.items)
            else:
                flat.append(r.term(item))
        return tuple(flat)
    return (r.term(body),)


def unlisted(body: Any) -> Any:
    """`y = 1, x` among arguments: the relation holds the first item only, the others are arguments."""
    if isinstance(body, s.Chain) and isinstance(body.links[-1].right, s.Sequence) and body.first is not None:
        last = body.links[-1]
        value, *others = last.right.items  # type: ignore[union-attr]
        link = s.Link(last.span, last.relation, last.relation_span, value, last.note)
        chain = s.Chain(body.first.span.cover(value.span), body.first, (*body.links[:-1], link))
        return s.Sequence(body.span, (chain, *others))
    return body


def application(r: Reader, head: Any, fence: s.Fence, before: Any = None) -> Term | None:
    """`head(…)` as an application, `before` being the factor before it; None where it is a product."""
    match head:
        case s.Name():
            if head.name in WORDS and (head.word or len(head.name) > 1) and not r.declared(spell(head)):
                return apply_word(r, head, head, fence)
            return _applied_symbol(r, head, head, fence, before)
        case s.Scripts(base=s.Name() as base):
            if base.name in WORDS and (base.word or len(base.name) > 1) and not r.declared(spell(base)):
                return apply_word(r, head, base, fence)
            return _applied_symbol(r, head, base, fence, before)
        case s.Scripts(base=s.Text()) | s.Text():
            return None
        case s.Scripts(base=s.Accent() as accent):
            return _applied_symbol(r, head, accent, fence, before) if symbol_name(accent) else None
        case s.Accent():
            return _applied_symbol(r, head, head, fence, before) if symbol_name(head) else None
        case s.Scripts(base=s.Fence(open="(" | "[") as base, primes=primes) if primes and head.sup is None:
            span = _cover(head, fence)
            prime = Prime(_differentiable(r, base), Number(Fraction(primes)), span=head.span)
            return Call(prime, arguments(r, fence), span=span)
        case s.Scripts(base=s.Scripts(base=s.Name() as base, sub=None, sup=sup), sup=None, primes=primes) if (
            primes and _minus_one(sup) and letters.opens(fence)
        ):
            inverse = Apply("inverse", (r.symbol(spell(base), base.span),), span=head.base.span)
            prime = Prime(inverse, Number(Fraction(primes)), span=head.span)
            return Call(prime, arguments(r, fence), span=_cover(head, fence))  # {x^{-1}}'(u)
        case s.Fence(open="(", body=body) if _function_expression(r, body):
            return Call(r.term(body), arguments(r, fence), span=_cover(head, fence))  # type: ignore[arg-type]
        case s.Scripts(base=s.Fence(open="(", body=body), sub=None, primes=0) if _function_expression(
            r, body
        ):
            kind = head.sup
            if isinstance(kind, s.Sum) and len(kind.parts) == 1 and kind.parts[0][0] == "-":
                function = Apply("inverse", (r.term(body),), span=head.span)  # type: ignore[arg-type]
                return Call(function, arguments(r, fence), span=_cover(head, fence))
            return None
        case s.Fraction():
            return _derivative_at(r, head, fence)
        case _:
            return None


def _differentiable(r: Reader, fence: s.Fence) -> Term:
    """`[x^{-1}]'(u)`: what is differentiated is the inverse function."""
    body = fence.body
    if (
        isinstance(body, s.Scripts)
        and _minus_one(body.sup)
        and isinstance(body.base, s.Name)
        and body.sub is None
    ):
        return Apply("inverse", (r.symbol(spell(body.base), body.base.span),), span=body.span)
    return r.term(fence)


def _function_expression(r: Reader, body: Any) -> bool:
    """Sums and compositions of functions: `(f + g)(x)`, `(f \\circ g)(x)`."""
    match body:
        case s.Name():
            return is_function(r, spell(body))
        case s.Scripts(base=s.Name() as base):
            return is_function(r, spell(base)) or (body.primes > 0 and spell(base) in FUNCTION_LETTERS)
        case s.Infix(op=op, left=left, right=right) if op in ("circ", "cdot", "/"):
            return _function_expression(r, left) and _function_expression(r, right)
        case s.Sum(parts=parts):
            return all(_function_expression(r, p) for _, p in parts)
        case s.Juxtaposition(factors=factors):
            return all(_function_expression(r, f) for f in factors)
        case _:
            return False


def is_function(r: Reader, name: str) -> bool:
    role = r.role(name)
    return role == "function" or (role is None and name in FUNCTION_LETTERS)


def _derivative_at(r: Reader, head: s.Fraction, fence: s.Fence) -> Term | None:
    derivative = calculus.fraction(r, head)
    if not isinstance(derivative, Derivative) or not isinstance(derivative.body, Symbol):
        return None
    if not is_function(r, derivative.body.name) or len(derivative.variables) != 1:
        return None
    if isinstance(fence.body, s.Sequence) or fence.open != "(":
        return None
    if argument_kind(fence) in ("compound", "call"):
        options = (
            ("product", "the derivative times the parenthesis behind it"),
            ("value", "the derivative at what is in the parenthesis"),
        )
        if r.ask(f"slope:{derivative.body.name}", options) == "product":
            return None
    span = _cover(head, fence)
    variable = derivative.variables[0][0]
    body = Call(derivative.body, (variable,), span=derivative.body.span)
    inner = Derivative(body, derivative.variables, derivative.partial, span=head.span)
    return At(inner, variable, arguments(r, fence)[0], span=span)


def _applied_symbol(r: Reader, head: Any, base: Any, fence: s.Fence, before: Any) -> Term | None:
    letter = symbol_name(base)
    if letter is None:
        return None
    full = symbol_name(head) or letter
    if isinstance(head, s.Name) and isinstance(constant_of(r, head), Constant):
        if head.font == "blackboard" and argument_kind(fence) in ("several", "bar"):
            return call(r, head, letter, fence)  # a normal distribution set in the wrong alphabet
        if letter != "\\pi" or not _pi_applied(r, fence):
            return None
        if argument_kind(fence) == "plain":
            return call(r, head, letter, fence)
    if isinstance(fence.body, s.Missing):
        return r.term(head)  # f(\\cdot): the function itself
    answer = _applied(r, head, base, letter, full, fence, before)
    if not answer:
        return None
    special = _special(r, head, base, letter, fence)
    if special is not None:
        return special
    return call(r, head, letter, fence)


def _pi_applied(r: Reader, fence: s.Fence) -> bool:
    """π before a parenthesis: a policy or a counting function where its argument is a letter or has a bar."""
    kind = argument_kind(fence)
    if kind in ("bar", "several"):
        return True
    if kind != "plain" or not isinstance(fence.body, s.Name | s.Scripts) or fence.open != "(":
        return False
    return _ask(r, "\\pi", "\\pi" not in r.evidence.bare)


def call(r: Reader, head: Any, letter: str, fence: s.Fence) -> Term:
    """`f(x)`, `f_n(x)`, `f'(x)`, `f^{(n)}(x)`, `f^{-1}(x)`, `f^2(x)` for a function f of the document."""
    span = _cover(head, fence)
    if not isinstance(head, s.Scripts):
        function: Term = r.symbol(letter, head.span)
        return probability.call(r, function, fence, span)
    sup, primes = head.sup, head.primes
    order: Term | None = None
    power: Any = None
    kind, payload = superscript(r, letter, head)
    if isinstance(sup, s.Fence) and sup.open == "(" and _is_order(r, letter, sup):
        kind, order = "order", r.term(sup.body)  # type: ignore[arg-type]
    if primes and not _prime_names(r, letter, head):
        order, primes = Number(Fraction(primes)), 0
    naming = sup if kind == "name" else None
    function = subscripted(r, head, letter, primes, naming, payload if kind == "index" else ())
    if isinstance(function, Apply) and function.head == "identity":  # I_n(\theta), no identity matrix
        function = Element(r.symbol(letter, head.span), function.args, span=head.span)
    if order is not None:
        function = Prime(function, order, span=head.span)
    if kind == "inverse" and r.is_array(letter):  # H^{-1}(q), the inverse of the matrix H(q)
        return Apply("inverse", (probability.call(r, function, fence, span),), span=span)
    if kind in ("inverse", "inverse_transpose") or (kind == "power" and _minus_one(sup)):
        function = Apply("inverse", (function,), span=head.span)
    elif kind == "power" and head.sub is None and _iterates(r, letter, sup):
        assert sup is not None
        function = Apply("iterate", (function, r.term(sup)), span=head.span)
    elif kind == "power":
        power = sup
    applied = probability.call(r, function, fence, span)
    if kind in ("transpose", "adjoint", "conjugate", "complement", "pseudo_inverse"):
        return Apply(kind, (applied,), span=span)
    if kind == "tensor":
        raise fail(head, "a tensor that is applied")
    return applied if power is None else Pow(applied, r.term(power), span=span)


def _iterates(r: Reader, letter: str, sup: Any) -> bool:
    """`B^k(x_t)`: B applied k times, or the k-th power of its value."""
    if not isinstance(sup, s.Name) or sup.name not in ("k", "n", "m") or sup.font or sup.accents:
        return False
    options = (
        ("power", f"a letter above {letter}(…): the power of its value"),
        ("iterate", f"a letter above {letter}(…): {letter} applied so many times"),
    )
    if letter[-1:].isupper():
        options = (options[1], options[0])
    return r.ask(f"iterate:{letter}", options) == "iterate"


def _minus_one(sup: Any) -> bool:
    return (
        isinstance(sup, s.Sum)
        and len(sup.parts) == 1
        and sup.parts[0][0] == "-"
        and isinstance(sup.parts[0][1], s.Number)
        and sup.parts[0][1].text == "1"
    )


def _is_order(r: Reader, letter: str, sup: s.Fence) -> bool:
    """`f^{(n)}(x)`: the n-th derivative rather than the n-th of several functions."""
    body = sup.body
    if r.role(letter) == "sequence":
        return False
    if isinstance(body, s.Number):
        if letter in FUNCTION_LETTERS or letter in "yuvwxz" or r.evidence.primes.get(letter):
            return True
        options = (
            ("order", f"a number in parentheses above {letter}: the derivative of that order"),
            ("name", f"a number in parentheses above {letter}: one of several functions"),
        )
        if letter not in r.evidence.bare and r.evidence.applied.get(letter, set()) >= {"compound"}:
            options = (options[1], options[0])
        return r.ask(f"order:{letter}", options) == "order"
    if isinstance(body, s.Sum):
        return all(
            isinstance(p, s.Number) or (isinstance(p, s.Name) and p.name in "nkmrjp") for _, p in body.parts
        )
    return (
        isinstance(body, s.Name)
        and body.name in ("n", "k", "m", "r", "p", "j")
        and letter not in ("p", "q", "P")
    )


def _prime_names(r: Reader, letter: str, head: s.Scripts) -> bool:
    if r.scope.options.get("prime") == "name":
        return True
    named = with_scripts(letter, head.sub, None, head.primes)
    return named is not None and r.declared(named)


def _applied(r: Reader, head: Any, base: Any, letter: str, full: str, fence: s.Fence, before: Any) -> bool:
    """Application or product, by the scope first, then by how the letter is used, then by custom."""
    if (
        fence.open == "("
        and argument_kind(fence) in ("plain", "signed", "compound")
        and _stands_in(head, fence)
    ):
        return False  # p(1 - p): nothing is applied to itself
    kind = argument_kind(fence)
    if isinstance(head, s.Scripts) and isinstance(head.sub, s.Number) and head.sup is None:
        multiplies = kind in ("compound", "signed") and fence.open == "(" and r.role(full) is None
        if multiplies and "plain" not in r.evidence.applied.get(full, ()) and _stands_alone(r, full):
            return _ask(r, full, False)  # y_0 / (1 - y_0 (x - x_0))
    if isinstance(head, s.Scripts) and is_arrow(head.sub) and kind == "compound" and fence.open == "(":
        return _ask(r, full, False)  # P_{x \to y}^a (R + c)
    for name in (full, letter):
        role = r.role(name)
        if role is not None:
            return _applied_in_scope(r, head, name, letter, role, fence, before)
    if full in r.scope.dependencies or letter in r.scope.dependencies:
        return True
    if letter in ("\\Gamma", "\\zeta") and kind != "relation":
        return True
    uses = r.evidence.applied.get(letter, set()) | r.evidence.applied.get(full, set())
    if isinstance(head, s.Scripts) and kind == "plain" and r.is_array(letter):
        if superscript(r, letter, head)[0] == "inverse":
            return _ask(r, letter, r.used(letter, "applied"))
    if isinstance(head, s.Scripts) and not _scripts_allow(r, head, letter, kind):
        return False
    if kind in ("several", "bar", "empty"):
        if isinstance(head, s.Scripts) and (isinstance(head.sub, s.Text) or getattr(head.sub, "word", False)):
            return True  # D_{\\mathrm{JS}}[p, q]
        return fence.open == "(" or kind == "bar" or letter in FUNCTION_LETTERS
    if kind == "relation":
        return True  # a relation is no factor
    called = fence.open == "(" or letter in FUNCTION_LETTERS  # \mathbf Q [x(t)] groups
    variable = _bare_letter(base, letter) in VARIABLE_LETTERS
    if kind == "call" and called and (not variable or (isinstance(head, s.Scripts) and head.primes)):
        return True  # V(x(t)), y'(x(t))
    if kind == "call" and letter in "xyz" and letter not in r.evidence.bare and isinstance(head, s.Name):
        return _ask(r, letter, True)  # y(x^{-1}(u))
    word = isinstance(base, s.Name) and base.word
    if word:
        return True
    if isinstance(head, s.Scripts) and superscript(r, letter, head)[0] in (
        "transpose",
        "adjoint",
        "conjugate",
    ):
        return kind == "plain" or letter in FUNCTION_LETTERS
    if isinstance(head, s.Scripts) and head.primes:
        return letter in FUNCTION_LETTERS or kind in ("plain", "signed") or letter in MORE_FUNCTION_LETTERS
    if isinstance(base, s.Name) and base.font in ("calligraphic", "script") and fence.open in "([":
        return True
    if fence.open == "[" and letter not in FUNCTION_LETTERS and letter not in ("E", "J", "S", "L", "H"):
        return False
    bare_letter = _bare_letter(base, letter)
    in_product = kind == "compound" and fence.open == "(" and _letters_only(fence.body)
    if in_product and bare_letter not in VARIABLE_LETTERS:
        return _ask(r, letter, True)  # I_n(a x): a product needs no parenthesis to be a factor
    if kind in ("plain", "compound") and fence.open == "(" and letter in "abc" and letter in r.evidence.bare:
        if (
            isinstance(head, s.Name)
            and uses >= {"plain", "compound"}
            and not isinstance(fence.body, s.Number)
        ):
            return _ask(r, letter, False)  # a (k) x + a (m - k) y + a z
    if kind == "plain" and fence.open == "(":
        atom = fence.body
        if (
            isinstance(atom, s.Number)
            and bare_letter in VARIABLE_LETTERS
            and bare_letter not in ("x", "y", "z", "r")
        ):
            # a(1): rather a product of numbers than a value, unless the letter is applied elsewhere
            return bool(uses - {"plain", "compound", "signed"}) or _plain_letters(r, letter)
        return True
    if kind == "compound" and isinstance(head, s.Scripts) and _minus_one(head.sup) and letter not in "fgh":
        return _ask(r, letter, False)  # \\Psi^{-1}(x - \\mu)
    if bare_letter in FUNCTION_LETTERS:
        if uses <= {"compound", "signed"} and bare_letter in r.evidence.bare and kind == "compound":
            return _ask(r, letter, False)
        if {"f", letter} <= r.evidence.applied.keys() - r.evidence.bare and len(r.evidence.applied) > 1:
            return True  # f(x - ct) + g(x + ct)
        return True if uses - {"compound", "signed"} else _ask(r, letter, True)
    if uses & {"several", "bar"} or ("plain" in uses and _plain_letters(r, letter)):
        return True
    if (isinstance(base, s.Name) and base.font == "bold") or letter.startswith("\\vec"):
        return False
    if bare_letter in VARIABLE_LETTERS:
        return False
    if bare_letter.isupper() and _transposed(r, before) and kind == "compound":
        return _ask(r, letter, False)  # x^\top H (x - y)
    if isinstance(head, s.Scripts) and (head.sub is not None or head.sup is not None):
        named = superscript(r, letter, head)[0] == "name" or (
            head.sub is not None and indices(r, head.sub, letter) is None
        )
        lettered = not isinstance(head.sub, s.Number)
        return _ask(
            r, letter, named and lettered and bare_letter in MORE_FUNCTION_LETTERS and bare_letter.isupper()
        )
    if bare_letter in MORE_FUNCTION_LETTERS:
        return _ask(r, letter, letter not in r.evidence.bare and bare_letter not in "uvwqWXYZN")
    return _ask(r, letter, False)


def _applied_in_scope(
    r: Reader, head: Any, name: str, letter: str, role: str, fence: s.Fence, before: Any
) -> bool:
    """The same for a letter that the scope knows. A type says less than a parenthesis with one letter in it:
    `\\theta(z)`, `\\mathbf M(\\mathbf q)` are values, whatever a bare θ or M is elsewhere."""
    kind = argument_kind(fence)
    if role in ("function", "distribution", "operator"):
        if kind in ("compound", "signed") and fence.open == "(" and r.used(letter, "factor"):
            powered = isinstance(head, s.Scripts) and superscript(r, letter, head)[0] == "power"
            return _ask(r, letter, not powered and not isinstance(before, s.Number | s.Name | s.Scripts))
        if kind == "compound" and fence.open == "(" and letter in VARIABLE_LETTERS and _with_number(fence):
            return _ask(r, letter, True)  # \mu (q^2 - 1)
        apart = kind == "compound" and fence.open == "(" and fence.span.start > head.span.end
        if apart and isinstance(head, s.Name) and isinstance(fence.body, s.Sum) and len(letter) == 1:
            return _ask(r, letter, True)  # h (-x + w), written with a gap
        return True
    if role == "sequence" and isinstance(head, s.Name):
        return True
    if fence.open == "(" and (kind == "bar" or (kind == "several" and role != "index")):
        return True
    if role == "random" and kind == "plain":
        return False
    if name in r.scope.dependencies and kind in ("plain", "signed"):
        return True
    variable = letter in r.bound and letter not in INDEX_LETTERS and isinstance(fence.body, s.Name)
    if variable and kind == "plain" and fence.open == "(" and _at_a_bound(r, letter):
        return _ask(r, letter, True)  # \int_{\theta(0)}^{\theta(t)} \cos(\theta(t)) d\theta
    counts = letter in INDEX_LETTERS or (letter in r.bound and letter not in FUNCTION_LETTERS)
    if (role == "index" and counts) or role == "constant" or fence.open != "(":
        return False
    if kind == "plain" and isinstance(fence.body, s.Number):
        return fence.body.text == "0" or (r.used(letter, "applied") and _ask(r, letter, True))
    if kind == "plain":
        argument = symbol_name(fence.body)
        if letter in r.bound and letter in FUNCTION_LETTERS:
            return True  # \sup_f f(z)
        if r.is_array(name) and argument is not None and not r.is_array(argument):
            return True  # an array times one number in a parenthesis is not written
        inverse = isinstance(head, s.Scripts) and superscript(r, letter, head)[0] == "inverse"
        return _ask(r, letter, not inverse or r.used(letter, "applied"))
    return (
        kind in ("compound", "signed", "call")
        and r.used(letter, "applied")
        and _ask(r, letter, not r.used(letter, "factor"))
    )


def _stands_alone(r: Reader, name: str) -> bool:
    """The letter with its subscript stands somewhere with no parenthesis behind it."""

    def alone() -> frozenset[str | None]:
        heads: set[int] = set()
        found: set[str | None] = set()
        for node in walk(r.nodes):
            if isinstance(node, s.Juxtaposition):
                heads |= {id(a) for a, b in pairwise(node.factors) if isinstance(b, s.Fence)}
            elif isinstance(node, s.Scripts) and id(node) not in heads:
                found.add(symbol_name(node))
        return frozenset(found)

    return name in r.fact(("alone",), alone)


def _at_a_bound(r: Reader, letter: str) -> bool:
    """A value of the variable of integration stands at a bound: `\\int_{\\theta(0)}`."""

    def values() -> frozenset[str | None]:
        ends = (x for n in walk(r.nodes) if isinstance(n, s.Integral) for x in (n.sub, n.sup))
        pairs = (x.factors for x in ends if isinstance(x, s.Juxtaposition) and len(x.factors) == 2)
        return frozenset(symbol_name(head) for head, fence in pairs if letters.opens(fence))

    return letter in r.fact(("values at bounds",), values)


def _with_number(fence: s.Fence) -> bool:
    """`(q^2 - 1)`: a sum or difference with a number in it."""
    body = fence.body
    return isinstance(body, s.Sum) and any(isinstance(p, s.Number) for _, p in body.parts)


def _stands_in(head: Any, fence: s.Fence) -> bool:
    """The letter that would be applied stands in its own argument, with no parenthesis behind it."""
    if isinstance(head, s.Scripts):
        head = head.base if head.sub is None else s.Scripts(head.span, head.base, head.sub, None, head.primes)
    name = symbol_name(head)
    if name is None:
        return False
    heads: set[int] = set()
    for node in walk((fence.body,)):
        if isinstance(node, s.Juxtaposition):
            for left, right in pairwise(node.factors):
                if isinstance(right.base if isinstance(right, s.Scripts) else right, s.Fence):
                    heads.add(id(left))
        if isinstance(node, s.Scripts) and (id(node) in heads or node.sub is not None or node.primes):
            heads.add(id(node.base))
        if isinstance(node, s.Scripts) and node.sup is not None and node.sub is not None:
            bare: Any = s.Scripts(node.span, node.base, node.sub, None, node.primes)
        else:
            bare = node
        if isinstance(bare, s.Name | s.Scripts) and id(node) not in heads and symbol_name(bare) == name:
            return True
    return False


def _transposed(r: Reader, node: Any) -> bool:
    return isinstance(node, s.Scripts) and plain_superscript(r, node) in ("transpose", "adjoint")


def _letters_only(body: Any) -> bool:
    return isinstance(body, s.Juxtaposition) and all(
        isinstance(f, s.Name | s.Number) or (isinstance(f, s.Scripts) and isinstance(f.base, s.Name))
        for f in body.factors
    )


def _plain_letters(r: Reader, letter: str) -> bool:
    return "plain" in r.evidence.applied.get(letter, set())


def _bare_letter(base: Any, letter: str) -> str:
    if isinstance(base, s.Name) and base.accents:
        return base.name if len(base.name) == 1 else "\\" + base.name
    return letter


def _scripts_allow(r: Reader, head: s.Scripts, letter: str, argument: str) -> bool:
    """`x^2(y+1)` is a product, `f^2(x)` an application."""
    kind, _ = superscript(r, letter, head)
    if kind in ("none", "index", "name") or argument in ("several", "bar"):
        return True
    if kind == "power":
        if isinstance(head.sup, s.Fence):
            return True
        if argument == "plain" and letter not in FUNCTION_LETTERS:
            return letter not in r.evidence.bare or _plain_letters(r, letter)  # \\dot\\theta^2(t)
        return is_function(r, letter) or (
            letter in ("u", "v", "w", "p", "q") and letter not in r.evidence.bare
        )
    if kind in ("transpose", "adjoint", "conjugate"):
        return True
    if kind == "inverse":
        return letter in FUNCTION_LETTERS or (letter[:1].isupper() and not r.is_array(letter))
    return kind == "inverse" and is_function(r, letter)


def _ask(r: Reader, letter: str, applied: bool) -> bool:
    options = (
        ("application", f"{letter}(…): {letter} applied to what is in the parenthesis"),
        ("product", f"{letter}(…): {letter} times the parenthesis"),
    )
    if not applied:
        options = (options[1], options[0])
    return r.ask(f"apply:{letter}", options) == "application"


def _special(r: Reader, head: Any, base: Any, letter: str, fence: s.Fence) -> Term | None:
    """Letters that custom reserves for a special function, where nothing declares them."""
    if r.role(letter) is not None or fence.open != "(" or not isinstance(base, s.Name):
        return None
    sub = head.sub if isinstance(head, s.Scripts) else None
    sup = head.sup if isinstance(head, s.Scripts) else None
    primes = head.primes if isinstance(head, s.Scripts) else 0
    span = _cover(head, fence)
    kind = argument_kind(fence)
    names = r.evidence.names
    single = kind in ("plain", "compound", "signed")

    def powered(term: Term) -> Term:
        return term if sup is None else Pow(term, r.term(sup), span=span)

    if (
        sup is not None
        and isinstance(sup, s.Fence | s.Name)
        and not (isinstance(sup, s.Name) and len(sup.name) == 1)
    ):
        if not (letter == "\\psi" and isinstance(sup, s.Fence)):
            return None
    if letter == "\\Gamma" and sub is None and not primes and (single or kind == "several"):
        args = arguments(r, fence)
        vectors = any(isinstance(a, Symbol) and r.is_array(a.name) for a in args)
        if len(args) <= 2 and not vectors:
            return powered(Apply("gamma" if len(args) == 1 else "upper_gamma", args, span=span))
    if letter == "\\zeta" and sub is None and not primes and single:
        return powered(Apply("zeta", arguments(r, fence), span=span))
    if letter == "\\psi" and sub is None and not primes and single:
        near = bool({"\\Gamma", "\\gamma", "\\zeta"} & names.keys())
        options = (("digamma", "ψ: the digamma function"), ("function", "ψ: a function of the document"))
        if r.ask("\\psi", options if near else (options[1], options[0])) == "digamma":
            args = arguments(r, fence)
            if isinstance(sup, s.Fence) and sup.body is not None:
                return Apply("polygamma", (r.term(sup.body), *args), span=span)
            return powered(Apply("digamma", args, span=span))
    if (
        letter in ("B", "\\mathrm{B}")
        and sub is None
        and not primes
        and kind == "several"
        and "\\Gamma" in names
    ):
        args = arguments(r, fence)
        if len(args) == 2:
            return powered(Apply("beta", args, span=span))
    if letter in ("J", "Y", "I", "K") and sub is not None and single and not primes and sup is None:
        if isinstance(sub, s.Number) or (isinstance(sub, s.Name | s.Sum) and _order_like(sub)):
            options = (
                ("bessel", f"{letter}: a Bessel function"),
                ("function", f"{letter}: a function of the document"),
            )
            if r.ask(f"bessel:{letter}", options if letter == "J" else (options[1], options[0])) == "bessel":
                return Apply(f"bessel_{letter.lower()}", (r.term(sub), *arguments(r, fence)), span=span)
    if letter == "\\delta" and sub is None and sup is None and not primes and single:
        return Apply("delta", arguments(r, fence), span=span)
    if letter in ("O", "o", "\\mathcal{O}") and sub is None and sup is None and not primes and single:
        return Apply("big_o" if letter != "o" else "little_o", arguments(r, fence), span=span)
    return None


def _order_like(sub: Any) -> bool:
    atoms = [p for _, p in sub.parts] if isinstance(sub, s.Sum) else [sub]
    return all(
        isinstance(a, s.Number)
        or (isinstance(a, s.Name) and a.name in ("n", "m", "nu", "mu", "k", "alpha", "p"))
        for a in atoms
    )
