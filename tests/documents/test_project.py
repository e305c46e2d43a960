"""Macros that the project around a document declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.documents.project import Project, Surroundings
from derive.front.check import check
from derive.model import Macro, Source, Status
from derive.report.reasons import why

TEXT = "For every real $x$ we have\n\n$$\\half{x} + \\half{x} = x$$\n"
LATEX = "\\newcommand{\\half}[1]{\\frac{#1}{2}}"
JS = '{ half: ["\\\\frac{#1}{2}", 1] }'
HALF = Macro("half", "\\frac{#1}{2}", 1)


def lay(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def verdict(path: Path) -> tuple[Status, str | None]:
    report = check(path)
    assert not report.problems, report.problems
    (found,) = [d.verdict for f in report.files for d in f.decided if "half" in d.latex]
    return found.status, why(found)


def around(path: Path) -> Surroundings:
    return Project([str(path.parent)]).around(Source(str(path), path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("document", "files"),
    [
        pytest.param("_posts/a.md", {"_includes/mathjax.html": f"<script>MathJax = {{ tex: {{ macros: {JS} }} }};</script>"}, id="Jekyll, MathJax 3"),
        pytest.param("_posts/a.md", {"_config.yml": "title: x\n", "_layouts/default.html": f'<script type="text/x-mathjax-config">MathJax.Hub.Config({{ TeX: {{ Macros: {JS} }} }});</script>'}, id="Jekyll, MathJax 2"),
        pytest.param("content/posts/a.md", {"hugo.toml": "", "layouts/partials/math.html": f"<script>renderMathInElement(document.body, {{macros: {JS}}});</script>"}, id="Hugo, KaTeX"),
        pytest.param("a.md", {".git/HEAD": "", "_includes/head.html": f'<div style="display:none">$${LATEX}$$</div>'}, id="a hidden div"),
        pytest.param("a.md", {"package.json": "{}", "assets/js/mathjax.js": f"window.MathJax = {{ tex: {{ macros: {JS} }} }}"}, id="a script of the site"),
        pytest.param("chapters/a.qmd", {"_quarto.yml": "format:\n  html:\n    include-in-header: math.html\n", "math.html": f"<script>MathJax={{tex:{{macros:{JS}}}}}</script>"}, id="Quarto, header"),
        pytest.param("chapters/a.qmd", {"_quarto.yml": f"format:\n  html:\n    include-in-header:\n      - text: |\n          $${LATEX}$$\n"}, id="Quarto, text"),
        pytest.param("chapters/a.qmd", {"_quarto.yml": "project: {type: book}\n", "chapters/_metadata.yml": f"header-includes: '{LATEX}'\n"}, id="Quarto, metadata"),
        pytest.param("a.Rmd", {"_output.yml": "bookdown::pdf_book:\n  includes:\n    in_header: tex/preamble.tex\n", "_bookdown.yml": "x: !expr 1\n", "tex/preamble.tex": LATEX}, id="bookdown"),
        pytest.param("docs/a.md", {"docs/conf.py": 'import os\nraise SystemExit\nmathjax3_config = {"tex": {"macros": {"half": [r"\\frac{#1}{2}", 1]}}, "loader": os.environ}\n'}, id="Sphinx, MathJax"),
        pytest.param("docs/a.md", {"docs/conf.py": f'latex_elements = {{"preamble": r"""\n{LATEX}\n"""}}\n'}, id="Sphinx, LaTeX"),
        pytest.param("a.md", {"_config.yml": "sphinx:\n  config:\n    x: !!python/name:a.b\n    mathjax3_config:\n      tex:\n        macros:\n          half: ['\\frac{#1}{2}', 1]\n"}, id="Jupyter Book"),
        pytest.param("a.md", {"myst.yml": "project:\n  math:\n    '\\half': '\\frac{#1}{2}'\n"}, id="MyST"),
        pytest.param("docs/a.md", {"mkdocs.yml": "x: !!python/name:a.b ''\nextra_javascript:\n  - https://cdn/x.js\n  - math/own.js\n", "docs/math/own.js": f"window.MathJax = {{ tex: {{ macros: {JS} }} }}"}, id="MkDocs"),
        pytest.param("src/a.md", {"book.toml": "[preprocessor.katex]\nmacros = 'macros.txt'\n", "macros.txt": "\\half:{\\frac{#1}{2}}\n"}, id="mdBook, KaTeX"),
        pytest.param("src/a.md", {"book.toml": "[output.html]\nmathjax-support = true\n", "theme/head.hbs": f"<script>MathJax={{tex:{{macros:{JS}}}}}</script>"}, id="mdBook, MathJax"),
        pytest.param("docs/a.mdx", {"docusaurus.config.js": "module.exports = { rehype: [katex, { macros: { '\\\\half': '\\\\frac{#1}{2}' } }] };"}, id="Docusaurus"),
        pytest.param("notes/a.md", {".git/HEAD": "", "tex/macros.tex": f"% halves\n{LATEX}\n"}, id="a file of macros"),
        pytest.param("a.md", {".obsidian/app.json": "{}", "preamble.sty": LATEX}, id="Obsidian"),
    ],
)  # fmt: skip
def test_what_documentation_systems_declare(tmp_path: Path, document: str, files: dict[str, str]) -> None:
    lay(tmp_path, {**files, document: TEXT})
    assert verdict(tmp_path / document) == (Status.PROVED, None)


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("---\ntitle: a\nformat:\n  html:\n    include-before-body: [m.html]\n---\n", {"m.html": f"\\({LATEX}\\)"}),
        ("---\nheader-includes:\n  - \\newcommand{\\half}[1]{\\frac{#1}{2}}\n---\n", {}),
        ('---\nheader-includes: "\\\\newcommand{\\\\half}[1]{\\\\frac{#1}{2}}"\n---\n', {}),
        ("---\nmath:\n  '\\half': '\\frac{#1}{2}'\n---\n", {}),
        ("{{< include ../_macros.tex >}}\n\n", {"_macros.tex": LATEX}),
        ("::: {.hidden}\n$$\n{{< include /_macros.qmd >}}\n$$\n:::\n\n", {"_macros.qmd": f"---\nx: 1\n---\n{LATEX}\n"}),
        ("```{include} ../m.md\n```\n\n", {"m.md": f"${LATEX}$"}),
        ('--8<-- "m.md"\n\n', {"m.md": f"${LATEX}$"}),
        ("{% include math.html %}\n\n", {"_includes/math.html": f"${LATEX}$"}),
    ],
)  # fmt: skip
def test_files_that_a_document_names(tmp_path: Path, text: str, files: dict[str, str]) -> None:
    lay(tmp_path, {**files, ".git/HEAD": "", "notes/a.qmd": text + TEXT})
    assert verdict(tmp_path / "notes" / "a.qmd") == (Status.PROVED, None)


@pytest.mark.parametrize("src", ["js/own.js", "/notes/js/own.js?v=1"])
def test_scripts_of_a_page(tmp_path: Path, src: str) -> None:
    page = f"<html><head><script defer src='{src}'></script></head><body><p>For every real \\(x\\) we have</p>\\[\\half{{x}} + \\half{{x}} = x\\]</body>"
    lay(
        tmp_path,
        {"notes/a.html": page, "notes/js/own.js": f"MathJax = {{tex: {{macros: {JS}}}}}", ".git/HEAD": ""},
    )
    assert verdict(tmp_path / "notes" / "a.html") == (Status.PROVED, None)


LOST = "We have $x \\half{x} = x$.\n"  # in a form that is no name's
FORMULA = "For every real $x$ we have\n\\[\\half{x} + \\half{x} = x\\]\n"


@pytest.mark.parametrize(
    ("chapter", "files"),
    [
        pytest.param(FORMULA, {"main.tex": "\\documentclass{book}\n\\usepackage{own}\n\\begin{document}\\include{chapters/a}\\end{document}", "own.sty": LATEX}, id="its main file inputs it"),
        pytest.param(FORMULA, {"main.tex": f"\\documentclass{{book}}{LATEX}\\begin{{document}}\\input{{parts}}\\end{{document}}", "parts.tex": "\\input{chapters/a.tex}"}, id="by another file"),
        pytest.param(FORMULA, {"main.tex": "\\documentclass{own}\\begin{document}\\subfile{chapters/a}\\end{document}", "own.cls": "\\RequirePackage{macros/deep}", "macros/deep.sty": LATEX}, id="a class of its own"),
        pytest.param(FORMULA, {"main.tex": "\\documentclass{book}\\begin{document}\n" + LATEX + "\n\\import{chapters/}{a}\\end{document}"}, id="declared before the chapter"),
        pytest.param("% !TEX root = ../book.ltx\n" + FORMULA, {"book.ltx": LATEX + "\\begin{document}\\end{document}"}, id="TEX root"),
        pytest.param("\\documentclass[../main]{subfiles}\\begin{document}" + FORMULA + "\\end{document}", {"main.tex": "\\documentclass{book}" + LATEX + "\\begin{document}\\end{document}"}, id="subfiles"),
        pytest.param("\\documentclass{article}\\input{../common/macros}\\begin{document}" + FORMULA + "\\end{document}", {"common/macros.tex": LATEX}, id="input from above"),
        pytest.param("\\documentclass{article}\\usepackage{amsmath,own}\\begin{document}" + FORMULA + "\\end{document}", {"own.sty": LATEX}, id="a package in the root"),
        pytest.param("\\documentclass{article}\\input macros\n\\begin{document}" + FORMULA + "\\end{document}", {"chapters/macros.tex": LATEX}, id="plain input"),
    ],
)  # fmt: skip
def test_latex_projects(tmp_path: Path, chapter: str, files: dict[str, str]) -> None:
    lay(tmp_path, {**files, ".git/HEAD": "", "chapters/a.tex": chapter})
    assert verdict(tmp_path / "chapters" / "a.tex") == (Status.PROVED, None)


def test_what_comes_after_a_chapter_does_not_count(tmp_path: Path) -> None:
    main = "\\documentclass{book}\\begin{document}\\input{a}\\input{b}" + LATEX + "\\end{document}"
    lay(
        tmp_path,
        {".git/HEAD": "", "main.tex": main, "a.tex": FORMULA, "b.tex": "\\newcommand{\\half}[1]{#1}"},
    )
    assert verdict(tmp_path / "a.tex")[0] is Status.GIVEN


def test_a_whole_latex_document_says_all_itself(tmp_path: Path) -> None:
    whole = "\\documentclass{article}\\begin{document}" + FORMULA + "\\end{document}"
    lay(tmp_path, {".git/HEAD": "", "a.tex": whole, "macros.tex": LATEX})
    assert verdict(tmp_path / "a.tex")[0] is Status.GIVEN


def test_the_nearer_file_counts_and_the_document_before_all(tmp_path: Path) -> None:
    far, near = "tex: {macros: {half: ['0', 1], third: 't'}}", f"tex: {{macros: {JS}}}"
    lay(
        tmp_path,
        {".git/HEAD": "", "_includes/m.html": far, "notes/_includes/m.html": near, "notes/a.md": TEXT},
    )
    assert verdict(tmp_path / "notes" / "a.md") == (Status.PROVED, None)
    assert set(around(tmp_path / "notes" / "a.md").inherited) == {HALF, Macro("third", "t")}
    lay(tmp_path, {"notes/a.md": "$\\newcommand{\\half}[1]{#1}$\n\n" + TEXT})
    assert verdict(tmp_path / "notes" / "a.md")[0] is not Status.PROVED


def test_settings_go_before_the_project(tmp_path: Path) -> None:
    wrong = "tex: {macros: {half: ['0', 1]}}"
    lay(
        tmp_path,
        {
            "derive.toml": "macros = { half = ['\\frac{#1}{2}', 1] }\n",
            "_includes/m.html": wrong,
            "a.md": TEXT,
        },
    )
    assert verdict(tmp_path / "a.md") == (Status.PROVED, None)


def test_files_that_disagree_are_not_used(tmp_path: Path) -> None:
    wrong = "\\newcommand{\\half}[1]{\\frac12 #1^2}"
    lay(tmp_path, {".git/HEAD": "", "macros.tex": LATEX, "tex/notation.sty": wrong, "a.md": TEXT})
    assert verdict(tmp_path / "a.md") == (
        Status.UNREAD,
        "unknown command \\half: declared differently in macros.tex and tex/notation.sty; "
        "declare it in derive.toml (macros) or with --macros FILE",
    )


def test_spelling_is_no_disagreement(tmp_path: Path) -> None:
    other = "\\def\\half#1{{\\ensuremath{\\frac { #1 } 2}}}"
    lay(tmp_path, {".git/HEAD": "", "macros.tex": LATEX, "tex/notation.sty": other, "a.md": TEXT})
    assert verdict(tmp_path / "a.md") == (Status.PROVED, None)


def test_what_nothing_refers_to_changes_no_known_command(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            ".git/HEAD": "",
            "macros.tex": "\\renewcommand{\\sin}{\\cos}",
            "a.md": "$$\\sin^2 x + \\cos^2 x = 1$$\n",
        },
    )
    (decided,) = check(tmp_path / "a.md").files[0].decided
    assert decided.verdict.status is Status.PROVED


def test_nothing_above_the_root_is_read(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"macros.tex": LATEX, "_includes/m.html": f"macros: {JS}", "p/.git/HEAD": "", "p/a.md": TEXT},
    )
    lay(
        tmp_path,
        {"p/b.md": "{{< include ../macros.tex >}}\n\n" + TEXT, "p/c.tex": "\\input{../macros}" + FORMULA},
    )
    for name in ("a.md", "b.md", "c.tex"):
        assert verdict(tmp_path / "p" / name)[0] is Status.GIVEN


def test_libraries_are_not_the_author_s(tmp_path: Path) -> None:
    files = {
        "assets/mathjax/config.js": f"macros: {JS}",
        "static/katex.min.js": f"macros: {JS}",
        "static/js/big.js": f"macros: {JS}" + " " * 300_000,
    }
    lay(tmp_path, {".git/HEAD": "", "a.md": TEXT, **files})
    assert verdict(tmp_path / "a.md")[0] is Status.GIVEN


def test_the_message_names_what_a_latex_document_inputs(tmp_path: Path) -> None:
    whole = "\\documentclass{article}\\usepackage{amsmath,own}\\begin{document}" + LOST + "\\end{document}"
    lay(tmp_path, {".git/HEAD": "", "a.tex": whole, "own.sty": "\\def\\a{a}", "macros.tex": LATEX})
    assert "not declared in this file nor in own.sty;" in (verdict(tmp_path / "a.tex")[1] or "")


def test_the_message_says_where_it_was_looked_for(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {".git/HEAD": "", "a.md": LOST, "macros.tex": "\\def\\a{a}", "_includes/m.html": "macros: {b: 'b'}"},
    )
    advice = "; declare it in derive.toml (macros) or with --macros FILE"
    assert verdict(tmp_path / "a.md")[1] == (
        "unknown command \\half: not declared in this file nor in _includes/m.html or macros.tex" + advice
    )
    lay(tmp_path / "b", {".git/HEAD": "", "a.md": LOST})
    assert verdict(tmp_path / "b" / "a.md")[1] == "unknown command \\half: not declared in this file" + advice


@pytest.mark.parametrize(
    "name", ["_quarto.yml", "conf.py", "book.toml", "_config.yml", "package.json", "macros.tex"]
)
def test_files_that_cannot_be_read_cost_nothing(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {".git/HEAD": "", "a.md": TEXT})
    for broken in (
        b"\xff\xfe\x00{",
        b"a: [b\n  c: }",
        b"x = (\n",
        b"\\newcommand{\\half",
        b"{" * 5000,
        b"a: &a [*a]\n",
    ):
        (tmp_path / name).write_bytes(broken)
        assert verdict(tmp_path / "a.md")[0] is Status.GIVEN
