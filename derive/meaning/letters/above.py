"""A letter or number above a letter: a power, the i-th of several, the step of an iteration, or a mark."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning.reader import Options, Reader
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen

TENSORS = frozenset("g h R T G F \\Gamma \\delta \\epsilon \\eta \\varepsilon".split())

_POWERS = frozenset("nmkpqr")
"""Letters that custom takes for exponents."""


def letter_above(r: Reader, base: str, node: s.Scripts, key: str) -> str:
    """A small letter above another: a power, the i-th of several, or a mark (`\\bar y^d`, the desired y)."""
    above = r.evidence.names.get(key, 0) == r.evidence.superscripts.get(key, 0)
    if numbered_above(r, base, node):
        return r.ask(f"numbered:{base}", numbered(base))
    if _among_tensors(r, base, node, key):
        return "tensor"
    if stepped(r, node):
        return ask_step(r, base, key)
    if orders(r, base, node):
        return r.ask("above:orders", ORDERS)
    if key in r.bound and key in r.evidence.subscripts and node.sub is not None and not _names(node.sub, key):
        options = (
            ("power", Choice(Chosen.SUPERSCRIPT_POWER, (key,))),
            ("index", Choice(Chosen.SUPERSCRIPT_ONE_OF_SEVERAL, (key,))),
        )
        return r.ask(f"above:{key}", options)  # b_j^1 \alpha_1^j
    if key in r.bound:
        counted = r.fact(("counts", key), lambda: _counts(r, key))
        if key in r.evidence.subscripts or counted:
            return "power"
        if not r.fact(("only above", base, key), lambda: _only_above(r, base, key)):
            return "power"  # \sum a_n x^n, \sum n x^n, \sum r^k = (1 - r^n)/(1 - r)
        options = (
            ("power", Choice(Chosen.SUPERSCRIPT_POWER, (key,))),
            ("index", Choice(Chosen.SUPERSCRIPT_ONE_OF_SEVERAL, (key,))),
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
            ("index", Choice(Chosen.SUPERSCRIPT_ONE_OF_SEVERAL, (key,))),
            ("power", Choice(Chosen.SUPERSCRIPT_POWER, (key,))),
        )
        return r.ask(f"above:{key}", options)
    if key in "ij" and key not in r.bound and key in r.evidence.subscripts and node.sub is not None:
        return r.ask("above:orders", ORDERS)  # w_j is the sum of z_i a_i^j
    if key == "d" and above and r.role("d") is None and node.sub is not None:
        options = (
            ("name", Choice(Chosen.SUPERSCRIPT_MARK_OF_LETTER, (key,))),
            ("power", Choice(Chosen.SUPERSCRIPT_POWER, (key,))),
        )
        return r.ask(f"above:{key}", options)  # J_k^d, the desired J_k
    if not above or key in r.scope.symbols or key in _POWERS:
        return "power"
    if base.startswith(("\\dot{", "\\ddot{")) or base in r.evidence.applied:
        options = (
            ("name", Choice(Chosen.SUPERSCRIPT_MARK_OF_LETTER, (key,))),
            ("power", Choice(Chosen.SUPERSCRIPT_POWER, (key,))),
        )
        return r.ask(f"above:{key}", options)
    return "power"


def numbered(base: str) -> Options:
    return (
        ("index", Choice(Chosen.NUMBERS_ABOVE_COUNT, (base,))),
        ("power", Choice(Chosen.NUMBERS_ABOVE_POWERS, (base,))),
    )


def numbered_above(r: Reader, base: str, node: s.Scripts) -> bool:
    """`b_1^1, b_1^2`: the formula writes a 1 above the letter and its subscript."""

    def first() -> bool:
        raised = [n for n in walk(r.nodes) if isinstance(n, s.Scripts) and symbol_name(n.base) == base]
        ones = [n for n in raised if isinstance(n.sup, s.Number) and n.sup.text == "1"]
        # h(x^1), \dots, h(x^m)
        letters_ = any(isinstance(n.sup, s.Name) and n.sup.name in "nmkdKMN" for n in raised)
        return any(n.sub is not None for n in ones) or (bool(ones) and letters_)

    return r.fact(("numbered", base), first)


ORDERS = (
    ("index", Choice(Chosen.ABOVE_SUBSCRIPT_INDEX)),
    ("power", Choice(Chosen.ABOVE_SUBSCRIPT_POWER)),
)


def _among_tensors(r: Reader, base: str, node: s.Scripts, key: str) -> bool:
    """`\\Gamma^k_{ij}` beside `g^{kl}`: the letter is an upper index of another tensor."""
    if not isinstance(node.sub, s.Juxtaposition) or base not in TENSORS:
        return False
    if base == "\\Gamma" and all(isinstance(f, s.Name) for f in node.sub.factors):
        return True  # Christoffel's symbols

    def above() -> frozenset[str]:
        scripts_ = (n for n in walk(r.nodes) if isinstance(n, s.Scripts))
        tensors = (n.sup for n in scripts_ if symbol_name(n.base) in TENSORS)
        return frozenset(
            f.name
            for sup in tensors
            if isinstance(sup, s.Juxtaposition)
            for f in sup.factors
            if isinstance(f, s.Name)
        )

    return key in r.fact(("tensors",), above)


def orders(r: Reader, base: str, node: s.Scripts) -> bool:
    """`Y_l^m(\\theta, \\varphi)`, `P_n^m(x)`: functions of two orders."""
    if node.sub is None or not isinstance(node.sub, s.Name | s.Scripts | s.Number) or node.primes:
        return False
    whole = symbol_name(node)
    return whole is not None and whole in r.evidence.applied and base not in r.evidence.bare


def _counts(r: Reader, key: str) -> bool:
    """The bound letter is a number of its own somewhere: neither under its sum nor above a letter."""
    binders = sum(
        isinstance(n, s.Name) and n.name == key and not n.accents
        for big in walk(r.nodes)
        if isinstance(big, s.Big)
        for n in walk([x for x in (big.sub,) if x is not None])
    )
    return r.evidence.names.get(key, 0) > r.evidence.superscripts.get(key, 0) + binders


def _names(script: Any, key: str) -> bool:
    return any(isinstance(n, s.Name) and n.name == key for n in walk((script,)))


def letter_of_step(sup: Any) -> str | None:
    """The letter of k and of k + 1."""
    if isinstance(sup, s.Sum) and len(sup.parts) == 2:
        (sign, first), (_, last) = sup.parts
        back = sign == "-" and isinstance(first, s.Name) and first.name == "t"  # n - 1 is rather an exponent
        one = isinstance(last, s.Number) and last.text == "1"
        if (sign == "+" or back) and isinstance(first, s.Name) and one:
            sup = first
    return sup.name if isinstance(sup, s.Name) and sup.name in ("t", "k", "n") and not sup.font else None


def stepped(r: Reader, node: s.Scripts) -> bool:
    """`x^k` beside `x^{k+1}`: the steps of an iteration, or powers in turn."""
    key = letter_of_step(node.sup)
    if key is None or key in r.bound or not isinstance(node.base, s.Name):
        return False

    def shapes() -> int:
        return len(_shapes(r, node, key))

    if key == "n" and _bare(r, spell(node.base)):
        return False  # x stands by itself, as in d/dx: a number with its powers
    starred = key == "t" and _starred(r, spell(node.base))  # A(x^* \\mid x^{t-1})
    return starred or r.fact(("steps", spell(node.base), key), shapes) == 2


def _bare(r: Reader, base: str) -> bool:
    """The letter stands somewhere with nothing above it."""

    def stands() -> bool:
        marked = {id(n.base) for n in walk(r.nodes) if isinstance(n, s.Scripts) and n.sup is not None}
        return any(isinstance(n, s.Name) and id(n) not in marked and spell(n) == base for n in walk(r.nodes))

    return r.fact(("bare", base), stands)


def _starred(r: Reader, base: str) -> bool:
    """The letter stands with a star above it, and never by itself."""

    def marked() -> bool:
        scripts_ = [n for n in walk(r.nodes) if isinstance(n, s.Scripts) and symbol_name(n.base) == base]
        stars = any(isinstance(n.sup, s.Name) and n.sup.name in ("*", "ast") for n in scripts_)
        return stars and r.evidence.names.get(base, 0) == sum(n.sup is not None for n in scripts_)

    return r.fact(("starred", base), marked)


def _shapes(r: Reader, node: s.Scripts, key: str) -> set[type]:
    assert isinstance(node.base, s.Name)
    return {
        type(n.sup)
        for n in walk(r.nodes)
        if isinstance(n, s.Scripts)
        and isinstance(n.base, s.Name)
        and spell(n.base) == spell(node.base)
        and letter_of_step(n.sup) == key
    }


def ask_step(r: Reader, base: str, key: str) -> str:
    options = (
        ("power", Choice(Chosen.SUPERSCRIPT_POWER, (key,))),
        ("index", Choice(Chosen.SUPERSCRIPT_STEP_OF_ITERATION, (key,))),
    )
    if key != "n" and (base in r.evidence.applied or key == "t" or _is_argument(r, base)):
        options = (options[1], options[0])
    return r.ask(f"step:{key}", options)


def _is_argument(r: Reader, base: str) -> bool:
    """It is what a function is applied to, `\\nabla f(x^k)`."""

    def arguments() -> frozenset[str | None]:
        found = (n.body for n in walk(r.nodes) if isinstance(n, s.Fence))
        return frozenset(symbol_name(body.base) for body in found if isinstance(body, s.Scripts))

    return base in r.fact(("arguments",), arguments)


def _only_above(r: Reader, base: str, key: str) -> bool:
    """The letter stands nowhere without the index above it."""
    marked: set[int] = set()
    for n in walk(r.nodes):
        if isinstance(n, s.Scripts) and isinstance(n.sup, s.Name) and n.sup.name == key and not n.sup.accents:
            marked.add(id(n.base))
        elif isinstance(n, s.Name) and id(n) not in marked and spell(n) == base:
            return False
    return True
