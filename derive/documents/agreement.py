r"""When two declarations of one macro mean the same: they differ in spelling or in typography alone.

`\mathbb{E}`, `\mathbf{E}`, `\operatorname{E}\,` and `{\rm E}` print one name in several alphabets. An author
who declares one command so in one file and so in another means one thing by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.documents.macros import braced
from derive.expressions import regex
from derive.model import Macro

_IDLE = regex(
    r"\\(?:ensuremath|xspace|limits|nolimits|displaystyle|textstyle|mathord|mathbin|mathrel|mathop|relax|thinspace"
    r"|negthinspace|null|nobreak)(?![A-Za-z])|\\[,;:!> ]|~"
)
#: commands that set their argument upright, bold or in blackboard type, no more. A calligraphic letter
#: is another letter: \mathcal{N} is a distribution, \mathbb{N} a set
_ALPHABET = regex(
    r"\\(?:math(?:bb|ds|bbm|bf|rm|sf|it|tt|up)|Bbb|bm|pmb|boldsymbol|bold|sym(?:bf|bb|up|it)"
    r"|text(?:rm|bf|it|sf|tt|up|normal)?|mbox|operatorname\*?|operatornamewithlimits)(?![A-Za-z])"
)
_SWITCH = regex(r"\{\s*\\(?:rm|bf|it|sf|tt|bfseries|boldmath)(?![A-Za-z])")
_FONT, _FONT_WITHIN = r"\\A ", r"\\A {"
#: where alphabets differ, the one that says most of what is meant
_TELLING = (r"\mathbb", r"\operatorname", r"\mathbf", r"\boldsymbol", r"\mathcal", r"\mathrm")


def meaning(macro: Macro) -> tuple[str, int, str | None]:
    """A macro up to what its spelling leaves open: gaps, alphabets, braces around all or a sign."""
    body = _ALPHABET.sub(_FONT, _SWITCH.sub(_FONT_WITHIN, _IDLE.sub(" ", macro.body)))
    body = re.sub(r"(?:\\A[\s{]*)+(?=\\A)", "", body)  # `\operatorname{\rm tr}`
    body = re.sub(r"(\\[A-Za-z]+)\s+(?=[A-Za-z])|\s+", r"\1 ", body).replace("  ", " ")
    before = None
    while body != before:  # braces around one sign, one word or the argument
        before = body
        body = re.sub(r"(?<!\\)\{\s*(\\[A-Za-z]+|[A-Za-z]+|#\d|[^\\{}])\s*\}", r" \1 ", body).strip()
        while body[:1] == "{" and braced(body, 0) == len(body):
            body = body[1:-1].strip()
    body = re.sub(r"\s+", " ", body)
    return re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", body), macro.arity, macro.default


def plainest(macros: Sequence[Macro]) -> Macro:
    """Of declarations that agree, the one whose alphabet tells most; of several such the first."""

    def rank(macro: Macro) -> int:
        operator = (r"\operatorname",) if macro.operator else ()
        return next(
            (k for k, sign in enumerate(_TELLING) if sign in macro.body or sign in operator), len(_TELLING)
        )

    return min(macros, key=rank)
