"""File names with control characters and marks of every syntax, in every format of reports, on both streams."""

import json
import sys
import xml.etree.ElementTree
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import places
from cases import FINE
from harness import ROOT, derive

from derive.cli.formats import FORMATS

NAMES = [name for name in places.NAMES if not name.startswith("-")]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with an error under each name, and one that cannot be read, so that both streams name them."""
    folder = tmp_path_factory.mktemp("names") / "tree"
    for k, name in enumerate(NAMES):
        (folder / f"d{k}").mkdir(parents=True)
        (folder / f"d{k}" / name).write_text(FINE if k % 2 else "")
        (folder / f"d{k}" / f"broken {name}"[:255]).write_bytes(b"\0\xff")
    return folder


@pytest.mark.parametrize("output_format", FORMATS)
def test_no_control_character_leaves(tree: Path, output_format: str) -> None:
    run = derive(tree, "check", ".", "--no-cache", "--output-format", output_format)
    assert run.status == 2, run.err
    for stream, text in (("out", run.out), ("err", run.err)):
        # to a terminal these do nothing, and the syntax of these formats allows them
        allowed = {"html": "\n\t", "junit": "\n\x7f"}.get(output_format, "\n")
        strange = {c for c in text if (ord(c) < 32 or 0x7F <= ord(c) < 0xA0) and c not in allowed}
        assert not strange, f"{stream}: {strange!r}"
    lines = run.out.splitlines()
    match output_format:
        case "json" | "sarif" | "gitlab" | "rdjson":
            json.loads(run.out)
        case "jsonl":
            assert [json.loads(line) for line in lines]
        case "junit":
            xml.etree.ElementTree.fromstring(run.out)
        case "github":
            commands = {line.split(" ")[0].split("::")[1] for line in lines if line.startswith("::")}
            assert commands <= {"error", "warning", "notice", "group", "endgroup"}
    assert not list(ROOT.rglob("PWNED")) and not list(tree.rglob("PWNED"))
