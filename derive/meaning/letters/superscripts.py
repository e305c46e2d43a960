"""What a superscript does: a power, an index, part of a name, a transpose, an inverse."""

from __future__ import annotations

from typing import Any

from derive.expressions import regex
from derive.facts.naming import script_text, spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning.letters.above import (
    ORDERS,
    TENSORS,
    ask_step,
    letter_above,
    letter_of_step,
    numbered,
    numbered_above,
    orders,
    stepped,
)
from derive.meaning.letters.habits import FUNCTION_LETTERS
from derive.meaning.letters.indices import arithmetic, indices, is_index
from derive.meaning.letters.runs import word_script
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen

GREEK_INDICES = frozenset("mu nu alpha beta rho sigma lambda kappa gamma delta tau eta".split())
NAME_MARKS = frozenset(
    "* ast star - ddagger sharp flat natural perp parallel bullet prime circ times odot oplus pm".split()
)


def tensor_indices(script: Any) -> bool:
    """Two or more Greek letters side by side as a script: components of a tensor."""
    return (
        isinstance(script, s.Juxtaposition)
        and len(script.factors) >= 2
        and all(isinstance(f, s.Name) and f.name in GREEK_INDICES for f in script.factors)
    )


def _latin_tensor(base: str, sup: s.Juxtaposition) -> bool:
    """`g^{ij}`, `\\Gamma^{ij}`: letters that custom keeps for tensors, under two indices."""
    indices_ = all(isinstance(f, s.Name) and f.name in ("i", "j", "k", "l", "m", "n") for f in sup.factors)
    return indices_ and base in TENSORS


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
            if arithmetic(body) and sup.open == "(" and sup.close == ")":
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
                kind = letter_above(r, base, node, sup.name)
            return kind, (r.symbol(spell(sup), sup.span),) if kind == "index" else None
        case s.Number(text=text) if text.isdigit() and numbered_above(r, base, node):
            if r.ask(f"numbered:{base}", numbered(base)) == "power":
                return "power", None
            return "index", (r.term(sup),)
        case s.Scripts(base=s.Name(name="pi", font="", accents=())) if _policy(r, base):
            return "name", None
        case s.Scripts(sup=None) if orders(r, base, node):
            return ("index", (r.term(sup),)) if r.ask("above:orders", ORDERS) == "index" else ("power", None)
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
        case s.Sum() if stepped(r, node):
            kind = ask_step(r, base, letter_of_step(sup) or "")
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
        return "pseudo_inverse" if r.is_matrix(base) and not r.used(base, "signed") else "name"
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


def _operates(sup: Any) -> bool:
    """A transpose, a star, a word: no index."""
    return isinstance(sup, s.Name) and (
        sup.word or sup.font == "roman" or sup.name in NAME_MARKS or sup.name in ("T", "top", "dagger", "c")
    )


def is_arrow(sub: Any) -> bool:
    return (isinstance(sub, s.Infix) and sub.op == "to") or (
        isinstance(sub, s.Chain) and all(link.relation == "to" for link in sub.links)
    )


_GREEK_MARKS = frozenset("phi varphi psi theta vartheta omega xi zeta chi".split())
_BOLD_VECTOR = regex(r"(\\(dot|ddot|hat|tilde|bar)\{)*\\(mathbf\{[a-z]|boldsymbol\{\\[a-z])")


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
        options = (
            ("power", Choice(Chosen.SUPERSCRIPT_T_POWER_T)),
            ("transpose", Choice(Chosen.SUPERSCRIPT_T_TRANSPOSE)),
        )
        return r.ask("T", options) == "transpose"
    return True


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
            if sup.name == "prime" and matrixish(r, base):
                return "transpose"
            if sup.name == "+" and matrixish(r, base):
                return "pseudo_inverse"
            if sup.name in ("c", "complement") and isinstance(base, s.Fence) and _setish(base.body):
                return "complement"
        case s.Sum(parts=(("-", part),)):
            if isinstance(part, s.Name) and part.name in ("top", "intercal", "T"):
                return "inverse_transpose"
            if isinstance(part, s.Number) and part.text == "1" and matrixish(r, base):
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


def matrixish(r: Reader, base: Any) -> bool:
    """A matrix is written in it, or a letter that is known or written as one."""
    return any(
        isinstance(n, s.Matrix) or ((k := symbol_name(n)) is not None and r.is_matrix(k))
        for n in walk((base,))
    )
