"""Documents that a named one inputs: each once, in order, and none from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from derive.documents.files import collect
from derive.documents.following import followed
from derive.front.check import check


def lay(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def collected(root: Path, *named: str) -> list[str]:
    found = collect([str(root / name) for name in named])
    assert not found.problems
    return [Path(p).resolve().relative_to(root.resolve()).as_posix() for p in found.paths]


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (r"\input{one}", "one.tex"),
        (r"\input one.tex", "one.tex"),
        (r"\include{ch/one}", "ch/one.tex"),
        (r"\subfile{ch/one}", "ch/one.tex"),
        (r"\import{ch/}{one}", "ch/one.tex"),
        (r"\subimport{ch}{one.tex}", "ch/one.tex"),
    ],
)
def test_a_main_file_brings_its_chapters(tmp_path: Path, command: str, file: str) -> None:
    head = "\\documentclass{book}\\usepackage{own}\n\\begin{document}\n"
    main = f"{head}{command}\n% \\input{{no}}\n\\end{{document}}"
    lay(tmp_path, {"main.tex": main, file: "$x$", "no.tex": "$y$", "own.sty": "$z$"})
    assert collected(tmp_path, "main.tex") == ["main.tex", file]


def test_each_once_in_the_order_of_reading(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "main.tex": "\\input{a}\\input{b}\\input{a}",
            "a.tex": "\\input{a1}\\input{main}",
            "a1.tex": "",
            "b.tex": "\\input{a1}\\input{ch/c}",
            "ch/c.tex": "\\input{ch/d}\\input{e}",  # TeX looks from where it was started; authors do not always
            "ch/d.tex": "",
            "ch/e.tex": "",
        },
    )
    order = ["main.tex", "a.tex", "a1.tex", "b.tex", "ch/c.tex", "ch/d.tex", "ch/e.tex"]
    assert collected(tmp_path, "main.tex") == order
    assert collected(tmp_path, "main.tex", "b.tex", "ch") == order
    assert sorted(collected(tmp_path, "")) == sorted(order)


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    lay(tmp_path, {"book/main.tex": "\\input{../notes/a}\\input{/etc/passwd}", "notes/a.tex": "$x$"})
    found = collect([str(tmp_path / "book/main.tex")])
    assert len(found.paths) == 1 and "outside" in found.notes[0]
    assert len(collect([str(tmp_path / "book/main.tex"), str(tmp_path / "notes")]).paths) == 2
    os.symlink(tmp_path / "notes/a.tex", tmp_path / "book/link.tex")
    (tmp_path / "book/main.tex").write_text("\\input{link}")
    assert len(collect([str(tmp_path / "book/main.tex")]).paths) == 1


@pytest.mark.parametrize("mark", [".git/HEAD", "pyproject.toml", "derive.toml"])
def test_a_preamble_beside_the_folder_is_read_inside_the_project(tmp_path: Path, mark: str) -> None:
    lay(
        tmp_path,
        {
            f"course/{mark}": "",
            "course/preamble.tex": "\\newcommand{\\half}{\\frac12}",
            "course/week/one/one.tex": "\\input{../../preamble}\\input{../../../secret}$x$",
            "secret.tex": "$1 = 2$",
        },
    )
    found = collect([str(tmp_path / "course/week/one/one.tex")])
    assert [Path(p).name for p in found.paths] == ["one.tex", "preamble.tex"]
    assert len(found.notes) == 1 and "secret.tex is not read" in found.notes[0]


def test_the_working_folder_is_the_project_where_nothing_marks_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, {"top/ch/a.tex": "\\input{../p}\\input{../../q}", "top/p.tex": "$x$", "q.tex": "$y$"})
    monkeypatch.chdir(tmp_path / "top")
    found = collect(["ch/a.tex"])
    assert [os.path.normpath(p) for p in found.paths] == [
        os.path.join("ch", "a.tex"),
        str(Path(found.paths[1])),
    ]
    assert Path(found.paths[1]).resolve() == (tmp_path / "top/p.tex").resolve() and len(found.notes) == 1


def test_depth_is_bounded_and_told(tmp_path: Path) -> None:
    lay(tmp_path, {f"a{k}.tex": f"\\input{{a{k + 1}}}" for k in range(60)})
    found = collect([str(tmp_path / "a0.tex")])
    assert len(found.paths) == 21 and "20 documents deep" in found.notes[0]


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("a.rst", ".. include:: b.rst", "b.rst"),
        ("a.rst", ".. include:: parts/b.inc", "parts/b.inc"),
        ("a.qmd", "{{< include _b.qmd >}}", "_b.qmd"),
        ("a.md", "```{include} b.md\n```", "b.md"),
    ],
)
def test_other_formats(tmp_path: Path, name: str, text: str, other: str) -> None:
    lay(tmp_path, {name: text, other: "$x = y$"})
    assert collected(tmp_path, name) == [name, other]


def test_a_chapter_is_reported_with_its_own_places(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "main.tex": "\\documentclass{book}\\newcommand{\\half}[1]{\\frac{#1}{2}}\n\\begin{document}\n\\input{one}\n\\end{document}\n",
            "one.tex": "We have\n\n\\[ \\half{3} + \\half{3} = 3 \\]\n",
        },
    )
    report = check([tmp_path / "main.tex"])
    assert [Path(f.source.path).name for f in report.files] == ["main.tex", "one.tex"]
    (entry,) = report.files[1].decided
    assert entry.verdict.status.value == "proved"
    assert report.files[1].source.text[entry.span.start : entry.span.end].startswith("\\half{3}")


def test_what_there_is_not_is_told(tmp_path: Path) -> None:
    (tmp_path / "here.tex").write_text("$x$")
    main = tmp_path / "main.tex"
    main.write_text(
        "\\input{glyphs}\\begin{document}\\input{here}\\input{chapters/gone}\\include{gone}% \\input{quiet}\n"
        "\\verb|\\input{shown}| \\begin{verbatim}\\input{shown}\\end{verbatim} \\input{\\jobname.x}\\end{document}"
    )
    found, notes = followed(str(main), [])
    assert list(found) == [str(tmp_path / "here.tex")]
    assert [note.split(": ")[1].split(",")[0] for note in notes] == [
        "it inputs chapters/gone",
        "it inputs gone",
    ]
