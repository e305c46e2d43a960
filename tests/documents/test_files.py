"""Which files are read, and how."""

from pathlib import Path

import pytest

from derive.documents.files import UnreadableFile, collect, open_source
from derive.front.check import check


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.tex",
        "c/d.md",
        ".hidden/e.md",
        ".f.md",
        "env/pyvenv.cfg",
        "env/x.md",
        "data.csv",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    found = collect([str(tmp_path)])
    assert [Path(p).relative_to(tmp_path).as_posix() for p in found.paths] == ["a.tex", "b.md", "c/d.md"]
    assert not found.problems and not found.notes


def test_sources_without_mathematics_are_passed_over_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"""A docstring."""\n')
    (tmp_path / "b.py").write_text('"""With :math:`x`."""\n')
    (tmp_path / "notes.txt").write_text(":math:`x`")
    assert [Path(p).name for p in collect([str(tmp_path)]).paths] == ["b.py"]
    named = collect([str(tmp_path / "a.py"), str(tmp_path / "notes.txt")])
    assert len(named.paths) == 2 and not named.problems


def test_named_files_and_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "data.csv").write_text("x")
    (tmp_path / "empty").mkdir()
    found = collect([str(tmp_path / n) for n in ("a.md", "a.md", "data.csv", "none.md", "empty")])
    assert len(found.paths) == 1
    assert [p.rsplit(": ", 1)[1][:12] for p in found.problems] == ["not a suppor", "no such file"]
    assert "no documents in this folder" in found.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("é $x$\r\n".encode(encoding))
    source, problems = open_source(str(file))
    assert (source.text, problems) == ("é $x$\r\n", ())


def test_another_encoding_is_read_with_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("Café: $x = x$".encode("latin-1"))
    source, (problem,) = open_source(str(file))
    assert source.text == "Café: $x = x$"
    assert problem.span.start == 3
    assert "not UTF-8" in problem.message


def test_what_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\x89PNG\0\0\0\xff\xfe\0")
    with pytest.raises(UnreadableFile, match="not a text file"):
        open_source(str(file))
    with pytest.raises(UnreadableFile, match="No such file"):
        open_source(str(tmp_path / "none.md"))


def test_mathematics_in_other_formats_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.typ").write_text("We have $x = y$.")
    (tmp_path / "b.typ").write_text("$ x = y $")
    (tmp_path / "c.typ").write_text("words")
    (tmp_path / "d.md").write_text("words")
    found = collect([str(tmp_path)])
    assert len(found.paths) == 1 and not found.problems
    assert "a.typ and 1 more: mathematics in a format that is not supported (Typst)" in found.notes[0]
    said = collect([str(tmp_path / name) for name in ("a.typ", "c.typ")]).problems
    assert "holds mathematics, which was not read" in said[0] and "no mathematics was seen" in said[1]


def test_documents_without_formulas_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("words")
    (tmp_path / "b.md").write_text("$x$")
    assert "no formulas were found" in check([tmp_path / "a.md"]).notes[0]
    assert [n.rsplit(": ")[1] for n in check([tmp_path / "a.md", tmp_path / "b.md"]).notes] == [
        "no formulas were found in it"
    ]
    assert not check([tmp_path]).notes
