"""Documents that are hostile by what stands in them."""

from collections.abc import Iterator

from cases import Case, document

OPENERS = {
    "brace": ("{", "}"), "round": ("(", ")"), "square": ("[", "]"), "left": (r"\left(", r"\right)"),
    "fraction": (r"\frac{1}{", "}"), "root": (r"\sqrt{", "}"), "power": ("x^{", "}"), "index": ("x_{", "}"),
    "text": (r"\text{", "}"), "roman": (r"\mathrm{", "}"), "brace-under": (r"\underbrace{", "}"),
    "hat": (r"\hat{", "}"), "bar": ("|", "|"), "set": (r"\{", r"\}"), "call": ("f(", ")"),
    "minus": ("-", ""), "plus": ("1+(", ")"), "prime": ("x'", ""), "partial": (r"\partial ", ""),
    "sum": (r"\sum_{i=1}^{", "}"), "integral": (r"\int_0^{", "} x dx"), "not": (r"\neg ", ""),
    "matrix": (r"\begin{matrix}", r"\end{matrix}"), "cases": (r"\begin{cases}", r"\end{cases}"),
    "aligned": (r"\begin{aligned}", r"\end{aligned}"), "sine": (r"\sin ", ""), "dollar-text": (r"\text{$", "$}"),
}  # fmt: skip


def nested() -> Iterator[Case]:
    """Formulas of deep nesting, closed and not."""
    for n, (name, (opening, closing)) in enumerate(OPENERS.items()):
        for depth in (150, 20_000):
            inside = opening * depth + "x" + closing * depth
            yield document(
                f"{name}-{depth}", "a.md", f"For all $x$:\n\n$${inside} = 1$$\n", depth > 150 and n % 3 == 0
            )
            yield document(
                f"{name}-{depth}-open", "a.tex", f"For all $x$: $${opening * depth}x = 1$$\n", n % 9 == 0
            )


CHARACTERS = "$ ` ~ * _ > - # [ | \\ < & : ! { ( = % @ ' \" . , ^".split(" ")


def runs() -> Iterator[Case]:
    """Lines of 100,000 equal characters."""
    for n, character in enumerate([*CHARACTERS, "\t", "\u202e", "\u0301", "$$ ", "`` ", "\\(", "$x$ "]):
        for m, suffix in enumerate(("md", "tex", "rst", "html", "adoc", "org", "py")):
            if (n + m) % 2 == 0 or suffix == "md":
                text = (character * 100_000)[:100_000] + "\n\n$1 + 1 = 3$\n"
                if suffix == "py":
                    text = f'"""{text}"""\n'
                yield document(f"{suffix}-{n}", f"a.{suffix}", text, n % 6 == m % 6)


def containers() -> Iterator[Case]:
    """Lists, quotes, blocks and elements inside of one another."""
    end = "$1 + 1 = 3$\n"
    many = {
        "quotes.md": "> " * 5000 + end, "items.md": "- " * 5000 + end, "numbers.md": "1. " * 5000 + end,
        "indented.md": "".join(" " * (2 * k) + "- a\n" for k in range(1000)) + end,
        "divs.md": "".join(f"{':' * (3 + k % 50)} {{.x}}\n" for k in range(5000)) + end,
        "brackets.md": "[" * 20_000 + end, "links.md": "[a](" * 20_000 + end, "images.md": "![" * 20_000 + end,
        "stars.md": "*a **b " * 20_000 + end, "html.md": "<div>" * 20_000 + end, "comments.md": "<!--" * 20_000 + end,
        "elements.html": "<div>" * 20_000 + "\\(1+1=3\\)", "spans.html": "<span title='" * 20_000 + end,
        "scripts.html": "<script>" * 5000 + end, "lists.tex": "\\begin{itemize}\\item " * 5000 + end,
        "proofs.tex": "\\begin{proof}" * 5000 + end, "verb.tex": "\\verb|" * 5000 + end,
        "sections.tex": "\\section{" * 5000 + end, "footnotes.tex": "\\footnote{" * 5000 + end,
        "blocks.rst": "".join(" " * (2 * k) + "- a\n\n" for k in range(1000)) + end,
        "directives.rst": "".join(" " * (3 * k) + ".. note::\n\n" for k in range(300)) + end,
        "roles.rst": ":math:`" * 20_000 + end, "table.rst": "=== " * 20_000 + "\n" + end,
        "blocks.adoc": "====\n" * 20_000 + end, "drawers.org": ":x:\n" * 20_000 + end,
        "elements.xml": "<pretext>" + "<m>" * 20_000 + "1</m>", "entities.xml": "<pretext><m>" + "&lt;" * 20_000 + "</m></pretext>",
        "brackets.py": "x = " + "(" * 5000 + ")" * 5000 + '\n"""$1+1=3$"""\n', "strings.py": '"""$1$""" + ' * 3000 + '""\n',
    }  # fmt: skip
    for n, (file, text) in enumerate(many.items()):
        yield document(file.replace(".", "-"), file, text, n % 2 == 0)
    laughs = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 12))
    yield document(
        "laughs",
        "a.xml",
        f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY l0 "x">{laughs}]><pretext><m>&l11;</m></pretext>',
    )
    outside = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY s SYSTEM "file:///etc/passwd">]><pretext><m>&s;</m></pretext>'
    yield document("entity", "a.ptx", outside)


def macros() -> Iterator[Case]:
    """Macros that grow, alone and used many times."""
    chain = "".join(
        f"\\newcommand{{\\m{chr(97 + k)}}}{{\\m{chr(96 + k)}\\m{chr(96 + k)}}}" for k in range(1, 25)
    )
    bombs = {
        "doubling": ("\\newcommand{\\ma}{x}" + chain, "\\my"),
        "itself": ("\\newcommand{\\ma}{\\ma\\ma}", "\\ma"),
        "each-other": ("\\newcommand{\\ma}{\\mb x}\\newcommand{\\mb}{\\ma x}", "\\ma"),
        "argument": ("\\newcommand{\\ma}[1]{#1#1}", "\\ma{" * 40 + "x" + "}" * 40),
        "long": ("\\newcommand{\\ma}{" + "x+" * 20_000 + "x}", "\\ma+\\ma"),
        "nine": ("\\newcommand{\\ma}[9]{#1#2#3#4#5#6#7#8#9" + "#9" * 999 + "}", "\\ma" + "{\\ma" * 8),
        "optional": ("\\newcommand{\\ma}[1][\\ma]{#1}", "\\ma"),
        "def": ("\\def\\ma#1{\\ma{#1#1}}", "\\ma{x}"),
    }
    for name, (declared, used) in bombs.items():
        for times in (1, 500):
            text = f"${declared}$\n\n" + f"For all $x$: $${used} = 1$$\n\n" * times
            yield document(f"{name}-{times}", "a.md", text, times > 1)
        yield document(
            f"{name}-tex", "a.tex", f"{declared}\n\\begin{{document}}$${used} = 1$$\\end{{document}}\n", False
        )


NUMBERS = [
    "9^{9^{9^9}}", "9^{9^9}", "9!!!!!", "(((9!)!)!)!", "10^{10^{10}}", r"\binom{10^9}{10^8}", r"\sum_{i=1}^{10^{12}} i^i",
    r"\prod_{k=1}^{10^9} k", "7" * 100_000, "0." + "0" * 100_000 + "1", r"\frac{1}{9^{9^9}}", "2^{-9^{9^9}}",
    r"\Gamma(10^{30})", r"\zeta(10^{100})", r"\sqrt[10^9]{2^{10^9}}", "x^{10^9}", "(x+1)^{10^6}", "((x+1)^{999})^{999}",
    r"\pi^{\pi^{\pi^\pi}}", "F_{10^9}", "B_{10^6}", r"\frac{d^{10^6}}{dx^{10^6}} x^{10^6}", r"\exp(\exp(\exp(\exp(9))))",
    r"\log(\log(\log(10^{10^{10}})))", r"\lim_{n \to \infty} 9^{9^n}", r"\int_0^{10^{100}} e^{x^{99}} dx", r"10^{-10^{10}}",
    r"\sin(10^{10^{10}})", "1e999999999", r"\frac{1}{0}", "0^{0^0}", r"\sum_{i=1}^{\infty} 9^{9^i}", r"2 \bmod 0",
    r"\gcd(9^{9^9}, 3^{3^3})", r"\prod_{n=1}^{99} \prod_{m=1}^{99} \prod_{k=1}^{99} (n+m+k)", "x_{10^{10}}", "x'" + "'" * 5000,
    "+".join(f"x^{{{k}}}" for k in range(3000)), " ".join(f"(x+{k})" for k in range(300)), r"\sqrt{" * 60 + "2" + "}" * 60,
    r"1+\cfrac{1}{" * 120 + "2" + "}" * 120, r"\det\begin{pmatrix}" + r"\\".join("&".join(f"{i * j + i}" for j in range(30)) for i in range(30)) + r"\end{pmatrix}",
    r"A^{10^9}", r"\sum_{a=1}^{99}\sum_{b=1}^{99}\sum_{c=1}^{99}\sum_{d=1}^{99} abcd", r"\lfloor 9^{9^9} / 7 \rfloor", r"\binom{x}{10^6}",
]  # fmt: skip


def numbers() -> Iterator[Case]:
    """Values that no machine holds."""
    for n, value in enumerate(NUMBERS):
        yield document(f"{n}", "a.md", f"For all $x > 0$ we have\n\n$${value} = {value} + 1.$$\n", n % 3 == 0)


def long() -> Iterator[Case]:
    """Much of one thing."""
    yield document("line", "a.md", "a" * 50_000_000)
    yield document("words", "a.md", "word $x$ " * 5_500_000, False)
    yield document("formula", "a.md", "$" + "x+" * 25_000_000 + "1$", False)
    yield document("line-tex", "a.tex", "a" * 50_000_000, False)
    yield document(
        "notebook",
        "a.ipynb",
        '{"cells": [{"cell_type": "code", "source": ["' + "a" * 50_000_000 + '"]}]}',
        False,
    )
    yield document(
        "notebook-escapes",
        "a.ipynb",
        '{"cells": [{"cell_type": "code", "source": ["' + r"\n" * 20_000_000 + '"]}]}',
        False,
    )
    yield document("formulas", "a.md", "We have $x = x + 1$.\n\n" * 20_000, False)
    yield document("rows", "a.md", "$$\\begin{aligned}" + "x &= x + 1 \\\\\n" * 5000 + "\\end{aligned}$$\n")
    yield document("table", "a.md", "| a | b |\n|---|---|\n" + "| $x$ | $1 = 2$ |\n" * 3000, False)
    yield document("headings", "a.md", "# $x$\n" * 20_000, False)


BYTES = {
    "broken": b"For all $x$: \xff\xfe\xfd $1 = 2$\n", "latin": b"Caf\xe9 $1 + 1 = 3$\n", "nul": b"\0\0$1 = 2$\0\n",
    "nul-latin": b"\0\xe9$1 = 2$\n", "bom": b"\xef\xbb\xbf", "bom-text": b"\xef\xbb\xbf$1 + 1 = 3$\n",
    "utf16": "$1 + 1 = 3$\n".encode("utf-16"), "utf16-odd": "$1 + 1 = 3$\n".encode("utf-16") + b"x",
    "utf16-none": "$1 + 1 = 3$\n".encode("utf-16-le"), "utf16-surrogate": b"\xff\xfe\x00\xd8$\x00",
    "utf32": "$1 + 1 = 3$\n".encode("utf-32"), "surrogate": b"$\xed\xa0\x80 = 2$\n", "overlong": b"$\xc0\xaf = 2$\n",
    "returns": b"$1 + 1 = 3$\r\rWords\r", "separators": "$1 + 1\u2028= 3$\u2029\x85".encode(), "empty": b"", "blank": b" \n" * 9,
    "escape": b"\x1b[2J\x1b]0;x\x07 $1 + 1 = 3 \x1b[31m$\n", "private": "$\U0010ffff = \ue000$\n".encode(),
    "bidi": "$\u202e1 + 1 = 3\u202c$\n".encode(), "binary": bytes(range(256)) * 40,
}  # fmt: skip


def encodings() -> Iterator[Case]:
    """Bytes that are no text, or another's."""
    for n, (name, raw) in enumerate(BYTES.items()):
        for m, suffix in enumerate(("md", "tex", "rst", "ipynb", "html", "py", "xml", "org")):
            if (n + m) % 2 == 0:
                yield document(f"{name}-{suffix}", f"a.{suffix}", raw, (n + m) % 8 == 0)


def notebooks() -> Iterator[Case]:
    """What is no notebook."""
    texts = {
        "none": "", "words": "no JSON", "lists": "[" * 100_000, "lists-closed": "[" * 100_000 + "]" * 100_000,
        "objects": '{"cells":' * 20_000, "number": "9" * 100_000, "null": "null", "cells-number": '{"cells": 3}',
        "cells-null": '{"cells": [null, 1, [], {}]}', "source-number": '{"cells": [{"cell_type": "markdown", "source": 3}]}',
        "source-deep": '{"cells": [{"cell_type": "markdown", "source": ' + "[" * 5000 + "]" * 5000 + "}]}",
        "escapes": '{"cells": [{"cell_type": "markdown", "source": ["$\\ud800 = \\udfff$", "$1 + 1 = 3$\\u0000"]}]}',
        "twice": '{"cells": [], "cells": [{"cell_type": "markdown", "source": "$1+1=3$"}]}', "cut": '{"cells": [{"cell_type": "mark',
        "infinity": '{"cells": [Infinity, NaN, 1e999]}', "many": '{"cells": [' + '{"cell_type": "markdown", "source": "$1$"},' * 3000 + "{}]}",
    }  # fmt: skip
    for n, (name, text) in enumerate(texts.items()):
        yield document(name, "a.ipynb", text, n % 2 == 0)
