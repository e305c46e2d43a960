"""Whether a letter before a parenthesis is applied to what is in it, or multiplied by it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from derive.facts.naming import symbol_name
from derive.facts.pieces import INDEX_LETTERS, argument_kind, walk
from derive.facts.runs import opens
from derive.meaning.habits import FUNCTION_LETTERS, MORE_FUNCTION_LETTERS, VARIABLE_LETTERS
from derive.meaning.letters.indices import indices
from derive.meaning.letters.superscripts import is_arrow, plain_superscript, superscript
from derive.meaning.reader import Reader
from derive.notation import syntax as s


def is_function(r: Reader, name: str) -> bool:
    role = r.role(name)
    return role == "function" or (role is None and name in FUNCTION_LETTERS)


def minus_one(sup: Any) -> bool:
    return (
        isinstance(sup, s.Sum)
        and len(sup.parts) == 1
        and sup.parts[0][0] == "-"
        and isinstance(sup.parts[0][1], s.Number)
        and sup.parts[0][1].text == "1"
    )


def applied(r: Reader, head: Any, base: Any, letter: str, full: str, fence: s.Fence, before: Any) -> bool:
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
            return ask(r, full, False)  # y_0 / (1 - y_0 (x - x_0))
    if isinstance(head, s.Scripts) and is_arrow(head.sub) and kind == "compound" and fence.open == "(":
        return ask(r, full, False)  # P_{x \to y}^a (R + c)
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
            return ask(r, letter, r.used(letter, "applied"))
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
        return ask(r, letter, True)  # y(x^{-1}(u))
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
        return ask(r, letter, True)  # I_n(a x): a product needs no parenthesis to be a factor
    if kind in ("plain", "compound") and fence.open == "(" and letter in "abc" and letter in r.evidence.bare:
        if (
            isinstance(head, s.Name)
            and uses >= {"plain", "compound"}
            and not isinstance(fence.body, s.Number)
        ):
            return ask(r, letter, False)  # a (k) x + a (m - k) y + a z
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
    if kind == "compound" and isinstance(head, s.Scripts) and minus_one(head.sup) and letter not in "fgh":
        return ask(r, letter, False)  # \\Psi^{-1}(x - \\mu)
    if bare_letter in FUNCTION_LETTERS:
        if uses <= {"compound", "signed"} and bare_letter in r.evidence.bare and kind == "compound":
            return ask(r, letter, False)
        if {"f", letter} <= r.evidence.applied.keys() - r.evidence.bare and len(r.evidence.applied) > 1:
            return True  # f(x - ct) + g(x + ct)
        return True if uses - {"compound", "signed"} else ask(r, letter, True)
    if uses & {"several", "bar"} or ("plain" in uses and _plain_letters(r, letter)):
        return True
    if (isinstance(base, s.Name) and base.font == "bold") or letter.startswith("\\vec"):
        return False
    if bare_letter in VARIABLE_LETTERS:
        return False
    if bare_letter.isupper() and _transposed(r, before) and kind == "compound":
        return ask(r, letter, False)  # x^\top H (x - y)
    if isinstance(head, s.Scripts) and (head.sub is not None or head.sup is not None):
        named = superscript(r, letter, head)[0] == "name" or (
            head.sub is not None and indices(r, head.sub, letter) is None
        )
        lettered = not isinstance(head.sub, s.Number)
        return ask(
            r, letter, named and lettered and bare_letter in MORE_FUNCTION_LETTERS and bare_letter.isupper()
        )
    if bare_letter in MORE_FUNCTION_LETTERS:
        return ask(r, letter, letter not in r.evidence.bare and bare_letter not in "uvwqWXYZN")
    return ask(r, letter, False)


def _applied_in_scope(
    r: Reader, head: Any, name: str, letter: str, role: str, fence: s.Fence, before: Any
) -> bool:
    """The same for a letter that the scope knows. A type says less than a parenthesis with one letter in it:
    `\\theta(z)`, `\\mathbf M(\\mathbf q)` are values, whatever a bare θ or M is elsewhere."""
    kind = argument_kind(fence)
    if role in ("function", "distribution", "operator"):
        if kind in ("compound", "signed") and fence.open == "(" and r.used(letter, "factor"):
            powered = isinstance(head, s.Scripts) and superscript(r, letter, head)[0] == "power"
            return ask(r, letter, not powered and not isinstance(before, s.Number | s.Name | s.Scripts))
        if kind == "compound" and fence.open == "(" and letter in VARIABLE_LETTERS and _with_number(fence):
            return ask(r, letter, True)  # \mu (q^2 - 1)
        apart = kind == "compound" and fence.open == "(" and fence.span.start > head.span.end
        if apart and isinstance(head, s.Name) and isinstance(fence.body, s.Sum) and len(letter) == 1:
            return ask(r, letter, True)  # h (-x + w), written with a gap
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
        return ask(r, letter, True)  # \int_{\theta(0)}^{\theta(t)} \cos(\theta(t)) d\theta
    counts = letter in INDEX_LETTERS or (letter in r.bound and letter not in FUNCTION_LETTERS)
    if (role == "index" and counts) or role == "constant" or fence.open != "(":
        return False
    if kind == "plain" and isinstance(fence.body, s.Number):
        return fence.body.text == "0" or (r.used(letter, "applied") and ask(r, letter, True))
    if kind == "plain":
        argument = symbol_name(fence.body)
        if letter in r.bound and letter in FUNCTION_LETTERS:
            return True  # \sup_f f(z)
        if r.is_array(name) and argument is not None and not r.is_array(argument):
            return True  # an array times one number in a parenthesis is not written
        inverse = isinstance(head, s.Scripts) and superscript(r, letter, head)[0] == "inverse"
        return ask(r, letter, not inverse or r.used(letter, "applied"))
    return (
        kind in ("compound", "signed", "call")
        and r.used(letter, "applied")
        and ask(r, letter, not r.used(letter, "factor"))
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
        return frozenset(symbol_name(head) for head, fence in pairs if opens(fence))

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


def ask(r: Reader, letter: str, applied: bool) -> bool:
    options = (
        ("application", f"{letter}(…): {letter} applied to what is in the parenthesis"),
        ("product", f"{letter}(…): {letter} times the parenthesis"),
    )
    if not applied:
        options = (options[1], options[0])
    return r.ask(f"apply:{letter}", options) == "application"
