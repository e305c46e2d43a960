"""Which formulas may be typeset in a report: those of known commands that can only draw, well formed.

A small recursive-descent recogniser. It admits what pdflatex with amsmath is sure to accept: commands of
a whitelist with the arguments that they need, balanced groups and fences, no double scripts. None of the
commands reads, writes, defines or changes a category, so nothing that passes can do more than draw.
"""

from __future__ import annotations

import re

from derive.expressions import regex

_SYMBOLS = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "varpi",
        "rho",
        "varrho",
        "sigma",
        "varsigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "ell",
        "hbar",
        "Re",
        "Im",
        "aleph",
        "partial",
        "nabla",
        "infty",
        "emptyset",
        "top",
        "bot",
        "forall",
        "exists",
        "neg",
        "sum",
        "prod",
        "int",
        "iint",
        "iiint",
        "oint",
        "lim",
        "limsup",
        "liminf",
        "max",
        "min",
        "sup",
        "inf",
        "arg",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "arcsin",
        "arccos",
        "arctan",
        "log",
        "ln",
        "exp",
        "det",
        "dim",
        "ker",
        "deg",
        "gcd",
        "Pr",
        "langle",
        "rangle",
        "lfloor",
        "rfloor",
        "lceil",
        "rceil",
        "lvert",
        "rvert",
        "lVert",
        "rVert",
        "vert",
        "Vert",
        "mid",
        "cdot",
        "times",
        "odot",
        "otimes",
        "oplus",
        "circ",
        "ast",
        "star",
        "div",
        "pm",
        "mp",
        "cap",
        "cup",
        "setminus",
        "wedge",
        "vee",
        "bullet",
        "le",
        "leq",
        "ge",
        "geq",
        "ne",
        "neq",
        "ll",
        "gg",
        "approx",
        "equiv",
        "sim",
        "simeq",
        "cong",
        "propto",
        "in",
        "notin",
        "subset",
        "subseteq",
        "supset",
        "supseteq",
        "to",
        "mapsto",
        "rightarrow",
        "Rightarrow",
        "implies",
        "iff",
        "leftarrow",
        "Leftarrow",
        "leftrightarrow",
        "Leftrightarrow",
        "perp",
        "parallel",
        "quad",
        "qquad",
        "ldots",
        "cdots",
        "dots",
        "vdots",
        "ddots",
        "prime",
        "dagger",
        "colon",
        "bmod",
        "lbrace",
        "rbrace",
        "backslash",
        # of amsmath and amssymb, which the report loads, or of plain TeX
        "leqslant",
        "geqslant",
        "lesssim",
        "gtrsim",
        "triangleq",
        "doteq",
        "asymp",
        "varnothing",
        "subsetneq",
        "models",
        "vdash",
        "nmid",
        "longrightarrow",
        "longleftarrow",
        "longmapsto",
        "Longrightarrow",
        "Longleftrightarrow",
        "hookrightarrow",
        "uparrow",
        "downarrow",
        "coprod",
        "bigcup",
        "bigcap",
        "bigoplus",
        "bigotimes",
        "bigvee",
        "bigwedge",
        "ominus",
        "sqcup",
        "sqcap",
        "angle",
        "triangle",
        "square",
        "dotsc",
        "dotsb",
    ]
)
_ARGUMENTS = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "binom"), 2),
    **dict.fromkeys(
        [
            "sqrt",
            "hat",
            "bar",
            "tilde",
            "vec",
            "dot",
            "ddot",
            "overline",
            "underline",
            "underbrace",
            "overbrace",
            "widehat",
            "widetilde",
            "check",
            "breve",
            "acute",
            "grave",
            "mathbf",
            "boldsymbol",
            "bm",
            "mathcal",
            "mathbb",
            "mathrm",
            "mathsf",
            "mathit",
            "mathfrak",
            "operatorname",
            "pmod",
        ],
        1,
    ),
}
_WORDS = frozenset(("text", "textrm", "textbf", "textit"))
_SIZED = frozenset(
    ["big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr"]
)
_ENVIRONMENTS = frozenset(
    ["cases", "matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix", "Bmatrix", "aligned", "split"]
)
_DELIMITER = regex(r" *(?:[()\[\]|./]|\\[{}|]|\\(?:[lr](?:vert|Vert|angle|floor|ceil)|[vV]ert)(?![A-Za-z]))")
_COMMAND = regex(r"\\([A-Za-z]+)")
_BARE = regex(r"[A-Za-z0-9 +\-*/=<>()\[\]|.,;:!?]")
_PLAIN_WORDS = regex(r"\{[A-Za-z0-9 ,.;:()!?=+/'-]*\}")
_SPACES = regex(r"[ \t\r\n]*")
DEPTH, LENGTH = 40, 4000


class _Unsafe(Exception):
    pass


def typeset(latex: str) -> str | None:
    """The formula where it is sure to be harmless and to compile in display style, else None."""
    if len(latex) > LENGTH or not latex.strip() or not latex.isascii() or re.search(r"\n\s*\n", latex):
        return None
    try:
        end = _list(latex, 0, 0, cells=False)
    except _Unsafe:
        return None
    return latex if end == len(latex) else None


def _list(s: str, i: int, depth: int, cells: bool) -> int:
    """Atoms with scripts up to a closing brace, `\\right`, `\\end` or the end; the offset there."""
    if depth > DEPTH:
        raise _Unsafe
    sup = sub = False
    while i < len(s):
        i = _skip(s, i)
        if i == len(s) or s[i] == "}" or re.compile(r"\\(?:right|end)(?![A-Za-z])").match(s, i):
            break
        if s[i] in "^_":
            if (sup if s[i] == "^" else sub) or s.startswith("^^", i):
                raise _Unsafe
            sup, sub = sup or s[i] == "^", sub or s[i] == "_"
            i = _argument(s, i + 1, depth)
            continue
        if s[i] == "'":
            if sup:
                raise _Unsafe
            while i < len(s) and s[i] == "'":
                i += 1
            # TeX collects `'^2` into one superscript, but nothing after that
            sup = not s.startswith("^", i)
            continue
        if cells and (s[i] == "&" or s.startswith("\\\\", i)):
            i += 1 if s[i] == "&" else 2
        else:
            i = _atom(s, i, depth)
        sup = sub = False
    return i


def _skip(s: str, i: int) -> int:
    m = _SPACES.match(s, i)
    return m.end() if m else i


def _atom(s: str, i: int, depth: int) -> int:
    if s[i] == "{":
        end = _list(s, i + 1, depth + 1, cells=False)
        return _closed(s, end)
    if m := _COMMAND.match(s, i):
        return _command(s, m, depth)
    if s[i] == "\\":
        if s[i + 1 : i + 2] in tuple(",;:!> {}|"):
            return i + 2
        raise _Unsafe
    if _BARE.match(s, i):
        return i + 1
    raise _Unsafe


def _closed(s: str, i: int) -> int:
    if s[i : i + 1] != "}":
        raise _Unsafe
    return i + 1


def _argument(s: str, i: int, depth: int) -> int:
    """A group, or one symbol that needs no argument of its own."""
    i = _skip(s, i)
    if s[i : i + 1] == "{":
        return _closed(s, _list(s, i + 1, depth + 1, cells=False))
    m = _COMMAND.match(s, i)
    if m is not None and m.group(1) in _SYMBOLS:
        return m.end()
    if m is None and re.compile(r"[A-Za-z0-9*+\-]").match(s, i):
        return i + 1
    raise _Unsafe


def _command(s: str, m: re.Match[str], depth: int) -> int:
    name, i = m.group(1), m.end()
    if name in _SYMBOLS:
        return i
    if name in _ARGUMENTS:
        if name == "sqrt" and (option := re.compile(r" *\[[A-Za-z0-9]+\]").match(s, i)):
            i = option.end()
        for _ in range(_ARGUMENTS[name]):
            i = _argument(s, i, depth)
        return i
    if name in _WORDS:
        if words := _PLAIN_WORDS.match(s, _skip(s, i)):
            return words.end()
        raise _Unsafe
    if name in _SIZED:
        return _delimiter(s, i)
    if name == "left":
        i = _list(s, _delimiter(s, i), depth + 1, cells=False)
        if not s.startswith("\\right", i):
            raise _Unsafe
        return _delimiter(s, i + len("\\right"))
    if name == "begin" and (begin := re.compile(r"\{([A-Za-z]+)\}").match(s, i)):
        if begin.group(1) not in _ENVIRONMENTS:
            raise _Unsafe
        i = _list(s, begin.end(), depth + 1, cells=True)
        closer = f"\\end{{{begin.group(1)}}}"
        if s.startswith(closer, i):
            return i + len(closer)
    raise _Unsafe


def _delimiter(s: str, i: int) -> int:
    m = _DELIMITER.match(s, i)
    if m is None:
        raise _Unsafe
    return m.end()
