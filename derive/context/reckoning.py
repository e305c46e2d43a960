"""What a section says of the arithmetic it reckons in: modulo a number, with matrices that commute."""

from __future__ import annotations

from bisect import bisect_right

from derive.expressions import regex
from derive.model import Document, Formula

_NUMBER = r"\$?\{?(?P<n>\d+|[a-zA-Z])\}?"
_MODULO = regex(rf"\b(?:modulo|mod)\s+{_NUMBER}(?![\w'])")
_WITHIN = r"(?:\b(?:[Ii]n|[Oo]ver|[Ww]ork\w*|field|ring|group|integers)\b[^.$]{0,40})"
_RING = regex(
    rf"{_WITHIN}\$\s*\\(?:mathbb|mathbf|mathsf)\s*\{{?(?:Z|F)\}}?\s*(?:_\s*\{{?|/\s*)"
    r"(?P<n>\d+|[pqnm])\b(?!\s*[\\^,>])"
)
_GALOIS = regex(rf"{_WITHIN}\$?\s*(?:\\[a-z]+\s*\{{)?GF\}}?\s*\(\s*(?P<n>\d+|[pq])\b(?!\s*[\\,>])")
"""`\\mathrm{GF}(3^5)`, in which three times anything is nothing."""
_COMMUTE = regex(r"\bcommut(?:e|es|ing)\b")
_NOT = regex(r"\b(?:not|n't|never|need|unless|if|whether)\b[^.]{0,30}$")


def reckoning_in(document: Document) -> dict[int, dict[str, str]]:
    """By the number of a section, options for the scopes in it: `modulo` (the moduli that it names, with
    blanks between), `commuting`. Residue rings count where words say that one works in them."""
    headings = [block.span.start for block in document.blocks if block.kind == "heading"]
    found: dict[int, dict[str, str]] = {}
    for block in document.blocks:
        text = "".join(f"${p.latex}$" if isinstance(p, Formula) else p.text for p in block.parts)
        moduli = [m["n"] for pattern in (_MODULO, _RING, _GALOIS) for m in pattern.finditer(text)]
        commuting = any(not _NOT.search(text[: m.start()]) for m in _COMMUTE.finditer(text))
        here = found.setdefault(bisect_right(headings, block.span.start), {})
        if moduli:
            here["modulo"] = " ".join(dict.fromkeys((*here.get("modulo", "").split(), *moduli)))
        if commuting:
            here["commuting"] = "yes"
    return found
