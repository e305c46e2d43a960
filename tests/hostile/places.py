"""Trees that are hostile by their files, their names, what they include and what configures them."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

from cases import Case, tree

BAD = "For all $x$ we have $x = x + 1$.\n"


def _fifo(name: str) -> Case:
    def write(folder: Path) -> None:
        os.mkfifo(folder / name)
        (folder / "a.md").write_text(BAD)

    return Case(f"fifo-{name.replace('.', '-')}", write)


def _socket(folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)  # a socket's path must be short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("a.md")
    finally:
        os.chdir(here)


def _deep(folder: Path) -> None:
    below = folder.joinpath(*"a" * 300)
    below.mkdir(parents=True)
    (below / "a.md").write_text(BAD)


NAMES = [
    "new\nline.md", "escape\x1b[31m.md", "bell\a.md", "return\r.md", "tab\t.md", "quote'\".md", "colon::1:2.md", "percent%0A.md",
    "-o.md", "--help.md", "space .md", "\u202egnp.md", "star*.md", "dollar$(touch PWNED).md", "tick`touch PWNED`.md",
    "angle<script>.md", "back\\slash.md", "]]>.md", "amp&;.md", "x" * 250 + ".md", "\x7f.md", "\x85.md", "\u2028.md", "{}.md", "%s%n.md",
]  # fmt: skip


def files() -> Iterator[Case]:
    """Links, devices and names."""
    for name in (
        "a.tex",
        "derive.toml",
        "pyproject.toml",
        "_quarto.yml",
        "macros.tex",
        "conf.py",
        "a.ipynb",
        "a.py",
        "macros.sty",
    ):
        yield _fifo(name)
        links = {name: "/dev/zero"}
        yield tree(f"zero-{name.replace('.', '-')}", {"b.md": BAD}, links)
    yield Case("socket", _socket)
    yield Case("deep", _deep)
    for target in (
        "/dev/random",
        "/dev/stdin",
        "/proc/self/mem",
        "/proc/kcore",
        "/etc/passwd",
        "/",
        "..",
        ".",
    ):
        yield tree(f"link-{target.strip('/').replace('/', '-') or 'root'}", {"b.md": BAD}, {"a.md": target})
    yield tree("loop", {"b.md": BAD}, {"a.md": "c.md", "c.md": "a.md", "self.md": "self.md"})
    yield tree("loop-folder", {"sub/b.md": BAD}, {"sub/up": "..", "sub/here": "."})
    yield tree("dangling", {"b.md": BAD}, {"a.md": "nowhere.md", "derive.toml": "nowhere"})
    yield tree("outside", {"b.md": BAD}, {"a.md": "../../outside/secret.md", "folder": "../../outside"})
    yield tree(
        "folder-named-so", {"a.md/b.md": BAD, "c.tex/d.tex": BAD, "derive.toml/x": "", "_quarto.yml/x": ""}
    )
    for n, name in enumerate(NAMES):
        yield tree(f"name-{n}", {name: BAD})

    def undecodable(folder: Path) -> None:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.md")).write_text(BAD)

    yield Case("name-undecodable", undecodable)


SECRETS = ["/etc/passwd", "../../outside/secret", "../../outside/secret.tex", "inside", "inside.tex"]


def includes() -> Iterator[Case]:
    """Documents that name files outside the tree, themselves, or too many; and what would run if anybody ran it."""
    link = {
        "inside.tex": "../../outside/secret.tex",
        "inside.rst": "../../outside/secret.rst",
        "inside.md": "../../outside/secret.md",
    }
    for n, secret in enumerate(SECRETS):
        for command in (
            "input",
            "include",
            "subfile",
            "usepackage",
            "bibliography",
            "verbatiminput",
            "documentclass",
        ):
            text = f"\\{command}{{{secret}}}\n\\begin{{document}}$\\secret = 2$\\end{{document}}\n"
            yield tree(f"{command}-{n}", {"a.tex": text}, link)
        yield tree(f"root-{n}", {"a.tex": f"% !TEX root = {secret}\n$\\secret = 2$\n"}, link)
        rst = f".. include:: {secret}\n\n.. literalinclude:: {secret}\n\n:math:`\\secret = 2`\n"
        yield tree(f"rst-{n}", {"a.rst": rst}, link)
        named = f'{{{{< include {secret} >}}}}\n\n--8<-- "{secret}"\n\n```{{include}} {secret}\n```\n{{% include {secret} %}}\n'
        yield tree(f"markdown-{n}", {"a.md": named + "\n$\\secret = 2$\n"}, link)
        head = (
            f"---\ninclude-in-header: {secret}\nheader-includes:\n  - file: {secret}\nmacros: {secret}\n---\n"
        )
        yield tree(f"head-{n}", {"a.md": head + "$\\secret = 2$\n"}, link)
        site = f"project: {{type: book}}\ninclude-in-header: [{{file: {secret}}}]\nextra_javascript: [{secret}]\n"
        yield tree(f"site-{n}", {"_quarto.yml": site, "mkdocs.yml": site, "a.md": "$\\secret = 2$\n"}, link)
        yield tree(f"html-{n}", {"a.html": f'<script src="{secret}"></script>\\(\\secret = 2\\)'}, link)
    body = "\\begin{document}$1 + 1 = 3$\\end{document}"
    yield tree("itself", {"a.tex": "\\input{a}" + body})
    yield tree("each-other", {"a.tex": "\\input{b}" + body, "b.tex": "\\input{a}\\input{b}$1 + 1 = 3$"})
    yield tree("itself-rst", {"a.rst": ".. include:: a.rst\n\n:math:`1 + 1 = 3`\n"})
    many = {f"c{k}.tex": "".join(f"\\input{{c{j}}}" for j in range(60)) + "$1 + 1 = 3$\n" for k in range(60)}
    yield tree("many", many)
    run = [
        "\\immediate\\write18{touch PWNED}",
        '\\input{|"touch PWNED"}',
        "\\directlua{os.execute('touch PWNED')}",
        "\\csname input\\endcsname{/etc/passwd}",
    ]
    for n, text in enumerate(run):
        yield tree(f"run-tex-{n}", {"a.tex": text + body})
    code = "import os\nos.system('touch PWNED')\n"
    yield tree(
        "run-py",
        {
            "a.py": f'"""For all $x$ we have $x = x + 1$."""\n{code}',
            "conf.py": code + "extensions = []\n",
            "b.rst": ":math:`1 + 1 = 3`\n",
        },
    )
    yield tree(
        "run-md",
        {
            "a.md": f"```{{python}}\n{code}```\n\n```{{r}}\nsystem('touch PWNED')\n```\n\n`r system('touch PWNED')` "
            + BAD
        },
    )
    yield tree(
        "run-js",
        {"a.html": "<script>MathJax = {tex: {macros: {x: (()=>{while(1);})()}}}</script>\\(1+1=3\\)"},
    )
    yield tree(
        "run-latex",
        {"a.md": "$\\mathrm{__import__('os').system('touch PWNED')} = 1$\n\n$x.__class__.__bases__ = 1$\n"},
    )


def configuration() -> Iterator[Case]:
    """Bombs in what configures: each is told or passed over, and nothing is run."""
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + k)}: &{chr(98 + k)} [{', '.join([f'*{chr(97 + k)}'] * 9)}]\n" for k in range(12)
    )
    merged = "m0: &m0 {x: 1}\n" + "".join(
        f"m{k}: &m{k} {{<<: [{', '.join([f'*m{k - 1}'] * 9)}]}}\n" for k in range(1, 9)
    )
    keyed = "macros: &m {a: *m}\n"
    yamls = {
        "laughs": laughs + "macros: *m\n", "merged": merged + "macros: *m8\n", "itself": keyed, "deep": "macros: " + "[" * 50_000,
        "deep-map": "macros: " + "{a: " * 20_000, "deep-block": "".join(" " * k + "a:\n" for k in range(400)), "long": "macros: {x: " + "y" * 10**6 + "}",
        "apply": "macros: !!python/object/apply:os.system ['touch PWNED']\n", "name": "macros: !!python/name:os.system\n", "number": "macros: " + "9" * 100_000,
        "binary": "macros: !!binary " + "A" * 10_000, "tabs": "macros:\n\t\t- x\n", "merge-list": "macros: {<<: [1, 2]}\n", "anchors": "".join(f"a{k}: &a{k} 1\n" for k in range(9000)),
        "sexagesimal": "macros: " + "1:" * 5000 + "1\n", "keys": "macros: {" + ", ".join(f"k{k}: x" for k in range(9000)) + "}\n", "complex": "? [a, [b]]\n: {c: d}\nmacros: {[a]: b}\n",
    }  # fmt: skip
    for name, text in yamls.items():
        for m, file in enumerate(("_quarto.yml", "mkdocs.yml", "_config.yml")):
            if m == 0 or name in ("laughs", "merged"):
                yield tree(f"yaml-{name}-{m}", {file: text, "a.md": BAD})
        yield tree(f"head-{name}", {"a.md": f"---\n{text}\nmath: 1\n---\n\n{BAD}"})
    tomls = {
        "deep": "macros = " + "[" * 50_000 + "]" * 50_000, "deep-table": "[" + ".".join(["a"] * 20_000) + "]\n", "number": "x = " + "9" * 100_000,
        "long": 'macros = {"x" = "' + "y" * 10**6 + '"}', "many": "".join(f"k{k} = 1\n" for k in range(20_000)), "inline": "macros = " + "{a = " * 20_000,
        "bomb": 'macros = { "\\\\m" = "\\\\m\\\\m" }', "dates": "claim-seconds = 1979-05-27", "infinite": "claim-seconds = inf", "not-a-number": "claim-seconds = nan",
        "negative": "document-seconds = -1", "nul": "macros = '\0'", "dotted": ".".join("a" * 5000) + " = 1",
    }  # fmt: skip
    for name, text in tomls.items():
        yield tree(f"toml-{name}", {"derive.toml": text, "a.md": BAD})
        yield tree(f"pyproject-{name}", {"pyproject.toml": "[tool.derive]\n" + text, "a.md": BAD})
    jsons = {
        "deep": "[" * 100_000,
        "closed": '{"macros": ' * 5000 + "1" + "}" * 5000,
        "number": '{"macros": ' + "9" * 100_000 + "}",
    }
    for name, text in jsons.items():
        for file in ("book.json", ".vscode/settings.json"):
            yield tree(f"json-{name}-{file.replace('/', '-')}", {file: text, "a.md": BAD})
    pythons = {
        "deep": "mathjax3_config = " + "(" * 5000 + ")" * 5000,
        "minus": "mathjax3_config = " + "-" * 20_000 + "1",
        "power": "mathjax3_config = 9**9**9**9",
        "nul": "x = 1\0",
        "add": "mathjax3_config = " + "1+" * 20_000 + "1",
    }
    for name, text in pythons.items():
        yield tree(f"conf-{name}", {"conf.py": text, "a.rst": ":math:`1 + 1 = 3`\n"})
