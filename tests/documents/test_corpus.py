"""What every document keeps, on real ones where they are at hand, and on mutilated ones."""

from pathlib import Path

import pytest
from documents import exact
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.documents import FORMATS, read_document
from derive.documents.files import open_source
from derive.model import Source

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    p
    for folder in (ROOT / "equations", ROOT / "../shared/corpus/errata", ROOT / "../shared/documents")
    for p in folder.rglob("*")
    if p.suffix in FORMATS and not p.name.startswith("before")
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_spans_are_exact(path: Path) -> None:
    source, _ = open_source(str(path))
    document = read_document(source)
    exact(document)
    assert document.formulas


PIECES = ["$", "$$", "\\[", "\\]", "\\(", "\\)", "\\\\(", "\\\\)", "\\begin{align}", "\\end{align}", "`", "```", "\n",
          "\n\n", "> ", "- ", "# ", "<!--", "-->", "x = y", " words of prose ", "\\", "{", "}", "%", "|", "$`", "`$",
          "\\section{", "\\item", "\\def\\x", "\\newcommand{\\y}[1]{#1}", "\\iffalse", "&lt;", "\\_", "    ", "1) ",
          "::: proof", ":::", "---", "\ufeff", "\r\n", "<script>", "</script>", "\\begin{itemize}", "\\verb|",
          "\\text{", "é", "\u200b", "~~~math", "\\begin{document}", "\\end{document}", "{% raw %}", "[a](b)"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(sorted(FORMATS)))
def test_any_text_is_read(pieces: list[str], suffix: str) -> None:
    exact(read_document(Source("a" + suffix, "".join(pieces))))
