r"""Commands of published packages that are short for other notation, each with what it stands for.

They mean one thing wherever they are written: a document that uses them has loaded the package, or is shown
by a system that knows it. Their arguments stand in braces; an option that only sets the size is dropped.
"""

from __future__ import annotations

from typing import NamedTuple

from derive.model import Macro


class Short(NamedTuple):
    """`example` is a formula that must be read as `same` is."""

    macro: Macro
    package: str
    example: str
    same: str


def _of(
    package: str, *rows: tuple[str, str, int, str, str] | tuple[str, str, int, str, str, str]
) -> list[Short]:
    return [
        Short(Macro(row[0], row[1], row[2], row[5] if len(row) == 6 else None), package, row[3], row[4])
        for row in rows
    ]


def _words() -> list[Short]:
    r"""The words between statements of physics: `\qif`, `\qand`, …"""
    names = "if then else otherwise unless given using assume since let for all even odd integer and or as in"
    return [
        Short(
            Macro(f"q{word}", f"\\quad\\text{{{word}}}\\quad "),
            "physics",
            f"a = b \\q{word} c = d",
            f"a = b \\quad\\text{{{word}}}\\quad c = d",
        )
        for word in names.split()
    ]


SHORT: tuple[Short, ...] = (
    *_of(
        "physics",
        ("vdot", r"\cdot", 0, r"a \vdot b", r"a \cdot b"),
        ("cross", r"\times", 0, r"a \cross b", r"a \times b"),
        ("cp", r"\times", 0, r"a \cp b", r"a \times b"),
        ("eval", r"\left. #1 \right|", 1, r"\eval{x^2}_0^1", r"\left. x^2 \right|_0^1"),
        ("anticommutator", r"\acomm{#1}{#2}", 2, r"\anticommutator{A}{B}", r"\acomm{A}{B}"),
        ("poissonbracket", r"\left\{#1, #2\right\}", 2, r"\poissonbracket{A}{B}", r"\left\{A, B\right\}"),
        ("pb", r"\left\{#1, #2\right\}", 2, r"\pb{A}{B}", r"\left\{A, B\right\}"),
        ("variation", r"\delta #1", 1, r"\variation{F} = 0", r"\delta F = 0"),
        ("fdv", r"\frac{\delta #1}{\delta #2}", 2, r"\fdv{F}{g}", r"\frac{\delta F}{\delta g}"),
        ("functionalderivative", r"\fdv{#1}{#2}", 2, r"\functionalderivative{F}{g}", r"\fdv{F}{g}"),
        ("Res", r"\operatorname{Res}", 0, r"\Res_{z=0} f(z)", r"\operatorname{Res}_{z=0} f(z)"),
        ("qq", r"\quad\text{#1}\quad ", 1, r"a = b \qq{and} c = d", r"a = b \quad\text{and}\quad c = d"),
        ("qc", r",\quad ", 0, r"a = b \qc c = d", r"a = b ,\quad c = d"),
        ("qcomma", r",\quad ", 0, r"a = b \qcomma c = d", r"a = b ,\quad c = d"),
        ("expectationvalue", r"\expval{#1}", 1, r"\expectationvalue{A}", r"\expval{A}"),
        ("outerproduct", r"\ket{#1}\bra{#2}", 2, r"\outerproduct{a}{b}", r"\ket{a}\bra{b}"),
        ("dyad", r"\ket{#1}\bra{#2}", 2, r"\dyad{a}{b}", r"\ket{a}\bra{b}"),
        ("ketbra", r"\ket{#1}\bra{#2}", 2, r"\ketbra{a}{b}", r"\ket{a}\bra{b}"),
    ),
    *(
        Short(
            Macro(f"{fence}mqty", f"\\begin{{{fence}matrix}}#1\\end{{{fence}matrix}}", 1),
            "physics",
            f"x = \\{fence}mqty{{a & b \\\\ c & d}}",
            f"x = \\begin{{{fence}matrix}}a & b \\\\ c & d\\end{{{fence}matrix}}",
        )
        for fence in ("", "p", "b", "v")
    ),
    *_words(),
    *_of(
        "mathtools, amsmath",
        ("splitfrac", r"\frac{#1}{#2}", 2, r"\splitfrac{a}{b}", r"\frac{a}{b}"),
        ("smashoperator", "#2", 2, r"\smashoperator[r]{\sum_{i=1}^n} x_i", r"\sum_{i=1}^n x_i", ""),
        ("cramped", "#2", 2, r"\cramped{x^2}", "x^2", ""),
        ("mathmbox", "#1", 1, r"\mathmbox{x}", "x"),
        ("adjustlimits", "", 0, r"\adjustlimits\sup_x \inf_y f(x, y)", r"\sup_x \inf_y f(x, y)"),
        ("MoveEqLeft", "", 0, r"\MoveEqLeft a = b", "a = b"),
        ("hdotsfor", r"\dots", 1, r"a + \hdotsfor{3} + b", r"a + \dots + b"),
        ("varinjlim", r"\injlim", 0, r"\varinjlim_i A_i", r"\injlim_i A_i"),
        ("varprojlim", r"\projlim", 0, r"\varprojlim_i A_i", r"\projlim_i A_i"),
        ("mspace", "", 1, r"a \mspace{3mu} + b", "a + b"),
        ("leftroot", "", 1, r"\sqrt[\leftroot{2} n]{x}", r"\sqrt[n]{x}"),
        ("uproot", "", 1, r"\sqrt[\uproot{2} n]{x}", r"\sqrt[n]{x}"),
        ("llap", "#1", 1, r"\llap{x} + 1", "x + 1"),
        ("Aboxed", "#1", 1, r"\Aboxed{x = 1}", "x = 1"),
        ("mathcolorbox", "#2", 2, r"\mathcolorbox{red}{x = 1}", "x = 1"),
        ("framebox", "#2", 2, r"\framebox[3cm]{x}", "x", ""),
        ("rlap", "#1", 1, r"\rlap{x} + 1", "x + 1"),
    ),
    *_of("cancel", ("cancelto", "#2", 2, r"\cancelto{0}{x}", "x")),
    *_of(
        "tcolorbox",
        ("tcboxmath", "#2", 2, r"\tcboxmath[colback=white]{x = 1}", "x = 1", ""),
        ("tcbhighmath", "#2", 2, r"\tcbhighmath{x = 1}", "x = 1", ""),
    ),
    *_of(
        "braket",
        ("Ket", r"\ket{#1}", 1, r"\Ket{a}", r"\ket{a}"),
        ("Bra", r"\bra{#1}", 1, r"\Bra{a}", r"\bra{a}"),
        ("Braket", r"\braket{#1}", 1, r"\Braket{a|b}", r"\braket{a|b}"),
        ("Set", r"\left\{#1\right\}", 1, r"\Set{x | x > 0}", r"\left\{x | x > 0\right\}"),
    ),
    *_of(
        "siunitx",
        ("SI", r"\num{#2}\,\si{#3}", 3, r"v = \SI{5}{\metre}", r"v = \num{5}\,\si{\metre}", ""),
        ("ang", r"#2^\circ", 2, r"\ang{45}", r"45^\circ", ""),
    ),
    *_of(
        "units",
        ("unit", r"#1\,\si{#2}", 2, r"m = \unit[2]{kg}", r"m = 2\,\si{kg}", ""),
        ("unitfrac", r"#1\,\si{#2/#3}", 3, r"k = \unitfrac[8]{N}{m}", r"k = 8\,\si{N/m}", ""),
    ),
)  # fmt: skip

MACROS: dict[str, Macro] = {short.macro.name: short.macro for short in SHORT}
