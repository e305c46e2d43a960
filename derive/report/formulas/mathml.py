"""A formula as MathML, from latex2mathml where it is installed, with nothing in it but what draws.

What the library gives is a tree; elements and attributes that can do more than draw (links, styles, classes)
are left out of it, and its text is escaped here. Without the library, or where it cannot read a formula, the
LaTeX is shown.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from derive.expressions import regex

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

LONGEST, DEEPEST = 4_000, 60
"""Characters, and groups within groups: the library recurses."""

_ELEMENTS = frozenset(
    "math mrow mi mo mn mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover "
    "mmultiscripts mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose".split()
)
_ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel stretchy fence form separator accent accentunder movablelimits largeop "
    "symmetric lspace rspace minsize maxsize width height depth linethickness columnalign rowspacing "
    "columnspacing columnlines rowlines notation".split()
)
_VALUE = regex(r"[A-Za-z0-9.,%+\- ]{0,60}")
_ALIGNED = regex(r"\\(begin|end)\s*\{(?:aligned|alignedat|split|gathered|align|gather|eqnarray)\*?\}")
_NAMES = regex(r"\\operatorname\*?\s*\{([^{}]*)\}")
_GAPS = regex(r"\\[,;:!> ]|~|\s")
_BM = regex(r"\\bm(?![A-Za-z])")
_PARTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mover": 2,
    "munderover": 3,
}
_CAPITAL, _SMALL, _GREEK, _GREEK_SMALL, _DIGIT = 0x1D468, 0x1D482, 0x1D71E, 0x1D736, 0x1D7CE
"""The blocks of bold (italic) letters: browsers draw these, and pass over `mathvariant`."""


@cache
def _converter() -> Callable[..., Element] | None:
    try:
        from latex2mathml.converter import convert_to_element
    except ImportError:
        return None
    found: Callable[..., Element] = convert_to_element
    return found


def installed() -> bool:
    """Whether formulas are drawn at all."""
    return _converter() is not None


def mathematics(latex: str, display: bool = False) -> str:
    """HTML of a formula: `<math>`, or `<code>` with the LaTeX."""
    drawn = _drawn(latex, display)
    return f'<code class="tex">{escaped(latex)}</code>' if drawn is None else drawn


def escaped(text: str) -> str:
    """Text for HTML, in elements and in quoted attributes; control characters are told as U+FFFD."""
    return html.escape(
        "".join(c if c.isprintable() or c in "\n\t\u00a0" else "\ufffd" for c in text), quote=True
    )


def _drawn(latex: str, display: bool) -> str | None:
    convert = _converter()
    if convert is None or not latex.strip() or len(latex) > LONGEST or not _balanced(latex):
        return None
    try:
        tree = convert(_prepared(latex), display="block" if display else "inline")
        return "".join(_clean(tree, 0))
    except Exception:
        # the border to another program: whatever it does not read is shown as LaTeX, which loses nothing
        return None


def _balanced(latex: str) -> bool:
    """Whether every group is closed, and none lies too deep."""
    depth = 0
    for m in re.finditer(r"\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(m.group(), 0)
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0 and latex.count("\\left") + latex.count("\\begin") <= DEEPEST


def _prepared(latex: str) -> str:
    """In the library's own spelling, where it knows only one of two."""
    latex = "".join(c if c.isprintable() else " " for c in latex)
    latex = _ALIGNED.sub(lambda m: f"\\{m[1]}{{align*}}", latex)
    latex = _NAMES.sub(_name, latex)
    return _BM.sub(r"\\boldsymbol", latex)


def _name(m: re.Match[str]) -> str:
    """`\\operatorname{arg\\,max}`: a name of words."""
    words = _GAPS.sub(" ", m[1])
    return f"\\operatorname{{{words}}}" if words.isalpha() else f"\\text{{{words}}}"


class _Unknown(Exception):
    """A command that the library has no sign for, or a part that is missing."""


def _clean(node: Any, depth: int) -> list[str]:
    """Raises `_Unknown`."""
    if depth > 4 * DEEPEST:
        raise _Unknown
    text = html.unescape(node.text or "")
    if node.tag == "mi" and (text == "&" or (text.startswith("\\") and len(text) > 1)):
        raise _Unknown
    if len(node) != _PARTS.get(node.tag, len(node)):
        raise _Unknown
    children = [part for child in node for part in _clean(child, depth + 1)]
    inner = [escaped(_bold(text, node.get("mathvariant", ""))), *children]
    if node.tag not in _ELEMENTS:
        return ["<mrow>", *inner, "</mrow>"]
    kept = {k: v for k, v in node.attrib.items() if k in _ATTRIBUTES and _VALUE.fullmatch(v)}
    if node.get("mathvariant") == "normal":  # the only value that browsers heed
        kept["mathvariant"] = "normal"
    attributes = "".join(f' {name}="{escaped(value)}"' for name, value in kept.items())
    return [f"<{node.tag}{attributes}>", *inner, f"</{node.tag}>"]


def _bold(text: str, variant: str) -> str:
    if "bold" not in variant:
        return text
    return "".join(map(_heavy, text))


def _heavy(c: str) -> str:
    if "A" <= c <= "Z":
        return chr(_CAPITAL + ord(c) - ord("A"))
    if "a" <= c <= "z":
        return chr(_SMALL + ord(c) - ord("a"))
    if "Α" <= c <= "Ω":
        return chr(_GREEK + ord(c) - ord("Α") - 2)
    if "α" <= c <= "ω":
        return chr(_GREEK_SMALL + ord(c) - ord("α"))
    return chr(_DIGIT + ord(c) - ord("0")) if c.isascii() and c.isdigit() else c
