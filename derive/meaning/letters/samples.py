"""Samples of signals, `x[n]`, `u[0]`, and small changes, `\\Delta x`, `\\delta x[n]`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from derive.expressions import regex
from derive.facts.naming import spell, with_scripts
from derive.facts.pieces import INDEX_LETTERS, walk
from derive.facts.runs import opens
from derive.meaning.arguments import arguments, cover
from derive.meaning.letters.habits import FUNCTION_LETTERS
from derive.meaning.letters.indices import indices
from derive.meaning.letters.scripts import operate
from derive.meaning.letters.superscripts import plain_superscript, superscript
from derive.meaning.reader import Options, Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Call, Element, Symbol, Term


def above_value(r: Reader, node: s.Scripts) -> str:
    """A star on a value, `u[n]^*`, marks it, where the document has no complex numbers."""
    kind = plain_superscript(r, node)
    star = isinstance(node.sup, s.Name) and node.sup.name in ("*", "ast")
    return "power" if star and kind == "adjoint" and r.scope.options.get("complex") != "yes" else kind


#: brackets behind these hold what chance is asked of
_CHANCE = frozenset(["E", "\\mathbb{E}", "\\mathbb{P}", "\\mathbb{V}"])


def sampled(r: Reader, head: Any, fence: s.Fence) -> Term | None:
    """`x[n]`, `x[n+1]`, `u[0]`: the sample of a signal; None where the brackets only group."""
    body, base = fence.body, base_of(head)
    if base is None or fence.close != "]":
        return None
    letter = spell(base)
    if isinstance(head, s.Scripts) and head.sup is not None:
        mark = superscript(r, letter, head)[0]
        written = is_sample(r, body) and _near_samples(r, letter, base)
        if body is not None and mark == "name" and not head.primes and written:
            return Element(r.term(head), (r.term(body),), span=cover(head, fence))  # u^*[n]
        if mark not in ("transpose", "adjoint") and not (mark == "power" and isinstance(head.sup, s.Number)):
            return None
        # \lambda^\top[n] is the transpose of a sample
        bare = s.Scripts(head.span, base, head.sub, None, head.primes)
        element = sampled(r, base if bare.sub is None and not bare.primes else bare, fence)
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
        return Element(term, (r.term(body),), span=cover(head, fence))
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
        base = base_of(head)
        brackets = isinstance(fence, s.Fence) and fence.open == "[" and is_sample(r, fence.body)
        return brackets and base is not None and base.font == "bold" and not isinstance(fence.body, s.Sum)

    pairs = (p for n in walk(r.nodes) if isinstance(n, s.Juxtaposition) for p in pairwise(n.factors))
    return any("sampled" in kinds for kinds in r.evidence.indexed.values()) or any(bold(*p) for p in pairs)


def _near_samples(r: Reader, letter: str, base: s.Name) -> bool:
    """The letter, or another of the formula, is written as a signal, `x[n]`."""
    sampled = any("sampled" in kinds for kinds in r.evidence.indexed.values())
    return base.font == "bold" or r.used(letter, "sampled") or sampled


def _sample_or_product(letter: str) -> Options:
    return (
        ("sample", Choice(Chosen.SAMPLE_OF_SIGNAL, (letter,))),
        ("product", Choice(Chosen.TIMES_BRACKET, (letter,))),
    )


def base_of(head: Any) -> s.Name | None:
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


def increment(r: Reader, delta: s.Name, following: Any) -> Term | None:
    """`\\Delta x`: one symbol, the increment; for a function rather the Laplacian."""
    sign = "\\" + delta.name
    if r.declared(sign):
        return None
    base = following.base if isinstance(following, s.Scripts) else following
    if not isinstance(base, s.Name) or base.word:
        return None
    inner = spell(base)
    span = cover(delta, following)
    if delta.name == "delta" and not _varied(r, inner):
        return None
    functional = r.role(inner) == "function" or inner in FUNCTION_LETTERS or inner == "u"
    if functional and not r.declared(f"{sign} {inner}"):
        options = (
            ("laplacian", Choice(Chosen.DELTA_LAPLACIAN, (inner,))),
            ("increment", Choice(Chosen.DELTA_INCREMENT, (inner,))),
        )
        if r.role(inner) != "function" and inner != "u" and not r.used(inner, "applied"):
            options = options[::-1]  # a height h, a frequency f: nothing of it is a function here
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


def increment_at(r: Reader, increment: Term, letter: Any, behind: Any) -> Term | None:
    """`\\delta x[n]`, `\\Delta x(t)^2`: the increment's value at a place."""
    fence = behind.base if isinstance(behind, s.Scripts) and behind.sub is None else behind
    if not isinstance(increment, Symbol) or not isinstance(fence, s.Fence) or fence.body is None:
        return None
    span = increment.span.cover(fence.span) if increment.span is not None else fence.span
    if fence.open == "[" and sampled(r, letter, fence) is not None:
        value: Term = Element(increment, (r.term(fence.body),), span=span)
    elif opens(fence):
        value = Call(increment, arguments(r, fence), span=span)
    else:
        return None
    if isinstance(behind, s.Scripts):
        return operate(r, s.Scripts(span, fence, None, behind.sup), value, above_value(r, behind))
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
        ("increment", Choice(Chosen.SMALL_DELTA_CHANGE, (inner,))),
        ("product", Choice(Chosen.SMALL_DELTA_FACTOR, (inner,))),
    )
    return r.ask(f"delta:{inner}", options) == "increment"


_PLAIN = regex(r"[a-zA-Z]|\\(mathbf|boldsymbol|vec)\{\\?[a-zA-Z]+\}")
