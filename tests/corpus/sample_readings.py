"""A random sample of the display formulas of a folder of documents, each with its reading printed.

Read as `derive check` reads them: with the macros that the project around a document declares, and what its
undeclared commands mean by convention.

    python tests/corpus/sample_readings.py [FOLDER] [--seed N] [--count N] [--unread]

To be read by eye: a formula that was read as something else is the worst fault a
reader can have. Also counts how many of all display formulas are read.
"""

from __future__ import annotations

import argparse
import random
import traceback
from collections import Counter
from pathlib import Path

from derive.context.known_commands import read_with
from derive.documents.project import Project
from derive.meaning import elaborate
from derive.model import Source
from derive.notation import read
from derive.notation.syntax import NotationError, Text
from derive.settings import settings_for
from derive.term.scope import Scope

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "../shared/corpus/errata"


def formulas(folder: Path):
    project = Project([str(folder)])
    for path in sorted(p for p in folder.rglob("before.*") if p.is_file()):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        document, _ = read_with(Source(str(path), text), settings_for(str(path)), project)
        for formula in document.formulas:
            if formula.display:
                yield path.relative_to(folder), formula, document.macros


def reading(formula, macros) -> list[str]:
    """Each statement of the formula as it was understood; raises NotationError."""
    display = read(formula.latex, macros)
    lines = []
    for row in display.rows:
        for part in row.parts:
            if isinstance(part, Text):
                lines.append(f"“{part.text}”")
                continue
            pieces = pieces_of(part)
            for node_reading in [elaborate(pieces, Scope())[0]]:
                lines.append(
                    "  |  ".join(t.to_latex() for t in node_reading.terms)
                    + f"   {structure(node_reading.terms)}"
                )
    return lines


def pieces_of(part):
    from derive.notation.syntax import Chain

    if isinstance(part, Chain) and part.first is None:
        return tuple(link.right for link in part.links)
    if isinstance(part, Chain):
        flat = []
        for piece in (part.first, *(link.right for link in part.links)):
            flat.extend(pieces_of(piece) if isinstance(piece, Chain) else (piece,))
        return tuple(flat)
    return (part,)


def structure(terms) -> str:
    """The constructs that a print may hide: applications, elements, products."""
    from derive.term.nodes import Call, Element, Symbol
    from derive.term.traverse import walk

    names = Counter()
    for term in terms:
        for node in walk(term):
            if isinstance(node, Call) and isinstance(node.function, Symbol):
                names[f"call {node.function.name}"] += 1
            elif isinstance(node, Element) and isinstance(node.base, Symbol):
                names[f"element {node.base.name}"] += 1
    return ", ".join(names) and "[" + ", ".join(names) + "]"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", default=FOLDER, type=Path)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--unread", action="store_true", help="list what is not read, by reason")
    options = parser.parse_args()
    every = list(formulas(options.folder))
    read_, reasons, examples = [], Counter(), {}
    for path, formula, macros in every:
        try:
            read_.append((path, formula, reading(formula, macros)))
        except NotationError as e:
            reasons[e.what] += 1
            examples.setdefault(e.what, []).append(
                (path, formula.latex, formula.latex[e.span.start : e.span.end])
            )
        except Exception as e:
            what = f"CRASH {type(e).__name__}: {e}"
            reasons[what] += 1
            examples.setdefault(what, []).append((path, formula.latex, traceback.format_exc()[-400:]))
    print(f"display formulas: {len(every)}, read: {len(read_)} ({len(read_) / max(1, len(every)):.2%})")
    known = len(every) - sum(count for what, count in reasons.items() if "unknown command" in what)
    print(f"without unknown commands: {known}, read: {len(read_)} ({len(read_) / max(1, known):.2%})")
    if options.unread:
        for what, count in reasons.most_common():
            print(f"{count:5} {what}")
            for path, latex, at in examples[what][:: max(1, len(examples[what]) // 5)][:6]:
                print(f"        {path}: {' '.join(latex.split())[:170]!r} at {at[:60]!r}")
        return
    print(f"sample of {options.count}, seed {options.seed}")
    random.seed(options.seed)
    for path, formula, lines in random.sample(read_, min(options.count, len(read_))):
        print(f"\n== {path}\n   {' '.join(formula.latex.split())}")
        for line in lines:
            print(f"   -> {line}")


if __name__ == "__main__":
    main()
