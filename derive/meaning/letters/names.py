"""Letters and words that stand alone: symbols, and the constants among them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.facts.naming import MARKS, spell
from derive.facts.pieces import walk
from derive.meaning import structure
from derive.meaning.questions import complement, dot
from derive.meaning.reader import Reader, fail
from derive.meaning.spellings import WORDS
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Constant, Derivative, Ellipsis, Number, Symbol, Term

SETS = frozenset("NZQRC")
COMPLEX_HINTS = frozenset(["z", "w"])
UNFINISHED = frozenset({"etc", "const", "constant", "cst", "terms", "hot", "h.o.t"})
"""Words that stand for what the author left out."""

MOST_DIGITS = 4000
"""Longer numbers are refused: turning digits into a number takes time in the square of their count."""


def number(node: s.Number) -> Number:
    mantissa, _, exponent = node.text.lower().partition("e")
    if len(mantissa) + (abs(int(exponent or 0)) if len(exponent) < 9 else MOST_DIGITS) > MOST_DIGITS:
        raise fail(node, f"a number of more than {MOST_DIGITS} digits")
    return Number(Fraction(node.text), text=node.text, span=node.span)


def name(r: Reader, node: s.Name) -> Term:
    """A letter or word that stands alone."""
    constant = constant_of(r, node)
    if constant is not None:
        return constant
    if not node.font and node.name in ("nabla", "partial") and not node.accents:
        if node.name == "nabla":
            return structure.named_function(r, "\\nabla", node, "nabla without an operand")
        return r.symbol("\\partial", node.span)
    if node.word and node.name.lower().strip(".") in UNFINISHED:
        return Ellipsis(span=node.span)
    if node.name in WORDS and not node.accents and len(node.name) > 1 and not r.declared(spell(node)):
        if node.name == "Re" and not node.font and len(r.nodes) > 1:
            return Constant("R", span=node.span)  # `f: \\Re \\to \\Re`, the real numbers
        return structure.named_function(r, spell(node), node, f"{node.name} without its argument")
    if not node.font and not node.accents and node.name in MARKS and not node.name.isalpha():
        if node.name in "+-":
            if node.name in r.evidence.events:
                return r.symbol(node.name, node.span)  # `P(D \\mid +)`, a positive test
            return Apply("plus_sign" if node.name == "+" else "minus_sign", (), span=node.span)
        raise fail(node, f"the mark {node.name} without what it marks")
    return r.symbol(spell(node), node.span)


def constant_of(r: Reader, node: s.Name) -> Term | None:
    """The constant that a name stands for where nothing declares it otherwise."""
    if node.accents:
        if node.accents[-1] in ("dot", "ddot"):
            return _changed(r, node)
        return _conjugated(r, node)
    key, plain = node.name, not node.font or node.font in ("italic",)
    upright = node.font == "roman"
    if node.font == "blackboard":
        if key in SETS and not r.declared(spell(node)):
            return Constant(key, span=node.span)
        if key in ("1",):
            return Apply("ones", (), span=node.span)
    if node.font == "bold" and key in ("0", "1"):
        return Apply("zeros" if key == "0" else "ones", (), span=node.span)
    if node.font == "bold" and key == "I" and not r.declared(spell(node)):
        return Apply("identity", (), span=node.span)
    match key:
        case "infty":
            return Constant("infinity", span=node.span)
        case "emptyset" | "varnothing":
            return Constant("emptyset", span=node.span)
        case "top" if plain:
            return Constant("true", span=node.span)
        case "bot" if plain:
            return Constant("false", span=node.span)
        case "pi" if plain and not r.declared("\\pi"):
            return Constant("pi", span=node.span)
        case "pi" if plain and r.role("\\pi") == "function" and "\\pi" not in r.bound:
            return _circle_number(r, node)
        case "exponentialE":
            return Constant("e", span=node.span)
        case "imaginaryunit" | "imath" | "jmath" if key == "imaginaryunit":
            return Constant("i", span=node.span)
        case "e" if upright:
            return Constant("e", span=node.span)
        case "i" | "j" if upright and not node.word:
            return Constant("i", span=node.span)
        case "e" if plain and not r.declared("e"):
            return _euler(r, node)
        case "i" | "j" if plain and (not r.declared(key) or _exponent_unit(r, key)):
            return _imaginary(r, node)
        case "gamma" if plain and not r.declared("\\gamma"):
            return _euler_gamma(r, node)
    return None


def _circle_number(r: Reader, node: s.Name) -> Term | None:
    """π by itself in a document where π is a policy or a function somewhere."""
    if "\\pi" in r.evidence.applied or "pi" in r.evidence.superscripts or "pi" in r.evidence.subscripts:
        return None
    answer = r.ask(
        "\\pi", (("constant", Choice(Chosen.PI_NUMBER)), ("symbol", Choice(Chosen.PI_WHAT_DOCUMENT_CALLS_SO)))
    )
    return Constant("pi", span=node.span) if answer == "constant" else None


def _conjugated(r: Reader, node: s.Name) -> Term | None:
    """A bar over a complex letter conjugates it; over any other it makes another name."""
    if node.accents[-1] not in ("bar", "overline"):
        return None
    inner = s.Name(node.span, node.name, node.font, node.accents[:-1], node.word)
    if node.name in ("i", "imaginaryunit") and (node.font == "roman" or len(node.name) > 1):
        return Apply("conjugate", (Constant("i", span=node.span),), span=node.span)
    bare = spell(s.Name(node.span, node.name, node.font, (), node.word))
    meant = complement.settle(complement.Marked(r, spell(inner), spell(node), "bar", bare), node.span)
    return None if meant == "name" else Apply(meant, (name(r, inner),), span=node.span)


def _changed(r: Reader, node: s.Name) -> Term | None:
    """A dot over a letter differentiates it by time, or makes another name."""
    inner = s.Name(node.span, node.name, node.font, node.accents[:-1], node.word)
    meant = dot.settle(dot.Dotted(r, spell(inner), spell(node)), node.span)
    if meant == "name":
        return None
    order = Number(Fraction(2 if node.accents[-1] == "ddot" else 1))
    return Derivative(name(r, inner), ((Symbol("t"), order),), span=node.span)


def _euler(r: Reader, node: s.Name) -> Term | None:
    e = r.evidence
    if "e" in e.subscripts or e.indexed.get("e") or "e" in e.primes:
        return None
    if e.applied.get("e") and "e" not in e.powers:  # e^{x}(x + 1) is a product
        return None
    if "e" in e.powers and not r.fact(("e counts",), lambda: _squared_only(r)):
        return Constant("e", span=node.span)
    answer = r.ask(
        "e", (("constant", Choice(Chosen.E_EULER_NUMBER)), ("symbol", Choice(Chosen.SYMBOL, ("e",))))
    )
    return Constant("e", span=node.span) if answer == "constant" else None


def _squared_only(r: Reader) -> bool:
    """`1 - e^2` beside `e \\cos\\theta`: its powers are numbers, and it is a factor of its own."""
    powers = [n for n in walk(r.nodes) if isinstance(n, s.Scripts) and _is_e(n.base)]
    factors = (f for n in walk(r.nodes) if isinstance(n, s.Juxtaposition) for f in n.factors)
    return all(isinstance(n.sup, s.Number) for n in powers) and any(_is_e(f) for f in factors)


def _is_e(node: Any) -> bool:
    return isinstance(node, s.Name) and node.name == "e" and not node.font and not node.accents


def _imaginary(r: Reader, node: s.Name) -> Term | None:
    """`i` is an index where one is bound or written as a script; else the imaginary unit by its company."""
    e, key = r.evidence, node.name
    if key in e.bound or key in e.subscripts or e.indexed.get(key):
        return None
    in_exponent = key in e.exponents and "e" in e.powers
    if e.applied.get(key) and not in_exponent:
        return None  # i(…) counts, unless it turns an exponential
    complex_company = (
        in_exponent
        or (key == "i" and (key in e.powers or "\\mathrm{Re}" in e.names or "\\Re" in e.names))
        or (key == "i" and bool(COMPLEX_HINTS & e.names.keys()))
    )
    if (key == "j" and not complex_company) or r.fact(("counted", key), lambda: _counted(r, key)):
        return None
    if len(r.nodes) > 1 and node in r.nodes and any(isinstance(n, s.Sequence) for n in r.nodes):
        return None  # i = 1, \dots, m
    if r.fact(("listed", key), lambda: _listed(r, key)):
        return None
    options = (("unit", Choice(Chosen.IMAGINARY_UNIT, (key,))), ("symbol", Choice(Chosen.SYMBOL, (key,))))
    if not complex_company and not _in_product(e, key):
        options = (options[1], options[0])
    return Constant("i", span=node.span) if r.ask(key, options) == "unit" else None


def _listed(r: Reader, key: str) -> bool:
    """It is one of several letters, `p(g, i, d)`."""
    lists = (n.items for n in walk(r.nodes) if isinstance(n, s.Sequence))
    return any(
        len(items) > 2
        and all(isinstance(i, s.Name) for i in items)
        and any(isinstance(i, s.Name) and i.name == key for i in items)
        for items in lists
    )


def _counted(r: Reader, key: str) -> bool:
    """A factorial or a binomial coefficient is of the letter: it counts."""
    for n in walk(r.nodes):
        inside: Any = None
        if isinstance(n, s.Postfix) and n.op in ("!", "!!"):
            inside = n.operand
        elif isinstance(n, s.Fraction) and n.kind == "binom":
            inside = n
        if inside is not None and any(isinstance(x, s.Name) and x.name == key for x in walk((inside,))):
            return True
    return False


def _exponent_unit(r: Reader, key: str) -> bool:
    """`e^{i\\theta}` where the document counts with i elsewhere: what is no index here may be the unit."""
    if key in r.bound or r.role(key) != "index":
        return False
    return key in r.evidence.exponents and "e" in r.evidence.powers


def _in_product(e: Any, key: str) -> bool:
    return key == "i" and e.names.get("i", 0) > 0 and not ({"j", "k", "n"} & e.names.keys())


def _euler_gamma(r: Reader, node: s.Name) -> Term | None:
    names = r.evidence.names.keys()
    if not ({"\\Gamma", "\\psi", "\\zeta", "\\ln"} & names) or r.evidence.indexed.get("\\gamma"):
        return None
    if r.evidence.applied.get("\\gamma"):
        return None
    answer = r.ask(
        "\\gamma",
        (("symbol", Choice(Chosen.SYMBOL, ("γ",))), ("constant", Choice(Chosen.GAMMA_EULER_CONSTANT))),
    )
    return Constant("euler_gamma", span=node.span) if answer == "constant" else None
