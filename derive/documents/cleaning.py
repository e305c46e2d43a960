"""From the text between delimiters to the formula that its author meant.

What a page's machinery adds or takes away is undone here, with the offsets kept: Markdown's own
escapes, entities, invisible characters, the document's macro declarations.
"""

from __future__ import annotations

import html
import re

from derive.documents.macros import declarations
from derive.documents.mapped import Mapped, join
from derive.expressions import regex
from derive.model import Formula, Macro

_INVISIBLE = regex("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_LIQUID = regex(r"\{%-?\s*(?:raw|endraw)\s*-?%\}")
_ENTITY = regex(r"&(?:lt|gt|amp|quot|nbsp|#\d+|#x[0-9A-Fa-f]+);")
_LABEL = regex(r"\\label\s*\{([^{}]*)\}")
_TEXT = regex(
    r"\\(?:text|textrm|textbf|textit|mbox|texttt|mathrm|mathtt|operatorname|mathit|verb)\*?\s*\{[^{}]*\}"
)
# an underscore that Markdown was kept from reading, but not the one of a_long\_name
_UNDERSCORE = regex(r"\\(_)(?=\{|\\|[A-Za-z0-9](?![A-Za-z])|\()")
_STAR = regex(r"\\(\*)")
_FOURFOLD = regex(r"(?<!\\)\\\\(\\\\)(?!\\)")


def entities(part: Mapped) -> Mapped:
    """`&lt;` and its like as the characters that they stand for."""
    pieces: list[Mapped] = []
    at = 0
    for m in _ENTITY.finditer(part.text):
        character = html.unescape(m.group()).replace("\xa0", " ")
        if len(character) != 1:
            continue
        pieces.append(part[at : m.start()])
        pieces.append(Mapped(character, (part.starts[m.start()],), (part.ends[m.end() - 1],)))
        at = m.end()
    return part if not pieces else join([*pieces, part[at:]])


def _outside_text(part: Mapped, pattern: re.Pattern[str]) -> Mapped:
    """Replace matches by their group 1, except inside text commands."""
    kept = [m.span() for m in _TEXT.finditer(part.text)]
    cuts = [
        (m.start(), m.start(1))
        for m in pattern.finditer(part.text)
        if not any(a <= m.start() < b for a, b in kept)
    ]
    return part.without(cuts) if cuts else part


def from_markdown(part: Mapped, escaped: bool = False) -> Mapped:
    text = part.text
    if escaped:
        fourfold = "\\\\\\\\" in text
        pattern = re.compile(r"\\(\\)") if fourfold else re.compile(r"\\(\\)(?=[{}_*,;:!|#%&])")
        part = part.without([(m.start(), m.start() + 1) for m in pattern.finditer(text)])
    elif "\\\\\\\\" in text:
        part = part.without([(m.start(), m.start(1)) for m in _FOURFOLD.finditer(part.text)])
    if "\\_" in part.text:
        part = _outside_text(part, _UNDERSCORE)
    if "\\*" in part.text:
        part = _outside_text(part, _STAR)
    return entities(part) if "&" in part.text else part


def formula(part: Mapped, display: bool, macros: list[Macro]) -> Formula | None:
    """The formula of some LaTeX; its declarations go to `macros`. None when nothing else is left."""
    cuts = [m.span() for m in _INVISIBLE.finditer(part.text)]
    cuts += [m.span() for m in _LIQUID.finditer(part.text)]
    for macro, start, end in declarations(part.text):
        cuts.append((start, end))
        if macro is not None:
            macros.append(macro)
    part = (part.without(cuts) if cuts else part).stripped()
    if not part.text.strip("~"):
        return None
    label = _LABEL.search(part.text)
    return part.formula(display, label.group(1) if label else None)
