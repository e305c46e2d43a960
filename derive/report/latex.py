"""The errata report: a LaTeX document that lists each error with what is wrong and what is right.

Text from the document is never LaTeX of its own here. It is printed through `escaped`, which leaves no
backslash, brace, caret or other special character standing. A formula is typeset besides only where
`typeset` knows every command in it as one that can do nothing but draw.
"""

from __future__ import annotations

import unicodedata

from derive.model import Counterexample, Diagnostic, FileReport, Report, Severity, Status
from derive.report import summary
from derive.report.evidence import plainly
from derive.report.findings import findings
from derive.report.formulas import forms
from derive.report.places import Places
from derive.report.typeset import typeset
from derive.report.words import one_line, plural

_LISTED = 600
"""Characters shown of a formula that was left open."""

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
_LATIN = {
    "Æ": r"\AE{}",
    "æ": r"\ae{}",
    "Ø": r"\O{}",
    "ø": r"\o{}",
    "ß": r"\ss{}",
    "Œ": r"\OE{}",
    "œ": r"\oe{}",
}
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030a": "r", "\u0327": "c",
    "\u030c": "v", "\u0304": "=",
}  # fmt: skip
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
    """Text as LaTeX that prints it and does nothing else: in ASCII, so that it passes through any stream."""
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
    if " " <= c <= "~":
        return c
    if c in _LATIN:
        return _LATIN[c]
    parts = unicodedata.normalize("NFD", c)
    if len(parts) == 2 and parts[0].isascii() and parts[0].isalpha() and parts[1] in _ACCENTS:
        return rf"\{_ACCENTS[parts[1]]}{{{parts[0]}}}"
    if c in _QUOTES:
        return _QUOTES[c]
    if c in _GREEK:
        return r"\ensuremath{-}" if _GREEK[c] == "-" else rf"\ensuremath{{\{_GREEK[c]}}}"
    return f"[U+{ord(c):04X}]"


def _mathematics(latex: str, file: FileReport) -> str:
    """A formula for reading: typeset where that is safe, its source otherwise."""
    drawn = _drawn(latex, file)
    return rf"\texttt{{{code(latex)}}}" if drawn is None else rf"$\displaystyle {drawn}$"


def _words(text: str, file: FileReport) -> str:
    """A sentence of ours; what it quotes between dollars is shown as mathematics where that is safe."""
    pieces = text.split("$")
    if len(pieces) % 2 == 0:
        return escaped(text)
    return "".join(
        escaped(piece) if k % 2 == 0 else _inline(piece, file) if piece else escaped("$$")
        for k, piece in enumerate(pieces)
    )


def _inline(latex: str, file: FileReport) -> str:
    drawn = _drawn(latex, file)
    return rf"\texttt{{{code(latex)}}}" if drawn is None else f"${drawn}$"


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
    open_parts = [(file, _left_open(file)) for file in report.files]
    if any(part for _, part in open_parts):
        out.append(r"\section*{Not checked}")
        for file, part in open_parts:
            out += [rf"\subsection*{{\texttt{{{code(file.source.path)}}}}}", *part] if part else []
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
        *_shown(forms.printed(d, file), file),
        rf"\textbf{{What is wrong.}} {_words(d.message, file)}\par",
    ]
    for label in d.labels:
        at = places.place(label.span.start)
        rows.append(rf"Line {at.line}, column {at.column}{at.in_cell}: {_words(label.text, file)}\par")
    if d.counterexample is not None:
        rows.append(rf"\textbf{{Counterexample.}} {_counterexample(d.counterexample, file)}\par")
    mended = forms.mended(d, file)
    if d.fix is not None and mended is not None:
        rows += [
            rf"\textbf{{Correct form.}} {_words(d.fix.description, file)}\par",
            *_shown(mended, file),
        ]
    if d.derivation:
        rows += [
            r"\textbf{Derivation.}",
            r"\begin{enumerate}",
            *(rf"\item {_mathematics(step, file)}" for step in d.derivation),
            r"\end{enumerate}",
        ]
    rows += [rf"\emph{{Note.}} {_words(note, file)}\par" for note in d.notes]
    return rows


def _left_open(file: FileReport) -> list[str]:
    """What was not decided or not read, each with its reason: an errata list is no proof of the rest."""
    places = Places.of(file.source.text, file.format)
    out: list[str] = []
    for title, status in (("Undecided", Status.UNDECIDED), ("Not read", Status.UNREAD)):
        entries = [e for e in file.decided if e.verdict.status is status]
        if not entries:
            continue
        out += [rf"\paragraph*{{{title}: {len(entries)}}}", r"\begin{itemize}"]
        for entry in entries:
            at = places.place(entry.span.start)
            reason = escaped(one_line(plainly(entry.verdict.reason)))
            latex = _mathematics(
                entry.latex if len(entry.latex) <= _LISTED else f"{entry.latex[:_LISTED]} …", file
            )
            out.append(rf"\item Line {at.line}{at.in_cell}: {latex}\par {reason}.")
        out.append(r"\end{itemize}")
    return out


def _shown(latex: str, file: FileReport) -> list[str]:
    """A formula as a display where that is safe, and as source."""
    drawn = _drawn(latex, file)
    return [*([rf"\[{drawn}\]"] if drawn is not None else []), *_source(latex)]


def _drawn(latex: str, file: FileReport) -> str | None:
    """With macros expanded and letters beyond ASCII as commands; None where that is not safe."""
    ascii = "".join(rf"\{_GREEK[c]} " if _GREEK.get(c, "").isalpha() else c for c in forms.shown(latex, file))
    return typeset(ascii)


def _source(latex: str) -> list[str]:
    shown = latex if len(latex) <= 3000 else latex[:3000] + " …"
    return [r"\begin{source}", code(" ".join(shown.split())) or "(nothing)", r"\end{source}"]


def _counterexample(found: Counterexample, file: FileReport) -> str:
    point = ", ".join(
        f"{_mathematics(name, file)} = \\texttt{{{code(value)}}}" for name, value in found.point
    )
    left, right = code(found.left), code(found.right)
    sides = rf"the left side is \texttt{{{left}}}, the right side \texttt{{{right}}}."
    return f"At {point} {sides}" if point else sides[0].upper() + sides[1:]
