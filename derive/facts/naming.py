"""The canonical LaTeX of a symbol, its identity: `x`, `\\theta`, `\\hat{y}`, `\\mathbf{x}`, `x_{0}`, `MSE`.

A word is spelled without a font (`MSE` however it was set) unless the font is an
alphabet of its own (bold, calligraphic, …); inside a script it is `\\mathrm{…}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from derive.classes import fields, replace
from derive.expressions import regex
from derive.notation import syntax as s

_ALPHABETS = {
    "bold": "mathbf",
    "calligraphic": "mathcal",
    "blackboard": "mathbb",
    "fraktur": "mathfrak",
    "sans": "mathsf",
    "typewriter": "mathtt",
    "script": "mathscr",
    "roman": "mathrm",
}
_WORD = regex(r"[A-Za-z][A-Za-z0-9 \-]+")
MARKS = {
    "*": "*",
    "ast": "*",
    "star": "\\star",
    "dagger": "\\dagger",
    "ddagger": "\\ddagger",
    "+": "+",
    "-": "-",
    "pm": "\\pm",
    "circ": "\\circ",
    "prime": "\\prime",
    "sharp": "\\sharp",
    "flat": "\\flat",
    "natural": "\\natural",
    "perp": "\\perp",
    "parallel": "\\parallel",
    "bullet": "\\bullet",
    "times": "\\times",
    "infty": "\\infty",
    "odot": "\\odot",
    "oplus": "\\oplus",
}


def spell(node: s.Name, *, script: bool = False) -> str:
    """The LaTeX of a name with its font and accents."""
    name = node.name
    if len(name) == 1 and not (node.word or node.accents) and node.font not in _ALPHABETS:
        return name  # most are
    if node.word and len(name) > 1:
        font = _ALPHABETS.get(node.font)
        if font is None or node.font in ("roman", "sans", "typewriter"):
            text = f"\\mathrm{{{name}}}" if script or node.accents else name
        else:
            text = f"\\{font}{{{name}}}"
    else:
        text = name if len(name) == 1 or not name.isalpha() else "\\" + name
        if node.font == "bold" and text.startswith("\\"):
            text = f"\\boldsymbol{{{text}}}"
        elif node.font in _ALPHABETS:
            text = f"\\{_ALPHABETS[node.font]}{{{text}}}"
        elif node.word and not script:
            text = f"\\mathrm{{{text}}}"
    for accent in node.accents:
        accent = _NAME_ACCENTS.get(accent, accent)
        text = f"\\{accent}{{{text}}}"
    return text


def joined(pieces: list[str]) -> str:
    """Concatenate LaTeX so that no command runs into a letter."""
    text = ""
    for piece in pieces:
        if text and piece[:1].isalpha() and re.search(r"\\[A-Za-z]+$", text):
            text += " "
        text += piece
    return text


def with_holes(script: Any, bound: Collection[str]) -> tuple[Any, list[Any]]:
    """A script with a `\\square` in the place of each letter of `bound`, and those letters in order.

    `F_{i,x}` under a sum over i is the i-th of a sequence `F_{\\square,x}`: as a name it would not vary.
    No dot, for authors write `d_{i\\cdot}` for the mean of a row.
    The letters of a word (`x_{max}`) stay.
    """
    held: list[Any] = []

    def holed(node: Any) -> Any:
        match node:
            case s.Name() | s.Scripts() if symbol_name(node) in bound and not getattr(node, "word", False):
                held.append(node)
                return s.Name(node.span, "square")
            case s.Juxtaposition(factors=factors) if len(factors) > 2 and all(
                isinstance(f, s.Name) and len(f.name) == 1 for f in factors
            ):
                return node
            case _ if hasattr(node, "__dataclass_fields__"):
                changed = {}
                for f in fields(node)[1:]:  # after its span
                    old = getattr(node, f.name)
                    new = tuple(map(holed, old)) if isinstance(old, tuple) else holed(old)
                    if new is not old and new != old:
                        changed[f.name] = new
                return replace(node, **changed) if changed else node
            case tuple():
                return tuple(map(holed, node))
            case _:
                return node

    return (holed(script), held) if bound else (script, held)


def script_text(node: Any) -> str | None:
    """The LaTeX of a subscript or superscript that is part of a name; None if it cannot be one."""
    match node:
        case s.Name():
            if not node.accents and not node.font and node.name in MARKS:
                return MARKS[node.name]
            return spell(node, script=True)
        case s.Number(text=text):
            return text
        case s.Text(text=text, parts=()):
            text = " ".join(text.split())
            return f"\\mathrm{{{text}}}" if re.fullmatch(r"[A-Za-z0-9 .,:'/\-]+", text) else None
        case s.Juxtaposition(factors=factors):
            texts = [script_text(f) for f in factors]
            if any(t is None for t in texts):
                return None
            if len(factors) > 2 and all(
                isinstance(f, s.Name) and len(f.name) == 1 and not f.font for f in factors
            ):
                word = "".join(f.name for f in factors)  # type: ignore[union-attr]
                if not set(word) <= set("ijklmnpqrst"):
                    return f"\\mathrm{{{word}}}"
            return joined([t for t in texts if t is not None])
        case s.Sequence(items=items, separator=separator):
            texts = [script_text(i) for i in items]
            return None if any(t is None for t in texts) else separator.join(t or "" for t in texts)
        case s.Sum(parts=parts):
            pieces: list[str] = []
            for k, (sign, part) in enumerate(parts):
                term = script_text(part)
                if term is None:
                    return None
                if sign != "+" or k:
                    pieces.append({"pm": "\\pm", "mp": "\\mp"}.get(sign, sign))
                pieces.append(term)
            return joined(pieces)
        case s.Scripts():
            return symbol_name(node)
        case s.Ellipsis():
            return "\\dots "
        case s.Fence(open=open_, close=close, body=body) if body is not None and open_ in FENCES:
            inside = script_text(body)
            if inside is None or close not in FENCES:
                return None
            return joined([FENCES[open_], inside, FENCES[close]])
        case s.Missing():
            return "\\cdot"
        case s.Fraction(numerator=left, denominator=right, kind="frac"):
            a, b = script_text(left), script_text(right)
            return None if a is None or b is None else f"\\frac{{{a}}}{{{b}}}"
        case s.Infix(op="/", left=left, right=right):
            a, b = script_text(left), script_text(right)
            return None if a is None or b is None else f"{a}/{b}"
        case s.Infix(op=op, left=left, right=right) if op in OPERATORS:
            a, b = script_text(left), script_text(right)
            return None if a is None or b is None else joined([a, f"\\{op}", " ", b])
        case s.Chain(first=first, links=links) if first is not None:
            chain = [script_text(first)]
            for link in links:
                chain += [RELATIONS.get(link.relation, "\\" + link.relation + " "), script_text(link.right)]
            return None if any(t is None for t in chain) else joined([t or "" for t in chain])
        case s.Bar(left=left, right=right, kind="|"):
            a, b = "" if isinstance(left, s.Missing) else script_text(left), script_text(right)
            return None if a is None or b is None else f"{a}|{b}"
        case s.Infix(op="mid", left=left, right=right):
            a, b = script_text(left), script_text(right)
            return None if a is None or b is None else f"{a}|{b}"
        case _:
            return None


FENCES = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": "\\{", "}": "\\}", "|": "|", "‖": "\\|", "⟨": "\\langle ",
    "⟩": "\\rangle ", "⌊": "\\lfloor ", "⌋": "\\rfloor ", "⌈": "\\lceil ", "⌉": "\\rceil ",
}  # fmt: skip
OPERATORS = frozenset(
    "to times cdot circ cap cup setminus otimes oplus wedge vee ast star odot bullet".split()
)
RELATIONS = {
    "=": "=", "<": "<", ">": ">", "<=": "\\le ", ">=": "\\ge ", "!=": "\\ne ", ":=": ":=", "in": "\\in ",
    "to": "\\to ", "sim": "\\sim ", "mapsto": "\\mapsto ",
}  # fmt: skip


def symbol_name(node: Any) -> str | None:
    """The name that a node would have as one symbol, scripts and primes included; None for anything else.

    Whether a subscript is part of the name or an index is not decided here.
    """
    match node:
        case s.Name():
            return spell(node)
        case s.Accent(kind=kind, body=body, note=None) if kind in _NAME_ACCENTS and kind not in (
            "overline",
            "bar",
        ):
            inner = symbol_name(body)
            letters = isinstance(body, s.Juxtaposition) and all(isinstance(f, s.Name) for f in body.factors)
            if inner is None and (kind.startswith("over") or kind == "vec") and letters:
                inner = script_text(body)
            return None if inner is None else f"\\{_NAME_ACCENTS[kind]}{{{inner}}}"
        case s.Scripts(base=base, sub=sub, sup=sup, primes=primes):
            name = symbol_name(base)
            if name is None:
                return None
            return with_scripts(name, sub, sup, primes)
        case s.Text(text=text, parts=()) if _WORD.fullmatch(text.strip()):
            return text.strip()
        case _:
            return None


def applied_name(node: Any) -> str | None:
    """`A` of `A(t)`, a value of a function at letters; None for anything else."""
    match node:
        case s.Juxtaposition(factors=(head, s.Fence(open="(", body=body))) if body is not None:
            items = body.items if isinstance(body, s.Sequence) else (body,)
            return symbol_name(head) if all(symbol_name(i) is not None for i in items) else None
        case _:
            return None


_NAME_ACCENTS = {
    "hat": "hat",
    "widehat": "hat",
    "tilde": "tilde",
    "widetilde": "tilde",
    "bar": "bar",
    "overline": "bar",
    "vec": "vec",
    "dot": "dot",
    "ddot": "ddot",
    "check": "check",
    "breve": "breve",
    "acute": "acute",
    "grave": "grave",
    "mathring": "mathring",
    "overrightarrow": "overrightarrow",
    "underline": "underline",
}


def with_scripts(name: str, sub: Any = None, sup: Any = None, primes: int = 0) -> str | None:
    """`name_{sub}''^{sup}`; None where a script cannot be part of a name."""
    if sub is not None:
        text = script_text(sub)
        if text is None:
            return None
        name += f"_{{{text}}}"
    name += "'" * primes
    if sup is not None:
        text = script_text(sup)
        if text is None:
            return None
        name += f"^{{{text}}}"
    return name


_UPRIGHT = regex(r"\\(?:text|mathrm|textrm|operatorname\*?|mbox|label|tag)\s*\{[^{}]*[^{}\s]{2}[^{}]*\}")
_LETTER = regex(r"\\[A-Za-z]+|[A-Za-z]")


def letters_of(latex: str) -> set[str]:
    """The letters of a formula before it is read, commands among them: what stands in a word is none."""
    return set(_LETTER.findall(_UPRIGHT.sub(" ", latex)))


def letter_of(name: str) -> str:
    """The letter of a symbol without its scripts, its accents and its font: `X` of `\\bar{X}_{1}`."""
    found = _LETTER.findall(re.split(r"[_^]", name)[0])
    return found[-1] if found else name
