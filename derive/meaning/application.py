"""Functions applied to their arguments: values, derivatives, inverses, iterates, special functions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.facts.naming import spell, symbol_name, with_scripts
from derive.facts.pieces import argument_kind, walk
from derive.facts.runs import opens
from derive.meaning import probability
from derive.meaning.arguments import arguments, cover
from derive.meaning.beside import is_function, minus_one
from derive.meaning.calculus import derivatives
from derive.meaning.letters.habits import FUNCTION_LETTERS
from derive.meaning.letters.names import constant_of
from derive.meaning.letters.scripts import subscripted
from derive.meaning.letters.superscripts import superscript
from derive.meaning.named_functions import apply_word
from derive.meaning.questions.applied import answering, asked
from derive.meaning.reader import Options, Reader, fail
from derive.meaning.spellings import WORDS
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, At, Call, Constant, Derivative, Element, Number, Pow, Prime, Symbol, Term


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
            span = cover(head, fence)
            prime = Prime(_differentiable(r, base), Number(Fraction(primes)), span=head.span)
            return Call(prime, arguments(r, fence), span=span)
        case s.Scripts(base=s.Scripts(base=s.Name() as base, sub=None, sup=sup), sup=None, primes=primes) if (
            primes and minus_one(sup) and opens(fence)
        ):
            inverse = Apply("inverse", (r.symbol(spell(base), base.span),), span=head.base.span)
            prime = Prime(inverse, Number(Fraction(primes)), span=head.span)
            return Call(prime, arguments(r, fence), span=cover(head, fence))  # {x^{-1}}'(u)
        case s.Fence(open="(", body=body) if _function_expression(r, body):
            return Call(r.term(body), arguments(r, fence), span=cover(head, fence))  # type: ignore[arg-type]
        case s.Scripts(base=s.Fence(open="(", body=body), sub=None, primes=0) if _function_expression(
            r, body
        ):
            kind = head.sup
            if isinstance(kind, s.Sum) and len(kind.parts) == 1 and kind.parts[0][0] == "-":
                function = Apply("inverse", (r.term(body),), span=head.span)  # type: ignore[arg-type]
                return Call(function, arguments(r, fence), span=cover(head, fence))
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
        and minus_one(body.sup)
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
        case s.Infix(op=op, left=left, right=right) if op in ("circ", "cdot", "/", "*"):
            return _function_expression(r, left) and _function_expression(r, right)
        case s.Sum(parts=parts):
            return all(_function_expression(r, p) for _, p in parts)
        case s.Juxtaposition(factors=factors):
            return all(_function_expression(r, f) for f in factors)
        case _:
            return False


def _derivative_at(r: Reader, head: s.Fraction, fence: s.Fence) -> Term | None:
    derivative = derivatives.fraction(r, head)
    if not isinstance(derivative, Derivative) or not isinstance(derivative.body, Symbol):
        return None
    if not is_function(r, derivative.body.name) or len(derivative.variables) != 1:
        return None
    if isinstance(fence.body, s.Sequence) or fence.open != "(":
        return None
    if argument_kind(fence) in ("compound", "call"):
        options = (
            ("product", Choice(Chosen.DERIVATIVE_TIMES_PARENTHESIS_BEHIND_IT)),
            ("value", Choice(Chosen.DERIVATIVE_AT_WHAT_IS_IN_PARENTHESIS)),
        )
        if r.ask(f"slope:{derivative.body.name}", options) == "product":
            return None
    span = cover(head, fence)
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
    if _open_throughout(fence.body):
        return r.term(head)  # f(\\cdot), k(\\cdot, \\cdot): the function itself
    found = answering.answer(asked.question(r, head, base, letter, full, fence, before))
    subject = full if found.rule in answering.OF_THE_WHOLE else letter
    if (
        r.settle(
            f"apply:{subject}", found, _options(subject), answering.place(r, found, letter) or fence.span
        )
        == asked.TIMES
    ):
        return None
    special = _special(r, head, base, letter, fence)
    if special is not None:
        return special
    return call(r, head, letter, fence)


def _open_throughout(body: Any) -> bool:
    """Every argument is left open."""
    items = body.items if isinstance(body, s.Sequence) else (body,)
    return all(isinstance(item, s.Missing) for item in items)


def _pi_applied(r: Reader, fence: s.Fence) -> bool:
    """π before a parenthesis: a policy or a counting function where its argument is a letter or has a bar."""
    kind = argument_kind(fence)
    if kind in ("bar", "several"):
        return True
    if kind != "plain" or not isinstance(fence.body, s.Name | s.Scripts) or fence.open != "(":
        return False
    options = _options("\\pi")
    if "\\pi" in r.evidence.bare:
        options = (options[1], options[0])
    return r.ask("apply:\\pi", options) == asked.APPLIED


def _options(letter: str) -> Options:
    return (
        (asked.APPLIED, Choice(Chosen.APPLIED, (letter,))),
        (asked.TIMES, Choice(Chosen.TIMES_PARENTHESIS, (letter,))),
    )


def call(r: Reader, head: Any, letter: str, fence: s.Fence) -> Term:
    """`f(x)`, `f_n(x)`, `f'(x)`, `f^{(n)}(x)`, `f^{-1}(x)`, `f^2(x)` for a function f of the document."""
    span = cover(head, fence)
    if not isinstance(head, s.Scripts):
        function: Term = r.symbol(letter, head.span)
        return probability.call(r, function, fence, span)
    sup, primes = head.sup, head.primes
    order: Term | None = None
    power: Any = None
    kind, payload = superscript(r, letter, head)
    if isinstance(sup, s.Fence) and sup.open == "(" and _is_order(r, letter, sup):
        kind, order = "order", r.term(sup.body)  # type: ignore[arg-type]
    if kind == "power" and _may_be_order(r, letter, sup):
        assert sup is not None
        kind, order = "order", r.term(sup)
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
    if kind in ("inverse", "inverse_transpose") or (kind == "power" and minus_one(sup)):
        function = Apply("inverse", (function,), span=head.span)
    elif kind == "power" and head.sub is None and _iterates(r, letter, sup):
        assert sup is not None
        function = Apply("iterate", (function, r.term(sup)), span=head.span)
    elif kind == "power":
        power = sup
    value = probability.call(r, function, fence, span)
    if kind in ("transpose", "adjoint", "conjugate", "complement", "pseudo_inverse"):
        return Apply(kind, (value,), span=span)
    if kind == "tensor":
        raise fail(head, "a tensor that is applied")
    return value if power is None else Pow(value, r.term(power), span=span)


def _iterates(r: Reader, letter: str, sup: Any) -> bool:
    """`B^k(x_t)`: B applied k times, or the k-th power of its value."""
    if not isinstance(sup, s.Name) or sup.name not in ("k", "n", "m") or sup.font or sup.accents:
        return False
    options = (
        ("power", Choice(Chosen.LETTER_ABOVE_POWER_OF_ITS_VALUE, (letter,))),
        ("iterate", Choice(Chosen.LETTER_ABOVE_APPLIED_SO_MANY_TIMES, (letter,))),
    )
    if letter[-1:].isupper():
        options = (options[1], options[0])
    return r.ask(f"iterate:{letter}", options) == "iterate"


def _may_be_order(r: Reader, letter: str, sup: Any) -> bool:
    """`f^{2k}(0)`, `f^{2 \\cdot 0}(0)`: an order without its parentheses; no author raises a value to such a
    power before its argument."""
    composite = (s.Juxtaposition, s.Infix, s.Sum)
    counted = isinstance(sup, composite) and all(
        isinstance(n, (*composite, s.Number)) or (isinstance(n, s.Name) and n.name in "nkmrj")
        for n in walk((sup,))
    )
    if not counted or letter not in FUNCTION_LETTERS:
        return False
    options = (
        ("power", Choice(Chosen.LETTER_ABOVE_POWER_OF_ITS_VALUE, (letter,))),
        ("order", Choice(Chosen.NUMBER_ABOVE_ORDER, (letter,))),
    )
    return r.ask(f"bare-order:{letter}", options) == "order"


def _is_order(r: Reader, letter: str, sup: s.Fence) -> bool:
    """`f^{(n)}(x)`: the n-th derivative rather than the n-th of several functions."""
    body = sup.body
    if r.role(letter) == "sequence":
        return False
    if isinstance(body, s.Number):
        if letter in FUNCTION_LETTERS or letter in "yuvwxz" or r.evidence.primes.get(letter):
            return True
        options = (
            ("order", Choice(Chosen.NUMBER_ABOVE_ORDER, (letter,))),
            ("name", Choice(Chosen.NUMBER_ABOVE_NAME, (letter,))),
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


def _special(r: Reader, head: Any, base: Any, letter: str, fence: s.Fence) -> Term | None:
    """Letters that custom reserves for a special function, where nothing declares them."""
    if r.role(letter) is not None or fence.open != "(" or not isinstance(base, s.Name):
        return None
    sub = head.sub if isinstance(head, s.Scripts) else None
    sup = head.sup if isinstance(head, s.Scripts) else None
    primes = head.primes if isinstance(head, s.Scripts) else 0
    span = cover(head, fence)
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
        options = (
            ("digamma", Choice(Chosen.PSI_DIGAMMA_FUNCTION)),
            ("function", Choice(Chosen.PSI_FUNCTION_OF_DOCUMENT)),
        )
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
                ("bessel", Choice(Chosen.BESSEL_FUNCTION, (letter,))),
                ("function", Choice(Chosen.FUNCTION_OF_DOCUMENT, (letter,))),
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
