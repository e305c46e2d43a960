"""The errata report: a LaTeX document that lists each error with what is wrong and what is right.

Text from the document is never LaTeX of its own here. It is printed through `escaped`, which leaves no
backslash, brace, caret or other special character standing. A formula is typeset besides only where
`typeset` knows every command in it as one that can do nothing but draw.
"""

from __future__ import annotations

import unicodedata

from derive.model import Counterexample, Diagnostic, FileReport, Fix, Report, Severity
from derive.report import summary
from derive.report.findings import findings
from derive.report.places import Places
from derive.report.typeset import typeset
from derive.report.words import plural

_PREAMBLE = r"""% written by derive
\documentclass[a4paper,11pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb,bm}
\usepackage[margin=25mm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\emergencystretch=3em
\newenvironment{source}{\begin{quote}\small\ttfamily\raggedright}{\end{quote}}
\begin{document}
"""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "\n": " ",
    "\t": " ",
}
_LATIN = set("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega", "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "∫": "int", "∞": "infty",
    "≤": "le", "≥": "ge", "≠": "neq", "≈": "approx", "→": "to", "∈": "in", "×": "times", "·": "cdot",
    "√": "surd", "±": "pm", "⊤": "top", "ŷ": "hat y", "−": "-", "⋅": "cdot", "…": "ldots", "‖": "Vert",
}  # fmt: skip
_QUOTES = {"“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "\u00a0": "~"}


def escaped(text: str) -> str:
    """Text as LaTeX that prints it and does nothing else, in any encoding pdflatex knows."""
    return "".join(_character(c) for c in unicodedata.normalize("NFC", text)).replace("--", "-{}-")


def code(text: str) -> str:
    """The same for formulas shown as source, which may be broken before commands and after operators."""
    out: list[str] = []
    for c in unicodedata.normalize("NFC", text):
        out.append(
            (r"\allowbreak{}" if c == "\\" else "")
            + _character(c)
            + (r"\allowbreak{}" if c in "=+,;/)" else "")
        )
    return "".join(out).replace("--", "-{}-").replace(r"\allowbreak{}\allowbreak{}", r"\allowbreak{}")


def _character(c: str) -> str:
    if c in _SPECIAL:
        return _SPECIAL[c]
    if " " <= c <= "~" or c in _LATIN:
        return c
    if c in _QUOTES:
        return _QUOTES[c]
    if c in _GREEK:
        return r"\ensuremath{-}" if _GREEK[c] == "-" else rf"\ensuremath{{\{_GREEK[c]}}}"
    return f"[U+{ord(c):04X}]"


def _mathematics(latex: str) -> str:
    """A formula for reading: typeset where that is safe, its source otherwise."""
    shown = typeset(latex)
    return rf"\texttt{{{code(latex)}}}" if shown is None else rf"$\displaystyle {shown}$"


def _words(text: str) -> str:
    """A sentence of ours; what it quotes between dollars is shown as mathematics where that is safe."""
    pieces = text.split("$")
    if len(pieces) % 2 == 0:
        return escaped(text)
    return "".join(
        escaped(piece) if k % 2 == 0 else _inline(piece) if piece else escaped("$$")
        for k, piece in enumerate(pieces)
    )


def _inline(latex: str) -> str:
    shown = typeset(latex)
    return rf"\texttt{{{code(latex)}}}" if shown is None else f"${shown}$"


def render(report: Report) -> str:
    out = [_PREAMBLE, r"\section*{Errata}"]
    n = summary.counts(report)
    out.append(
        f"{plural(n['errors'], 'error')} and {plural(n['warnings'], 'warning')} in "
        f"{plural(n['files'], 'file')} with {plural(n['formulas'], 'formula')}."
    )
    for file in report.files:
        shown = [d for d in findings(file) if d.severity is not Severity.INFO]
        if shown:
            places = Places.of(file.source.text, file.format)
            out.append(rf"\subsection*{{\texttt{{{code(file.source.path)}}}}}")
            for number, d in enumerate(shown, 1):
                out += _erratum(number, d, file, places)
    out.append(r"\subsection*{Coverage}")
    out += [escaped(line) + r"\par" for line in summary.lines(report)]
    notes = [f"{file.source.path}: {note}" for file in report.files for note in file.notes]
    out += [escaped(line) + r"\par" for line in (*notes, *report.notes, *report.problems)]
    out.append(r"\end{document}")
    return "\n".join(out) + "\n"


def _erratum(number: int, d: Diagnostic, file: FileReport, places: Places) -> list[str]:
    at = places.place(d.span.start)
    rows = [
        rf"\subsubsection*{{{number}. Line {at.line}, column {at.column}{at.in_cell}: "
        rf"{escaped(d.name)} ({escaped(d.code)}, {d.severity.value})}}",
        r"\textbf{As printed.}",
        *_shown(_printed(d, file)),
        rf"\textbf{{What is wrong.}} {_words(d.message)}\par",
    ]
    for label in d.labels:
        at = places.place(label.span.start)
        rows.append(rf"Line {at.line}, column {at.column}{at.in_cell}: {_words(label.text)}\par")
    if d.counterexample is not None:
        rows.append(rf"\textbf{{Counterexample.}} {_counterexample(d.counterexample)}\par")
    if d.fix is not None:
        rows += [
            rf"\textbf{{Correct form.}} {_words(d.fix.description)}\par",
            *_correct(d, d.fix, file),
        ]
    if d.derivation:
        rows += [
            r"\textbf{Derivation.}",
            r"\begin{enumerate}",
            *(rf"\item {_mathematics(step)}" for step in d.derivation),
            r"\end{enumerate}",
        ]
    rows += [rf"\emph{{Note.}} {_words(note)}\par" for note in d.notes]
    return rows


def _correct(d: Diagnostic, fix: Fix, file: FileReport) -> list[str]:
    """The mended claim, typeset where that is safe, and as source; the mend alone where it lies elsewhere."""
    latex = fix.latex
    if d.claim is not None and 0 <= d.claim < len(file.decided):
        whole = file.decided[d.claim].span
        if whole.start <= fix.span.start < fix.span.end <= whole.end:
            text = file.source.text
            latex = text[whole.start : fix.span.start] + fix.latex + text[fix.span.end : whole.end]
            claim = file.decided[d.claim].claim
            left = claim.left_span if claim is not None else None
            if left is not None and left.end <= whole.start:  # a later link of a chain
                latex = text[left.start : left.end] + " " + latex
    return _shown(latex)


def _shown(latex: str) -> list[str]:
    """A formula as a display where that is safe, and as source."""
    shown = typeset(latex.strip().rstrip(".,;"))
    return [*([rf"\[{shown}\]"] if shown is not None else []), *_source(latex)]


def _printed(d: Diagnostic, file: FileReport) -> str:
    """The claim that the finding is about, or the span's own text."""
    if d.claim is not None and 0 <= d.claim < len(file.decided):
        return file.decided[d.claim].latex
    return file.source.text[d.span.start : d.span.end]


def _source(latex: str) -> list[str]:
    shown = latex if len(latex) <= 3000 else latex[:3000] + " …"
    return [r"\begin{source}", code(" ".join(shown.split())) or "(nothing)", r"\end{source}"]


def _counterexample(found: Counterexample) -> str:
    point = ", ".join(f"{_mathematics(name)} = \\texttt{{{code(value)}}}" for name, value in found.point)
    left, right = code(found.left), code(found.right)
    sides = rf"the left side is \texttt{{{left}}}, the right side \texttt{{{right}}}."
    return f"At {point} {sides}" if point else sides[0].upper() + sides[1:]
