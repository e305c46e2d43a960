"""Letters and what hangs on them: constants, symbols, indices, powers, transposes, primes."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from derive.notation import syntax as s
from derive.terms import structure
from derive.terms.evidence import INDEX_LETTERS
from derive.terms.letters import word_script
from derive.terms.naming import MARKS, script_text, spell, symbol_name, with_holes, with_scripts
from derive.terms.nodes import (
    Apply,
    Constant,
    Element,
    Ellipsis,
    Neg,
    Number,
    Pow,
    Prime,
    Symbol,
    Term,
    Tuple,
)
from derive.terms.reader import Reader, fail
from derive.terms.words import WORDS

SETS = frozenset("NZQRC")
FUNCTION_LETTERS = frozenset(
    ["f", "g", "h", "F", "G", "\\phi", "\\varphi", "\\Phi", "\\psi", "\\Psi", "\\sigma", "\\Gamma", "\\zeta"]
)
COMPLEX_HINTS = frozenset(["z", "w"])
UNFINISHED = frozenset({"etc", "const", "constant", "cst", "terms", "hot", "h.o.t"})
"""Words that stand for what the author left out."""
GREEK_INDICES = frozenset("mu nu alpha beta rho sigma lambda kappa gamma delta tau eta".split())
NAME_MARKS = frozenset(
    "* ast star - ddagger sharp flat natural perp parallel bullet prime circ times odot oplus pm".split()
)


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
            return Apply("plus_sign" if node.name == "+" else "minus_sign", (), span=node.span)
        raise fail(node, f"the mark {node.name} without what it marks")
    return r.symbol(spell(node), node.span)


def constant_of(r: Reader, node: s.Name) -> Term | None:
    """The constant that a name stands for where nothing declares it otherwise."""
    if node.accents:
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
    answer = r.ask("\\pi", (("constant", "π: the number"), ("symbol", "π: what the document calls so")))
    return Constant("pi", span=node.span) if answer == "constant" else None


def _conjugated(r: Reader, node: s.Name) -> Term | None:
    """A bar over a complex letter conjugates it; over any other it makes another name."""
    if node.accents[-1] not in ("bar", "overline") or r.declared(spell(node)):
        return None
    inner = s.Name(node.span, node.name, node.font, node.accents[:-1], node.word)
    name_ = spell(inner)
    known = r.scope.symbols.get(name_)
    if known is not None:
        return (
            Apply("conjugate", (r.symbol(name_, node.span),), span=node.span)
            if known.domain == "complex"
            else None
        )
    if node.name in ("i", "imaginaryunit") and (node.font == "roman" or len(node.name) > 1):
        return Apply("conjugate", (Constant("i", span=node.span),), span=node.span)
    if node.font or node.name not in ("z", "w"):
        return None
    options = (
        ("conjugate", f"the bar over {name_}: the conjugate"),
        ("name", f"the bar over {name_}: another name"),
    )
    if r.ask(f"bar:{name_}", options) == "name":
        return None
    return Apply("conjugate", (name(r, inner),), span=node.span)


def _euler(r: Reader, node: s.Name) -> Term | None:
    e = r.evidence
    if "e" in e.subscripts or e.indexed.get("e") or "e" in e.primes:
        return None
    if e.applied.get("e") and "e" not in e.powers:  # e^{x}(x + 1) is a product
        return None
    if "e" in e.powers and not r.fact(("e counts",), lambda: _squared_only(r)):
        return Constant("e", span=node.span)
    answer = r.ask("e", (("constant", "e: Euler's number"), ("symbol", "e: a symbol")))
    return Constant("e", span=node.span) if answer == "constant" else None


def _squared_only(r: Reader) -> bool:
    """`1 - e^2` beside `e \\cos\\theta`: its powers are numbers, and it is a factor of its own."""
    from derive.terms.evidence import walk

    powers = [n for n in walk(r.nodes) if isinstance(n, s.Scripts) and _is_e(n.base)]
    factors = (f for n in walk(r.nodes) if isinstance(n, s.Juxtaposition) for f in n.factors)
    return all(isinstance(n.sup, s.Number) for n in powers) and any(_is_e(f) for f in factors)


def _is_e(node: Any) -> bool:
    return isinstance(node, s.Name) and node.name == "e" and not node.font and not node.accents


def _imaginary(r: Reader, node: s.Name) -> Term | None:
    """`i` is an index where one is bound or written as a script; else the imaginary unit by its company."""
    e, key = r.evidence, node.name
    if key in e.bound or key in e.subscripts or e.indexed.get(key) or e.applied.get(key):
        return None
    complex_company = (
        (key in e.exponents and "e" in e.powers)
        or (key == "i" and (key in e.powers or "\\mathrm{Re}" in e.names or "\\Re" in e.names))
        or (key == "i" and bool(COMPLEX_HINTS & e.names.keys()))
    )
    if (key == "j" and not complex_company) or r.fact(("counted", key), lambda: _counted(r, key)):
        return None
    if len(r.nodes) > 1 and node in r.nodes and any(isinstance(n, s.Sequence) for n in r.nodes):
        return None  # i = 1, \dots, m
    if r.fact(("listed", key), lambda: _listed(r, key)):
        return None
    options = (("unit", f"{key}: the imaginary unit"), ("symbol", f"{key}: a symbol"))
    if not complex_company and not _in_product(e, key):
        options = (options[1], options[0])
    return Constant("i", span=node.span) if r.ask(key, options) == "unit" else None


def _listed(r: Reader, key: str) -> bool:
    """It is one of several letters, `p(g, i, d)`."""
    from derive.terms.evidence import walk

    lists = (n.items for n in walk(r.nodes) if isinstance(n, s.Sequence))
    return any(
        len(items) > 2
        and all(isinstance(i, s.Name) for i in items)
        and any(isinstance(i, s.Name) and i.name == key for i in items)
        for items in lists
    )


def _counted(r: Reader, key: str) -> bool:
    """A factorial or a binomial coefficient is of the letter: it counts."""
    from derive.terms.evidence import walk

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
    answer = r.ask("\\gamma", (("symbol", "γ: a symbol"), ("constant", "γ: Euler's constant")))
    return Constant("euler_gamma", span=node.span) if answer == "constant" else None


# Indices ---------------------------------------------------------------------------------------


def is_index(r: Reader, node: Any, base: str) -> bool:
    """Whether a script is an index expression and not part of a name."""
    match node:
        case s.Number(text=text):
            if r.role(base) in ("sequence", "vector") or (r.is_array(base) and base in r.scope.symbols):
                return True
            return "letter" in r.evidence.indexed.get(base, ()) and text.isdigit()
        case s.Name():
            if node.word or node.accents:
                return False
            key = spell(node)
            if key in r.bound or key in r.evidence.bound:
                return True
            role = r.role(key)
            if role is not None:
                known = r.scope.symbols.get(key)
                return role == "index" or (
                    known is not None and known.domain in ("integer", "natural", "positive_integer")
                ) or (key in INDEX_LETTERS and role != "set")  # fmt: skip
            if key in INDEX_LETTERS:
                return True
            return key in ("N", "M", "K", "T") and (
                "letter" in r.evidence.indexed.get(base, ()) or r.role(base) == "sequence"
            )
        case s.Sum(parts=parts):
            if any(sign not in "+-" for sign, _ in parts):
                return False
            atoms = [p for _, p in parts]
            if len(parts) == 1:
                order = base in r.evidence.applied and isinstance(atoms[0], s.Name)  # J_{-n}(x)
                return (order or isinstance(atoms[0], s.Number)) and is_index(r, atoms[0], base)
            return any(isinstance(a, s.Number) or is_index(r, a, base) for a in atoms) and all(
                _arithmetic(a) for a in atoms
            )
        case s.Juxtaposition() if word_script(r, node):
            return False
        case s.Juxtaposition(factors=factors):
            return all(
                isinstance(f, s.Number | s.Fence) or is_index(r, f, base) for f in factors
            ) and not all(isinstance(f, s.Number) for f in factors)
        case s.Infix(op=op, left=left, right=right) if op in ("/", "cdot", "mod"):
            return is_index(r, left, base) and _arithmetic(right)
        case s.Scripts(base=s.Name() as inner, sub=sub, sup=sup, primes=0):
            # an index of an index: x_{i_k}, \theta_{y_i}
            if sub is None or sup is not None:
                return False
            return (len(inner.name) == 1 and is_index(r, sub, spell(inner))) or is_index(r, inner, base)
        case s.Scripts(base=s.Name() as inner, sub=None, sup=None):
            return is_index(r, inner, base)
        case s.Fraction(numerator=numerator, denominator=denominator):
            return is_index(r, numerator, base) and _arithmetic(denominator)
        case s.Fence(open="(", body=body) if body is not None:
            return is_index(r, body, base)
        case s.Big(op="argmax" | "argmin"):
            return True
        case s.Sequence(items=items):
            return all(isinstance(i, s.Number) or is_index(r, i, base) for i in items) and (
                any(not isinstance(i, s.Number) for i in items) or two_indices(r, base)
            )
        case _:
            return False


def _arithmetic(node: Any) -> bool:
    match node:
        case s.Number():
            return True
        case s.Name(word=word):
            return not word
        case s.Scripts(base=s.Name(word=False)):
            return True
        case s.Juxtaposition(factors=factors):
            return all(_arithmetic(f) for f in factors)
        case s.Sum(parts=parts):
            return all(_arithmetic(p) for _, p in parts)
        case s.Fence(body=body) if body is not None:
            return _arithmetic(body)
        case s.Infix(op=op, left=left, right=right) if op in ("/", "cdot", "times"):
            return _arithmetic(left) and _arithmetic(right)
        case s.Fraction(numerator=numerator, denominator=denominator):
            return _arithmetic(numerator) and _arithmetic(denominator)
        case _:
            return False


def two_indices(r: Reader, base: str) -> bool:
    known = r.scope.symbols.get(base)
    if known is not None and known.shape is not None and len(known.shape) == 2:
        return True
    return "two" in r.evidence.indexed.get(base, ()) and "letter" in r.evidence.indexed.get(base, ())


def indices(r: Reader, node: Any, base: str) -> tuple[Term, ...] | None:
    """The index terms of a script; None where it is part of the name."""
    if isinstance(node, s.Number) and len(node.text) == 2 and node.text.isdigit() and two_indices(r, base):
        return tuple(Number(Fraction(int(d)), text=d, span=node.span) for d in node.text)
    if not is_index(r, node, base):
        return None
    if isinstance(node, s.Sequence):
        return tuple(r.term(i) for i in node.items)
    if isinstance(node, s.Juxtaposition):
        first, *rest = node.factors
        coefficient = isinstance(first, s.Number) and first.text != "1" and not two_indices(r, base)
        if not coefficient and not any(isinstance(f, s.Fence) for f in rest):
            return tuple(r.term(f) for f in node.factors)
    return (r.term(node),)


# Scripts ---------------------------------------------------------------------------------------


def scripts(r: Reader, node: s.Scripts) -> Term:
    """A symbol or expression with scripts, where no parenthesis follows that it is applied to."""
    base = symbol_name(node.base)
    if base is None or _is_operation(node.base):
        return _on_expression(r, node)
    return on_symbol(r, node, base)


def _is_operation(base: Any) -> bool:
    """Accents that are an operation and not a name: a bar over a complex letter is kept a name here."""
    return isinstance(base, s.Text)


def on_symbol(r: Reader, node: s.Scripts, base: str) -> Term:
    sup = node.sup
    if isinstance(sup, s.Juxtaposition) and len(sup.factors) == 2 and isinstance(sup.factors[0], s.Fence):
        index, mark = sup.factors
        if isinstance(mark, s.Name) and mark.name in ("T", "top", "intercal"):  # z^{(i)T}
            inner = s.Scripts(node.span, node.base, node.sub, index, node.primes)
            return Apply("transpose", (r.term(inner),), span=node.span)
    if (
        isinstance(node.base, s.Name)
        and node.base.name in ("1", "I")
        and node.base.font in ("bold", "blackboard")
    ):
        condition = node.sub.body if isinstance(node.sub, s.Fence) else node.sub
        if isinstance(condition, s.Chain) and node.sup is None:
            return Apply("indicator", (r.term(condition),), span=node.span)
    if isinstance(node.base, s.Name) and node.sub is None and not node.primes:
        constant = constant_of(r, node.base)
        named = isinstance(node.sup, s.Name) and node.sup.name in NAME_MARKS
        if constant is not None and not (named and constant == Constant("pi")):
            return _constant_power(r, node, constant)
    bound = bound_name(r, node, base)
    if bound is not None:
        name_, sup = bound
        symbol = r.symbol(name_, node.span)
        if sup is None:
            return symbol
        kind, _ = superscript(r, base, node)
        if kind not in ("power", "transpose", "adjoint", "inverse", "conjugate"):
            raise fail(sup, "a superscript on a bound symbol")
        return operate(r, node, symbol, kind, base)
    entry = _entry_of_inverse(r, node, base)
    if entry is not None:
        return entry
    kind, payload = superscript(r, base, node)
    primed, order = node.primes, 0
    if primed and prime_is_derivative(r, base, node):
        primed, order = 0, primed
    if kind == "index" and isinstance(sup, s.Fence) and sup.open == "(" and base in r.evidence.primes:
        # a_n y^{(n)} + … + a_1 y' + a_0 y
        first = s.Scripts(node.span, node.base, node.sub, None, 1)
        if sup.body is not None and prime_is_derivative(r, base, first):
            return Prime(subscripted(r, node, base, 0, None, ()), r.term(sup.body), span=node.span)
    sup_name = node.sup if kind == "name" else None
    term = subscripted(r, node, base, primed, sup_name, payload if kind == "index" else ())
    if order:
        term = Prime(term, Number(Fraction(order)), span=node.span)
    return operate(r, node, term, kind, base)


def _entry_of_inverse(r: Reader, node: s.Scripts, base: str) -> Term | None:
    """`C_{jk}^{-1}`: an entry of the inverse matrix, or the reciprocal of the entry."""
    plain = len(base) == 1 and base.isupper() and not node.primes
    if not plain or node.sub is None or superscript(r, base, node)[0] not in ("power", "inverse"):
        return None
    if not isinstance(node.sup, s.Sum) or not negative_one(r.term(node.sup)):
        return None
    lower = indices(r, node.sub, base)
    if lower is None or len(lower) != 2:
        return None
    options = (
        ("entry", f"{base} with two indices to the power of -1: an entry of the inverse"),
        ("reciprocal", f"{base} with two indices to the power of -1: the reciprocal of the entry"),
    )
    if r.ask(f"inverse:{base}", options) == "reciprocal":
        return None
    return Element(Apply("inverse", (r.symbol(base, node.base.span),), span=node.span), lower, span=node.span)


def bound_name(r: Reader, node: s.Scripts, base: str) -> tuple[str, Any] | None:
    """`z^{(i)}` or `x_c` as a whole where a sum or integral here runs over it, and what is left above."""
    if len(r.bound) == 0:
        return None
    whole = with_scripts(base, node.sub, node.sup, node.primes)
    if whole is not None and whole in r.bound:
        return whole, None
    if node.sub is not None or node.primes:
        lower = with_scripts(base, node.sub, None, node.primes)
        if lower is not None and lower in r.bound:
            return lower, node.sup
    return None


def _constant_power(r: Reader, node: s.Scripts, constant: Term) -> Term:
    sup = node.sup
    if sup is None:
        return constant
    if isinstance(constant, Constant) and constant.name in SETS:
        if isinstance(sup, s.Infix) and sup.op == "times":
            sizes = tuple(r.term(x) for x in _times(sup))
            return Pow(constant, Apply("product_set", sizes, span=sup.span), span=node.span)
        if isinstance(sup, s.Name) and sup.name in MARKS and sup.name != "infty":
            return r.symbol(f"\\mathbb{{{constant.name}}}^{{{MARKS[sup.name]}}}", node.span)
    if isinstance(constant, Apply) or (isinstance(sup, s.Name) and sup.name in ("top", "T")):
        if isinstance(sup, s.Name) and sup.name in ("top", "T", "intercal"):
            return Apply("transpose", (constant,), span=node.span)
    if isinstance(sup, s.Name) and not sup.accents and sup.name in NAME_MARKS:
        named = with_scripts(spell(node.base), None, sup) if isinstance(node.base, s.Name) else None
        if (
            named is not None
            and isinstance(constant, Constant)
            and constant.name in ("e", "i", "euler_gamma")
        ):
            return r.symbol(named, node.span)  # `e^-`, `i^*`: a letter with a mark, no constant
        found = structure.marked(node, constant, sup)
        if found is None:
            raise fail(sup, f"the mark {sup.name} on a constant")
        return found
    return Pow(constant, r.term(sup), span=node.span)


def _times(node: Any) -> list[Any]:
    return [*_times(node.left), node.right] if isinstance(node, s.Infix) and node.op == "times" else [node]


def subscripted(
    r: Reader, node: s.Scripts, base: str, primes: int, sup_name: Any, upper: tuple[Term, ...]
) -> Term:
    """The symbol or element that a base, its subscript and the naming part of its superscript make."""
    lower: tuple[Term, ...] | None = ()
    sub = node.sub
    if (
        isinstance(sub, s.Fence)
        and sub.open == "("
        and isinstance(sub.body, s.Name)
        and is_index(r, sub.body, base)
    ):
        # X_{(i)}: the i-th of another sequence than X, the order statistics
        ordered = with_scripts(base, None, sup_name, primes)
        if ordered is None:
            raise fail(node, "this script")
        symbol = r.symbol(f"{ordered}_{{(\\cdot)}}", node.span)
        return Element(symbol, (*upper, r.term(sub.body)), span=node.span)
    if (
        isinstance(sub, s.Infix)
        and sub.op == "times"
        and base in ("I", "\\mathbf{I}")
        and not r.declared(base)
    ):
        sizes = _times(sub)
        if len(sizes) == 2 and r.term(sizes[0]) == r.term(sizes[1]) and not upper and sup_name is None:
            return Apply("identity", (r.term(sizes[0]),), span=node.span)
    if sub is not None:
        lower = indices(r, sub, base)
    rest, held = (sub, []) if sub is None or lower is not None else with_holes(sub, _bound_names(r))
    named = with_scripts(base, rest if lower is None else None, sup_name, primes)
    if named is None:
        raise fail(sub if sub is not None and lower is None else node, "this script")
    # I_j: the j-th column or indicator, no size
    runs = lower and isinstance(lower[0], Symbol) and (lower[0].name in r.bound or lower[0].name in "ijlt")
    if named in ("I", "\\mathbf{I}") and lower and len(lower) == 1 and not r.declared(named) and not runs:
        return Apply("identity", lower, span=node.span)
    if named == "\\delta" and lower and len(lower) == 2 and not r.declared(named):
        return Apply("kronecker", lower, span=node.span)
    symbol = r.symbol(named, node.span)
    every = upper + (lower or ()) + tuple(r.term(x) for x in held)
    return Element(symbol, every, span=node.span) if every else symbol


def _bound_names(r: Reader) -> frozenset[str]:
    """What a sum or an integral of the formula runs over."""
    return frozenset(r.bound) | frozenset(r.evidence.bound)


def tensor_indices(script: Any) -> bool:
    """Two or more Greek letters side by side as a script: components of a tensor."""
    return (
        isinstance(script, s.Juxtaposition)
        and len(script.factors) >= 2
        and all(isinstance(f, s.Name) and f.name in GREEK_INDICES for f in script.factors)
    )


_TENSORS = frozenset("g h R T G F \\Gamma \\delta \\epsilon \\eta \\varepsilon".split())


def _latin_tensor(base: str, sup: s.Juxtaposition) -> bool:
    """`g^{ij}`, `\\Gamma^{ij}`: letters that custom keeps for tensors, under two indices."""
    indices_ = all(isinstance(f, s.Name) and f.name in ("i", "j", "k", "l", "m", "n") for f in sup.factors)
    return indices_ and base in _TENSORS


def superscript(r: Reader, base: str, node: s.Scripts) -> tuple[str, Any]:
    """What a superscript does to a symbol: `none`, `index`, `name`, `transpose`, `inverse`,
    `inverse_transpose`, `adjoint`, `pseudo_inverse`, `complement`, `conjugate`, `tensor`, `power`."""
    sup = node.sup
    match sup:
        case None:
            return "none", None
        case s.Name() | s.Juxtaposition() | s.Scripts() if is_arrow(node.sub) and not _operates(sup):
            return "index", (r.term(sup),)  # by an action, above a transition
        case s.Fence(open="(" | "[", body=body) if body is not None:
            if (
                isinstance(body, s.Name)
                and not body.word
                and not body.accents
                and len(body.name) == 1
                and body.name.islower()
            ):
                return "index", (r.term(body),)
            found = indices(r, body, base)
            if found is not None:
                return "index", found
            if isinstance(body, s.Number | s.Text | s.Name):
                return "name", None
            if _arithmetic(body) and sup.open == "(" and sup.close == ")":
                if isinstance(body, s.Sum) and all(
                    isinstance(p, s.Number) or is_index(r, p, base) for _, p in body.parts
                ):
                    return "index", (r.term(body),)
                return "power", None
            if script_text(body) is not None and not isinstance(body, s.Sum | s.Juxtaposition):
                return "name", None
            return "power", None
        case s.Name() if sup.accents == ():
            kind = _named_superscript(r, base, node, sup)
            if kind == "power" and len(sup.name) == 1 and sup.name.islower() and not sup.font:
                kind = _letter_above(r, base, node, sup.name)
            return kind, (r.symbol(spell(sup), sup.span),) if kind == "index" else None
        case s.Number(text=text) if text.isdigit() and _numbered_above(r, base, node):
            if r.ask(f"numbered:{base}", _numbered(base)) == "power":
                return "power", None
            return "index", (r.term(sup),)
        case s.Scripts(base=s.Name(name="pi", font="", accents=())) if _policy(r, base):
            return "name", None
        case s.Scripts(sup=None) if _orders(r, base, node):
            return ("index", (r.term(sup),)) if r.ask("above:orders", _ORDERS) == "index" else ("power", None)
        case s.Text():
            return "name", None
        case s.Sum(parts=((sign, part),)) if sign == "-":
            if isinstance(part, s.Number) and part.text == "1":
                functional = r.role(base) == "function" or (r.role(base) is None and base in FUNCTION_LETTERS)
                return ("inverse" if r.is_matrix(base) or functional else "power"), None
            if (
                isinstance(part, s.Name)
                and part.name in ("top", "intercal", "T")
                and (part.name != "T" or not r.declared("T"))
            ):
                return "inverse_transpose", None
            return "power", None
        case s.Juxtaposition() if tensor_indices(sup) or _latin_tensor(base, sup):
            return "tensor", None
        case s.Juxtaposition(factors=factors) if any(isinstance(f, s.Text) for f in factors):
            return "name", None
        case s.Juxtaposition() if word_script(r, sup):
            return "name", None
        case s.Sequence():
            found = indices(r, sup, base)
            return ("index", found) if found is not None else ("name", None)
        case s.Chain():
            raise fail(sup, "a relation as an exponent")
        case s.Sum() if _stepped(r, node):
            kind = _ask_step(r, base, _letter_of_step(sup) or "")
            return kind, (r.term(sup),) if kind == "index" else None
        case _:
            return "power", None


def _named_superscript(r: Reader, base: str, node: s.Scripts, sup: s.Name) -> str:
    key = sup.name
    if key in ("top", "intercal") or (key == "T" and sup.font in ("roman", "sans", "italic")):
        return "transpose"
    if key == "T" and not sup.font:
        return "transpose" if italic_t_transposes(r, node) else "power"
    if key == "dagger":
        return "adjoint"
    if key in ("H", "dag") and (r.is_array(base) or sup.font == "roman"):
        return "adjoint"
    if key == "+":
        return "pseudo_inverse" if r.is_matrix(base) else "name"
    if key in ("*", "ast"):
        known = r.scope.symbols.get(base)
        if known is not None and known.domain == "complex":
            return "conjugate" if known.shape == () else "adjoint"
        return "name"
    if key in NAME_MARKS:
        return "name"
    if key in ("c", "complement"):
        only_there = r.evidence.names.get(key, 0) <= r.evidence.superscripts.get(key, 0) and not r.declared(
            key
        )
        plain = node.base.name if isinstance(node.base, s.Name) and node.base.font == "bold" else base
        if r.role(base) in ("set", "event") or (
            len(plain) == 1 and plain.isupper() and only_there and r.role(base) is None
        ):
            return "complement"
    if sup.word or sup.font == "roman":
        return "name"
    known = r.scope.symbols.get(base)
    number_valued = known is not None and known.shape == ()
    if _bold_vector(base) and sup.font == "bold" and len(key) == 1 and key in r.bound:
        return "index"  # \sum_j \mathbf b_j \boldsymbol\alpha^{\mathbf j}
    greek = (
        key in _GREEK_MARKS and "\\" + key not in r.bound and base.startswith(("\\mathbf{", "\\boldsymbol{"))
    )
    if _bold_vector(base) and not number_valued and len(key) == 1 and key.isalpha() and key not in r.bound:
        return "name"  # a vector has no powers
    if greek:
        return "name"
    if key in GREEK_INDICES and node.sub is not None and _greek(node.sub):
        return "tensor"
    if key == "pi" and _policy(r, base):
        return "name"
    return "power"


def _policy(r: Reader, base: str) -> bool:
    """`V^\\pi(s)`: what is applied is marked by the policy π; a number has powers."""
    return r.role(base) == "function" or (base in r.evidence.applied and base not in r.evidence.bare)


_POWERS = frozenset("nmkpqr")
"""Letters that custom takes for exponents."""


def _letter_above(r: Reader, base: str, node: s.Scripts, key: str) -> str:
    """A small letter above another: a power, the i-th of several, or a mark (`\\bar y^d`, the desired y)."""
    above = r.evidence.names.get(key, 0) == r.evidence.superscripts.get(key, 0)
    if _numbered_above(r, base, node):
        return r.ask(f"numbered:{base}", _numbered(base))
    if _among_tensors(r, base, node, key):
        return "tensor"
    if _stepped(r, node):
        return _ask_step(r, base, key)
    if _orders(r, base, node):
        return r.ask("above:orders", _ORDERS)
    if key in r.bound and key in r.evidence.subscripts and node.sub is not None and not _names(node.sub, key):
        options = (
            ("power", f"a superscript {key}: the power"),
            ("index", f"a superscript {key}: the {key}-th of several"),
        )
        return r.ask(f"above:{key}", options)  # b_j^1 \alpha_1^j
    if key in r.bound:
        counted = r.fact(("counts", key), lambda: _counts(r, key))
        if key in r.evidence.subscripts or counted:
            return "power"
        if not r.fact(("only above", base, key), lambda: _only_above(r, base, key)):
            return "power"  # \sum a_n x^n, \sum n x^n, \sum r^k = (1 - r^n)/(1 - r)
        options = (
            ("power", f"a superscript {key}: the power"),
            ("index", f"a superscript {key}: the {key}-th of several"),
        )
        vector = {
            f"\\mathbf{{{base}}}",
            f"\\boldsymbol{{{base}}}",
            f"\\vec{{{base}}}",
        } & r.evidence.names.keys()
        if vector or (key == "t" and not r.declared("T")):
            options = (options[1], options[0])
        return r.ask(f"above:{key}", options)
    if key in ("i", "j") and above and base != "e" and r.role(key) in (None, "index"):
        # z^i alone: no power of the unit, and rather one of several than a power
        options = (
            ("index", f"a superscript {key}: the {key}-th of several"),
            ("power", f"a superscript {key}: the power"),
        )
        return r.ask(f"above:{key}", options)
    if key in "ij" and key not in r.bound and key in r.evidence.subscripts and node.sub is not None:
        return r.ask("above:orders", _ORDERS)  # w_j is the sum of z_i a_i^j
    if key == "d" and above and r.role("d") is None and node.sub is not None:
        options = (
            ("name", f"a superscript {key}: a mark of the letter"),
            ("power", f"a superscript {key}: the power"),
        )
        return r.ask(f"above:{key}", options)  # J_k^d, the desired J_k
    if not above or key in r.scope.symbols or key in _POWERS:
        return "power"
    if base.startswith(("\\dot{", "\\ddot{")) or base in r.evidence.applied:
        options = (
            ("name", f"a superscript {key}: a mark of the letter"),
            ("power", f"a superscript {key}: the power"),
        )
        return r.ask(f"above:{key}", options)
    return "power"


def _operates(sup: Any) -> bool:
    """A transpose, a star, a word: no index."""
    return isinstance(sup, s.Name) and (
        sup.word or sup.font == "roman" or sup.name in NAME_MARKS or sup.name in ("T", "top", "dagger", "c")
    )


def _numbered(base: str) -> tuple[tuple[str, str], ...]:
    return (
        ("index", f"numbers above {base}: they count, as a power of 1 is not written"),
        ("power", f"numbers above {base}: powers"),
    )


def _numbered_above(r: Reader, base: str, node: s.Scripts) -> bool:
    """`b_1^1, b_1^2`: the formula writes a 1 above the letter and its subscript."""
    from derive.terms.evidence import walk

    def first() -> bool:
        raised = [n for n in walk(r.nodes) if isinstance(n, s.Scripts) and symbol_name(n.base) == base]
        ones = [n for n in raised if isinstance(n.sup, s.Number) and n.sup.text == "1"]
        # h(x^1), \dots, h(x^m)
        letters_ = any(isinstance(n.sup, s.Name) and n.sup.name in "nmkdKMN" for n in raised)
        return any(n.sub is not None for n in ones) or (bool(ones) and letters_)

    return r.fact(("numbered", base), first)


_ORDERS = (
    ("index", "a letter above the subscript of what is applied: another index of it"),
    ("power", "a letter above the subscript of what is applied: the power of its value"),
)


def _among_tensors(r: Reader, base: str, node: s.Scripts, key: str) -> bool:
    """`\\Gamma^k_{ij}` beside `g^{kl}`: the letter is an upper index of another tensor."""
    from derive.terms.evidence import walk

    if not isinstance(node.sub, s.Juxtaposition) or base not in _TENSORS:
        return False
    if base == "\\Gamma" and all(isinstance(f, s.Name) for f in node.sub.factors):
        return True  # Christoffel's symbols

    def above() -> frozenset[str]:
        scripts_ = (n for n in walk(r.nodes) if isinstance(n, s.Scripts))
        tensors = (n.sup for n in scripts_ if symbol_name(n.base) in _TENSORS)
        return frozenset(
            f.name
            for sup in tensors
            if isinstance(sup, s.Juxtaposition)
            for f in sup.factors
            if isinstance(f, s.Name)
        )

    return key in r.fact(("tensors",), above)


def _orders(r: Reader, base: str, node: s.Scripts) -> bool:
    """`Y_l^m(\\theta, \\varphi)`, `P_n^m(x)`: functions of two orders."""
    if node.sub is None or not isinstance(node.sub, s.Name | s.Scripts | s.Number) or node.primes:
        return False
    whole = symbol_name(node)
    return whole is not None and whole in r.evidence.applied and base not in r.evidence.bare


def is_arrow(sub: Any) -> bool:
    return (isinstance(sub, s.Infix) and sub.op == "to") or (
        isinstance(sub, s.Chain) and all(link.relation == "to" for link in sub.links)
    )


def _counts(r: Reader, key: str) -> bool:
    """The bound letter is a number of its own somewhere: neither under its sum nor above a letter."""
    from derive.terms.evidence import walk

    binders = sum(
        isinstance(n, s.Name) and n.name == key and not n.accents
        for big in walk(r.nodes)
        if isinstance(big, s.Big)
        for n in walk([x for x in (big.sub,) if x is not None])
    )
    return r.evidence.names.get(key, 0) > r.evidence.superscripts.get(key, 0) + binders


def _names(script: Any, key: str) -> bool:
    from derive.terms.evidence import walk

    return any(isinstance(n, s.Name) and n.name == key for n in walk((script,)))


def _letter_of_step(sup: Any) -> str | None:
    """The letter of k and of k + 1."""
    if isinstance(sup, s.Sum) and len(sup.parts) == 2:
        (sign, first), (_, last) = sup.parts
        back = sign == "-" and isinstance(first, s.Name) and first.name == "t"  # n - 1 is rather an exponent
        one = isinstance(last, s.Number) and last.text == "1"
        if (sign == "+" or back) and isinstance(first, s.Name) and one:
            sup = first
    return sup.name if isinstance(sup, s.Name) and sup.name in ("t", "k", "n") and not sup.font else None


def _stepped(r: Reader, node: s.Scripts) -> bool:
    """`x^k` beside `x^{k+1}`: the steps of an iteration, or powers in turn."""
    key = _letter_of_step(node.sup)
    if key is None or key in r.bound or not isinstance(node.base, s.Name):
        return False

    def shapes() -> int:
        return len(_shapes(r, node, key))

    starred = key == "t" and _starred(r, spell(node.base))  # A(x^* \\mid x^{t-1})
    return starred or r.fact(("steps", spell(node.base), key), shapes) == 2


def _starred(r: Reader, base: str) -> bool:
    """The letter stands with a star above it, and never by itself."""
    from derive.terms.evidence import walk

    def marked() -> bool:
        scripts_ = [n for n in walk(r.nodes) if isinstance(n, s.Scripts) and symbol_name(n.base) == base]
        stars = any(isinstance(n.sup, s.Name) and n.sup.name in ("*", "ast") for n in scripts_)
        return stars and r.evidence.names.get(base, 0) == sum(n.sup is not None for n in scripts_)

    return r.fact(("starred", base), marked)


def _shapes(r: Reader, node: s.Scripts, key: str) -> set[type]:
    from derive.terms.evidence import walk

    assert isinstance(node.base, s.Name)
    return {
        type(n.sup)
        for n in walk(r.nodes)
        if isinstance(n, s.Scripts)
        and isinstance(n.base, s.Name)
        and spell(n.base) == spell(node.base)
        and _letter_of_step(n.sup) == key
    }


def _ask_step(r: Reader, base: str, key: str) -> str:
    options = (
        ("power", f"a superscript {key}: the power"),
        ("index", f"a superscript {key}: the step {key} of an iteration"),
    )
    if key != "n" and (base in r.evidence.applied or key == "t" or _is_argument(r, base)):
        options = (options[1], options[0])
    return r.ask(f"step:{key}", options)


def _is_argument(r: Reader, base: str) -> bool:
    """It is what a function is applied to, `\\nabla f(x^k)`."""
    from derive.terms.evidence import walk

    def arguments() -> frozenset[str | None]:
        found = (n.body for n in walk(r.nodes) if isinstance(n, s.Fence))
        return frozenset(symbol_name(body.base) for body in found if isinstance(body, s.Scripts))

    return base in r.fact(("arguments",), arguments)


def _only_above(r: Reader, base: str, key: str) -> bool:
    """The letter stands nowhere without the index above it."""
    from derive.terms.evidence import walk

    marked: set[int] = set()
    for n in walk(r.nodes):
        if isinstance(n, s.Scripts) and isinstance(n.sup, s.Name) and n.sup.name == key and not n.sup.accents:
            marked.add(id(n.base))
        elif isinstance(n, s.Name) and id(n) not in marked and spell(n) == base:
            return False
    return True


_GREEK_MARKS = frozenset("phi varphi psi theta vartheta omega xi zeta chi".split())
_BOLD_VECTOR = re.compile(r"(\\(dot|ddot|hat|tilde|bar)\{)*\\(mathbf\{[a-z]|boldsymbol\{\\[a-z])")


def _bold_vector(base: str) -> bool:
    return _BOLD_VECTOR.match(base) is not None


def _greek(node: Any) -> bool:
    return tensor_indices(node) or (isinstance(node, s.Name) and node.name in GREEK_INDICES)


def italic_t_transposes(r: Reader, node: s.Scripts) -> bool:
    """`x^T`: a transpose, unless T is a quantity here or the base is plainly a number."""
    if isinstance(node.base, s.Number):
        return False
    base = symbol_name(node.base)
    if base is not None and ("\\mathbf{" in base or "\\boldsymbol{" in base or base.startswith("\\vec{")):
        return True
    if r.declared("T") and r.role("T") != "function":
        return False
    if r.evidence.names.get("T", 0) > r.evidence.superscripts.get("T", 0):
        options = (("power", "a superscript T: the power T"), ("transpose", "a superscript T: the transpose"))
        return r.ask("T", options) == "transpose"
    return True


def operate(r: Reader, node: s.Scripts, term: Term, kind: str, base: str = "") -> Term:
    """Apply what `superscript` found to the finished base."""
    span, sup = node.span, node.sup
    match kind:
        case "none" | "index" | "name":
            return term
        case "transpose" | "adjoint" | "inverse" | "pseudo_inverse" | "complement" | "conjugate":
            return Apply(kind, (term,), span=span)
        case "inverse_transpose":
            return Apply("transpose", (Apply("inverse", (term,), span=span),), span=span)
        case "tensor":
            upper = tuple(r.term(x) for x in _letters(sup))
            return Apply("tensor", (term, Tuple(upper), Tuple(())), span=span)
        case _:
            assert sup is not None
            if base in SETS and isinstance(sup, s.Infix) and sup.op == "times":
                sizes = tuple(r.term(x) for x in _times(sup))  # R^{m \times n} in a plain R
                return Pow(term, Apply("product_set", sizes, span=sup.span), span=span)
            return structure.marked(node, term, _mark(sup)) or Pow(term, exponent(r, sup), span=span)


def _letters(node: Any) -> tuple[Any, ...]:
    return node.factors if isinstance(node, s.Juxtaposition) else (node,)


def _mark(sup: Any) -> Any:
    """A sign by itself as an exponent; `\\infty` and degrees have a value."""
    return (
        sup if isinstance(sup, s.Name) and sup.name in MARKS and sup.name not in ("infty", "circ") else None
    )


def exponent(r: Reader, sup: Any) -> Term:
    if (
        isinstance(sup, s.Name)
        and not sup.accents
        and sup.name in MARKS
        and sup.name not in ("infty", "circ")
    ):
        raise fail(sup, f"the mark {sup.name} on an expression")
    return r.term(sup)


def prime_is_derivative(r: Reader, base: str, node: s.Scripts) -> bool:
    """A prime differentiates a function; on any other letter it makes another name."""
    if r.scope.options.get("prime") == "name":
        return False
    if isinstance(node.sup, s.Name) and node.sup.name in ("*", "T", "top"):
        return False
    named = with_scripts(base, node.sub)
    primed = with_scripts(base, node.sub, None, node.primes)
    if primed is not None and r.declared(primed):
        return False
    for name_ in (named, base):
        if name_ is None:
            continue
        role = r.role(name_)
        if role == "function" or name_ in r.scope.dependencies:
            return True
        if role is not None:
            return False
    if base in FUNCTION_LETTERS:
        return True
    if r.evidence.applied.get(base) and base in "yuvwxLPQRSTHUVWpqr":
        return True
    curve = base in ("x", "z", "r") and r.evidence.primes.get(base, 0) > 1  # x'y'' - x''y'
    if (base in ("u", "v", "w", "y") or curve) and node.sub is None:
        options = (
            ("derivative", f"{base}': the derivative of {base}"),
            ("name", f"{base}': a name of its own"),
        )
        likely = r.evidence.differentiates or max(r.evidence.primes.values(), default=0) > 1
        return r.ask(f"prime:{base}", options if likely else (options[1], options[0])) == "derivative"
    return False


# Scripts on anything else ------------------------------------------------------------------------


def _on_expression(r: Reader, node: s.Scripts) -> Term:
    base, sub, sup = node.base, node.sub, node.sup
    if isinstance(base, s.Missing):
        raise fail(node, "a script before its symbol")
    if isinstance(base, s.Fence) and base.open == "‖" and sub is not None:
        norm = Apply("norm", (r.term(base.body), _norm_order(r, sub)), span=node.span)  # type: ignore[arg-type]
        return operate(r, node, norm, plain_superscript(r, node)) if sup is not None else norm
    if isinstance(base, s.Juxtaposition) and sub is not None:
        # a group that only sets a font, `{\bf BK}_i`: the script stands at its last letter
        *before, last = base.factors
        inner = s.Scripts(last.span.cover(node.span), last, sub, sup, node.primes)
        return r.term(s.Juxtaposition(node.span, (*before, inner)))
    if isinstance(base, s.Fence) and base.open in ("{", "(") and sub is not None:
        from derive.terms.big import family

        found = family(r, node, base)
        if found is not None:
            return found
    term = r.term(base)
    if sub is not None and values_given(sub):
        from derive.terms.calculus import at_values

        term, sub = at_values(r, node, term, sub), None
    elif isinstance(base, s.Matrix) and isinstance(sub, s.Infix) and sub.op == "times":
        sub = None  # a note of its size
    if isinstance(base, s.Apply) and sub is not None:
        below = indices(r, sub, "")
        if below is None:
            term = structure.component(r, term, sub, node.span)
        else:
            term = Element(term, below, span=node.span)
    elif isinstance(base, s.Matrix | s.Fence) and sub is not None:
        lower = indices(r, sub, "") if isinstance(base, s.Matrix) or base.open in ("(", "[") else None
        body = base.body if isinstance(base, s.Fence) else None
        if isinstance(body, s.Infix) and body.op == "times" and not isinstance(body.left, s.Infix):
            term = Apply("cross", (r.term(body.left), r.term(body.right)), span=body.span)
        if lower is None or not _arrayish(r, base):
            term = structure.component(r, term, sub, node.span)
        else:
            term = Element(term, lower, span=node.span)
    elif isinstance(base, s.Ellipsis) and sub is not None:
        raise fail(sub, "a subscript on dots")
    elif sub is not None:
        term = structure.component(r, term, sub, node.span)
    if node.primes:
        if _matrixish(r, base):
            for _ in range(node.primes):
                term = Apply("transpose", (term,), span=node.span)
        elif isinstance(base, s.Fence) and base.open in ("(", "["):
            term = Prime(term, Number(Fraction(node.primes)), span=node.span)
        else:
            raise fail(node, "a prime on an expression")
    if sup is None:
        return term
    return operate(r, node, term, plain_superscript(r, node))


def values_given(sub: Any) -> bool:
    """`[…]_{x = 0}`: the values that letters take."""
    items = sub.items if isinstance(sub, s.Sequence) else (sub,)
    return all(isinstance(i, s.Chain) and len(i.links) == 1 and i.links[0].relation == "=" for i in items)


def _norm_order(r: Reader, sub: Any) -> Term:
    if isinstance(sub, s.Name) and sub.name in ("F", "*", "op", "HS", "Fro", "sp"):
        return Symbol({"*": "*", "Fro": "F"}.get(sub.name, sub.name), span=sub.span)
    if isinstance(sub, s.Text | s.Name) and (not isinstance(sub, s.Name) or sub.word or sub.font):
        text = script_text(sub)
        if text is None:
            raise fail(sub, "this norm")
        return Symbol(text, span=sub.span)
    return r.term(sub)


def plain_superscript(r: Reader, node: s.Scripts) -> str:
    sup, base = node.sup, node.base
    match sup:
        case s.Name(accents=()):
            if sup.name in ("top", "intercal") or (
                sup.name == "T" and sup.font in ("roman", "sans", "italic")
            ):
                return "transpose"
            if sup.name == "T":
                if isinstance(base, s.Fence) and not _wordless(base):
                    return "transpose"
                return "transpose" if italic_t_transposes(r, node) else "power"
            if isinstance(base, s.Fence) and base.open == "{":
                return "power"  # `\\{0, 1\\}^*`, the words over an alphabet
            if sup.name in ("dagger", "H", "*", "ast") and isinstance(base, s.Fence | s.Matrix):
                return "adjoint"
            stars = sup.name.replace("ast", "*")
            if len(stars) > 1 and set(stars) == {"*"} and isinstance(base, s.Fence | s.Matrix):
                return "adjoint" if len(stars) % 2 else "none"
            if sup.name == "prime" and _matrixish(r, base):
                return "transpose"
            if sup.name == "+" and _matrixish(r, base):
                return "pseudo_inverse"
            if sup.name in ("c", "complement") and isinstance(base, s.Fence) and _setish(base.body):
                return "complement"
        case s.Sum(parts=(("-", part),)):
            if isinstance(part, s.Name) and part.name in ("top", "intercal", "T"):
                return "inverse_transpose"
            if isinstance(part, s.Number) and part.text == "1" and _matrixish(r, base):
                return "inverse"
        case s.Juxtaposition(factors=factors) if factors and all(
            isinstance(f, s.Name) and f.name in ("*", "ast") for f in factors
        ):
            return "adjoint" if len(factors) % 2 else "none"
        case _:
            pass
    return "power"


def _wordless(base: s.Fence) -> bool:
    return isinstance(base.body, s.Number)


def _setish(body: Any) -> bool:
    return isinstance(body, s.Infix) and body.op in ("cap", "cup", "setminus")


def _arrayish(r: Reader, base: Any) -> bool:
    from derive.terms.evidence import walk

    return any(
        isinstance(n, s.Matrix) or ((k := symbol_name(n)) is not None and (r.is_array(k) or k[:1].isupper()))
        for n in walk((base,))
    )


def _matrixish(r: Reader, base: Any) -> bool:
    """A matrix is written in it, or a letter that is known or written as one."""
    from derive.terms.evidence import walk

    return any(
        isinstance(n, s.Matrix) or ((k := symbol_name(n)) is not None and r.is_matrix(k))
        for n in walk((base,))
    )


def negative_one(term: Term) -> bool:
    return isinstance(term, Neg) and term.arg == Number(Fraction(1))
