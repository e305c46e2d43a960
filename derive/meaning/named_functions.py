"""Functions that have a name of their own: `\\sin`, `\\log_2`, `\\operatorname{erf}`, `\\det`, `\\max`."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell
from derive.functions import FUNCTIONS
from derive.meaning import probability, structure
from derive.meaning.conventions import meant
from derive.meaning.ellipsis import column
from derive.meaning.letters.scripts import operate, subscripted
from derive.meaning.letters.superscripts import superscript
from derive.meaning.reader import Reader, fail
from derive.meaning.spellings import WORDS
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, At, Call, Derivative, Mul, Pow, Prime, Symbol, Term, integer

INVERSES = {f.name: f.inverse for f in FUNCTIONS.values() if f.to_minus_one}
SEVERAL = frozenset(f.name for f in FUNCTIONS.values() if f.most < 0) | {"diag"}
_SMOOTH = frozenset(f.name for f in FUNCTIONS.values() if f.derivatives and f.least == 1 and not f.jumps)


def apply(r: Reader, node: s.Apply) -> Term:
    """A named function with its argument."""
    function = node.function
    base = function.base if isinstance(function, s.Scripts) else function
    if isinstance(base, s.Name) and base.name in ("Pr", "P", "E", "Var", "Cov", "Std", "H", "KL", "Corr"):
        argument: Any = node.argument
        if isinstance(argument, s.Infix) and argument.op == "mid":  # `\\Pr{A | B}`
            argument = s.Bar(argument.span, argument.left, argument.right)
        named = base.name == "Pr" and isinstance(argument, s.Name | s.Scripts | s.Big | s.Infix)
        if named or isinstance(argument, s.Chain | s.Bar | s.Sequence):
            # `\Pr{X = x}`, `\Pr{A}`: the braces are its parenthesis
            argument = s.Fence(argument.span, "{", "}", argument)
        found = probability.operator(r, (function, argument), 0)
        if found is not None:
            return found[1]
    if not isinstance(base, s.Name):
        raise fail(function, "this function")
    if (outside := power_outside(r, node)) is not None:
        return outside
    return apply_word(r, function, base, node.argument, node)


def apply_word(r: Reader, head: Any, base: s.Name, argument: Any, whole: Any = None) -> Term:
    span = whole.span if whole is not None else head.span.cover(argument.span)
    if base.name in _EXTREMA and isinstance(head, s.Scripts) and head.sup is None and not head.primes:
        return r.term(s.Big(span, base.name.replace(" ", ""), head.sub, None, argument))
    narrow = _narrow(r, head, base, argument, span)
    if narrow is not None:
        return narrow
    args = word_arguments(r, argument)
    key = WORDS.get(base.name)
    sub = head.sub if isinstance(head, s.Scripts) else None
    sup = head.sup if isinstance(head, s.Scripts) else None
    primes = head.primes if isinstance(head, s.Scripts) else 0
    declared = r.declared(spell(base))
    if key is None or declared:
        return _own(r, head, base, args, span)
    if primes:
        if len(args) != 1 or sub is not None or sup is not None or key not in _SMOOTH:
            return structure.applied(r, head, args, span)
        place = Symbol("u")
        slope = Derivative(Apply(key, (place,)), ((place, integer(primes)),), partial=False, span=span)
        return At(slope, place, args[0], span=span)
    if key == "log":
        base_term = _log_base(r, base, sub)
        return _powered(
            r, Apply("log", args if base_term is None else (*args, base_term), span=span), sup, head
        )
    if sub is not None:
        if key in ("relu", "sigmoid", "softmax", "exp"):
            return _own(r, head, base, args, span)
        return structure.applied(r, head, args, span)
    if _minus_one(sup):
        if key in INVERSES:
            if len(args) != 1:
                return structure.applied(r, head, args, span)
            return Apply(INVERSES[key], args, span=span)
        return structure.applied(r, head, args, span)
    if len(args) != 1 and key not in SEVERAL:
        return structure.applied(r, head, args, span)
    if key == "diag" and (entries := column(args)) is not None:
        args = (entries,)
    meanings = FUNCTIONS[key].meanings if key in FUNCTIONS else ()
    term = meant(r, key, meanings, args) if meanings else Apply(key, args, span=span)
    return _powered(r, term, sup, head)


_EXTREMA = frozenset({"argmax", "argmin", "arg max", "arg min", "max", "min", "sup", "inf", "lim"})
_ANGLES = frozenset("theta phi varphi psi alpha beta gamma delta".split())


def _narrow(r: Reader, head: Any, base: s.Name, argument: Any, span: Any) -> Term | None:
    """`\\cos\\theta r` is rather cos(θ) r, `\\ln xy` rather ln(xy): how far the argument goes is open."""
    if not isinstance(argument, s.Juxtaposition) or r.declared(spell(base)):
        return None
    letters = [f for f in argument.factors if isinstance(f, s.Name | s.Scripts)]
    if len(letters) != len(argument.factors) or len(letters) < 2:
        return None
    first = letters[0]
    if isinstance(first, s.Name) and first.name == "pi":
        return None
    options = (
        ("wide", Choice(Chosen.FUNCTION_OF_WHOLE_PRODUCT, (base.name,))),
        ("narrow", Choice(Chosen.FUNCTION_OF_FIRST_LETTER, (base.name,))),
    )
    angle = isinstance(first, s.Name) and first.name in _ANGLES
    second = letters[1].base if isinstance(letters[1], s.Scripts) else letters[1]
    if angle and not (isinstance(second, s.Name) and second.name == "t"):
        options = (options[1], options[0])
    if r.ask(f"argument:{head.span.start}", options) == "wide":
        return None
    rest = argument.factors[1:]
    other = rest[0] if len(rest) == 1 else s.Juxtaposition(rest[0].span.cover(rest[-1].span), rest)
    value = apply_word(r, head, base, argument.factors[0])
    remaining = r.term(other)
    more = remaining.args if isinstance(remaining, Mul) and len(rest) > 1 else (remaining,)
    return Mul((value, *more), span=span)


def word_arguments(r: Reader, argument: Any) -> tuple[Term, ...]:
    if isinstance(argument, s.Fence):
        if argument.body is None:
            raise fail(argument, "a function without its argument")
        if argument.open in ("(", "[", "{") and argument.close in (")", "]", "}"):
            body = argument.body
            if isinstance(body, s.Bar):
                return (r.term(argument),)
            if isinstance(body, s.Sequence):
                return tuple(r.term(i) for i in body.items)
            return (r.term(body),)
    if isinstance(argument, s.Missing):
        raise fail(argument, "a function without its argument")
    return (r.term(argument),)


def _log_base(r: Reader, base: s.Name, sub: Any) -> Term | None:
    if sub is not None:
        return None if isinstance(sub, s.Name) and sub.name == "e" and not r.declared("e") else r.term(sub)
    if base.name == "lg":
        return integer(10)
    if base.name == "lb":
        return integer(2)
    if base.name == "ln":
        return None
    chosen = r.scope.options.get("log")
    if chosen is None:
        if "\\ln" in r.evidence.names or "ln" in r.evidence.names:
            options = (
                ("10", Choice(Chosen.LOG_BASE_10)),
                ("natural", Choice(Chosen.LOG_NATURAL)),
                ("2", Choice(Chosen.LOG_BASE_2)),
            )
            options = (options[1], options[0], options[2])
        else:
            options = (
                ("natural", Choice(Chosen.LOG_NATURAL)),
                ("2", Choice(Chosen.LOG_BASE_2)),
                ("10", Choice(Chosen.LOG_BASE_10)),
            )
        chosen = r.ask("log", options)
    return None if chosen in ("natural", "e") else integer(int(chosen))


def _minus_one(sup: Any) -> bool:
    return (
        isinstance(sup, s.Sum)
        and len(sup.parts) == 1
        and sup.parts[0][0] == "-"
        and isinstance(sup.parts[0][1], s.Number)
        and sup.parts[0][1].text == "1"
    )


def _powered(r: Reader, term: Term, sup: Any, head: Any) -> Term:
    if sup is None:
        return term
    if isinstance(sup, s.Name) and sup.name in ("T", "top", "intercal"):
        return Apply("transpose", (term,), span=term.span)
    if isinstance(sup, s.Fence | s.Text | s.Chain | s.Sequence) or (
        isinstance(sup, s.Name) and sup.name in ("*", "+", "-", "dagger", "prime")
    ):
        raise fail(sup, "this superscript on a function")
    return Pow(term, r.term(sup), span=term.span)


_POWERS = (
    ("value", Choice(Chosen.POWER_BEHIND_PARENTHESIS_OF_VALUE)),
    ("argument", Choice(Chosen.POWER_BEHIND_PARENTHESIS_OF_ARGUMENT)),
)
#: functions that authors square both ways; behind `\\sin(x)` a power is of the value
_SQUARED = frozenset({"log", "ln", "lg"})


def _squared(function: Any) -> bool:
    return isinstance(function, s.Name) and function.name in _SQUARED


def power_inside(r: Reader, node: s.Scripts) -> Term | None:
    """`\\log(b)^2` read as the logarithm of b²; None for the power of the logarithm."""
    base = node.base
    if not isinstance(base, s.Apply) or node.sub is not None or node.primes or not _squared(base.function):
        return None
    if not _a_power(node.sup) or not isinstance(base.argument, s.Fence):
        return None
    if r.ask("power:fence", _POWERS) == "value":
        return None
    inner = s.Scripts(base.argument.span.cover(node.span), base.argument, None, node.sup)
    return r.term(s.Apply(node.span, base.function, inner))


def power_outside(r: Reader, node: s.Apply) -> Term | None:
    """`\\log{(b)}^2` read as the square of the logarithm; None for the logarithm of the square."""
    argument = node.argument
    if not isinstance(argument, s.Scripts) or argument.sub is not None or argument.primes:
        return None
    if not _squared(node.function) or not _a_power(argument.sup) or not isinstance(argument.base, s.Fence):
        return None
    if argument.base.open != "(" or r.ask("power:fence", _POWERS) == "argument":
        return None
    value = s.Apply(node.span, node.function, argument.base)
    return r.term(s.Scripts(node.span, value, None, argument.sup))


def _a_power(sup: Any) -> bool:
    return isinstance(sup, s.Number) or (isinstance(sup, s.Name) and sup.name in "nmk")


def _own(r: Reader, head: Any, base: s.Name, args: tuple[Term, ...], span: Any) -> Term:
    """A word that is no built-in function is a function of the document."""
    letter = spell(base)
    if not isinstance(head, s.Scripts):
        return Call(r.symbol(letter, base.span), args, span=span)
    kind, payload = superscript(r, letter, head)
    function = subscripted(
        r, head, letter, 0, head.sup if kind == "name" else None, payload if kind == "index" else ()
    )
    if head.primes:
        function = Prime(function, integer(head.primes), span=head.span)
    applied = Call(function, args, span=span)
    if kind in ("none", "name", "index"):
        return applied
    if _minus_one(head.sup):
        return Call(Apply("inverse", (function,), span=head.span), args, span=span)
    return operate(r, head, applied, kind, letter)
