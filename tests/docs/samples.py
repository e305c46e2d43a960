"""The samples of the pages: each output in them is what the tool says. `python tests/docs/samples.py` makes them anew.

In a page `<!-- file: NAME -->` before a fenced block makes it a file, and `<!-- run: derive … -->` before a block
marked `text` is a command whose output the block holds. The files of a page lie in one folder, the commands run there.
"""

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = re.compile(
    r"<!-- (?P<what>file|run): (?P<told>[^\n]*) -->\n```(?P<lang>\w*)\n(?P<body>.*?)```", re.DOTALL
)


def pages() -> list[Path]:
    """The pages that hold samples."""
    all_of = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in all_of if SAMPLE.search(page.read_text(encoding="utf-8"))]


def current(page: Path) -> str:
    """A page with its outputs as they are today."""
    with tempfile.TemporaryDirectory() as folder:

        def made(m: re.Match[str]) -> str:
            if m["what"] == "file":
                (Path(folder) / m["told"]).write_text(m["body"], encoding="utf-8")
                return m.group()
            assert m["lang"] == "text", f"{page.name}: an output is marked text"
            return m.group()[: m.start("body") - m.start()] + _output(m["told"], folder) + "```"

        return SAMPLE.sub(made, page.read_text(encoding="utf-8"))


def _output(command: str, folder: str) -> str:
    from derive.cli import main

    program, *argv = shlex.split(command)
    assert program == "derive"
    if argv[0] == "check":
        argv[1:1] = ["--no-cache"]
    told = io.StringIO()
    here, plain = os.getcwd(), os.environ.get("NO_COLOR")
    os.chdir(folder)
    os.environ["NO_COLOR"] = "1"
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            main(argv)
    finally:
        os.chdir(here)
        if plain is None:
            del os.environ["NO_COLOR"]
    return told.getvalue().rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for page in pages():
        page.write_text(current(page), encoding="utf-8")
