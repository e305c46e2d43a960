"""Words as a person reads them: Markdown, HTML and LaTeX markup taken off."""

from __future__ import annotations

import html
import re

_MARKDOWN = (
    (re.compile(r"<!--.*?(-->|$)", re.DOTALL), " "),
    (re.compile(r"\{%.{0,300}?%\}|\{\{.{0,300}?\}\}", re.DOTALL), " "),
    (re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,500}\)(\{[^}]{0,200}\})?"), r" "),
    (re.compile(r"\[([^\[\]]{0,300})\]\([^)\s]{0,500}(?:\s+\"[^\"]{0,300}\")?\)"), r"\1"),
    (re.compile(r"\[([^\[\]^]{1,300})\]\[[^\]]{0,100}\]"), r"\1"),
    (re.compile(r"\[\^[^\]]{1,100}\]:?"), " "),
    (re.compile(r"\{[:#.][^}]{0,300}\}"), " "),
    (re.compile(r"</?[A-Za-z][^<>]{0,2000}>"), " "),
    (re.compile(r"\{(?:eq|numref|math:numref|cite(?::\w{1,9})?)\}`[^`]{0,300}`"), " "),
    (re.compile(r"\{[a-z][\w:-]{0,30}\}(?=`)"), ""),
    (re.compile(r"`+"), ""),
    (re.compile(r"(?<!\\)(?:\*\*\*|\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w))"), ""),
    (re.compile(r"(?<![\\\w*])\*(?=\w)|(?<=[\w.,:;!?)])\*(?![\w*])"), ""),
    (re.compile(r"(?<![\\\w])_(?=\w)|(?<=[\w.,:;!?])_(?!\w)"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_LATEX = (
    (re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*"), ""),
    (
        re.compile(
            r"\\(?:label|cite[a-z]*|ref|eqref|cref|Cref|autoref|pageref|vspace|hspace|index|bibliography|input|include|"
            r"includegraphics|usepackage|documentclass|pagestyle|thispagestyle|setcounter|addtocounter|url|begin|end|"
            r"newtheorem|theoremstyle|hypersetup|setlength|footnotemark|caption)\*?\s*(?:\[[^\]]*\])*\s*(?:\{[^{}]*\})+"
        ),
        " ",
    ),
    (re.compile(r"\\(?:href)\s*\{[^{}]*\}"), ""),
    (re.compile(r"\\(?:ldots|dots)\b"), "…"),
    (re.compile(r"\\\\(?:\[[^\]]*\])?"), " "),
    (re.compile(r"\\([%&#_${}])"), r"\1"),
    (re.compile(r"\\[A-Za-z]+\*?\s*(?:\[[^\]]*\])?"), " "),
    (re.compile(r"\\."), " "),
    (re.compile(r"[{}]"), ""),
    (re.compile(r"~"), " "),
    (re.compile(r"``|''"), '"'),
    (re.compile(r"---?"), "–"),
)
_SPACE = re.compile(r"\s+")


def from_markdown(text: str) -> str:
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return _SPACE.sub(" ", html.unescape(text))


def from_latex(text: str) -> str:
    for pattern, replacement in _LATEX:
        text = pattern.sub(replacement, text)
    return _SPACE.sub(" ", text)
