"""Words as a person reads them: Markdown, HTML and LaTeX markup taken off."""

from __future__ import annotations

import html
import re

from derive.expressions import regex

_MARKDOWN = (
    (regex(r"<!--.*?(-->|$)", re.DOTALL), " "),
    (regex(r"\{%.{0,300}?%\}|\{\{.{0,300}?\}\}", re.DOTALL), " "),
    (regex(r"!\[[^\]]{0,300}\]\([^)]{0,500}\)(\{[^}]{0,200}\})?"), r" "),
    (regex(r"\[([^\[\]]{0,300})\]\([^)\s]{0,500}(?:\s+\"[^\"]{0,300}\")?\)"), r"\1"),
    (regex(r"\[([^\[\]^]{1,300})\]\[[^\]]{0,100}\]"), r"\1"),
    (regex(r"\[\^[^\]]{1,100}\]:?"), " "),
    (regex(r"\{[:#.][^}]{0,300}\}"), " "),
    (regex(r"</?[A-Za-z][^<>]{0,2000}>"), " "),
    (regex(r"\{(?:eq|numref|math:numref|cite(?::\w{1,9})?)\}`[^`]{0,300}`"), " "),
    (regex(r"\{[a-z][\w:-]{0,30}\}(?=`)"), ""),
    (regex(r"`+"), ""),
    (regex(r"(?<!\\)(?:\*\*\*|\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w))"), ""),
    (regex(r"(?<![\\\w*])\*(?=\w)|(?<=[\w.,:;!?)])\*(?![\w*])"), ""),
    (regex(r"(?<![\\\w])_(?=\w)|(?<=[\w.,:;!?])_(?!\w)"), ""),
    (regex(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_LATEX = (
    (regex(r"(?<!\\)%[^\n]*\n?[ \t]*"), ""),
    (
        regex(
            r"\\(?:label|cite[a-z]*|ref|eqref|cref|Cref|autoref|pageref|vspace|hspace|index|bibliography|input|include|"
            r"includegraphics|usepackage|documentclass|pagestyle|thispagestyle|setcounter|addtocounter|url|begin|end|"
            r"newtheorem|theoremstyle|hypersetup|setlength|footnotemark|caption)\*?\s*(?:\[[^\]]*\])*\s*(?:\{[^{}]*\})+"
        ),
        " ",
    ),
    (regex(r"\\(?:href)\s*\{[^{}]*\}"), ""),
    (regex(r"\\(?:ldots|dots)\b"), "…"),
    (regex(r"\\\\(?:\[[^\]]*\])?"), " "),
    (regex(r"\\([%&#_${}])"), r"\1"),
    (regex(r"\\[A-Za-z]+\*?\s*(?:\[[^\]]*\])?"), " "),
    (regex(r"\\."), " "),
    (regex(r"[{}]"), ""),
    (regex(r"~"), " "),
    (regex(r"``|''"), '"'),
    (regex(r"---?"), "–"),
)
_SPACE = regex(r"\s+")


def from_markdown(text: str) -> str:
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return _SPACE.sub(" ", html.unescape(text))


def from_latex(text: str) -> str:
    for pattern, replacement in _LATEX:
        text = pattern.sub(replacement, text)
    return _SPACE.sub(" ", text)
