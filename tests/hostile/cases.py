"""What a case is: files written into a folder of its own, beside which lies a document with a known error."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FINE = "For all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + y^2 + 3xy.$$\n"
"""Its one error is to be found whatever stands beside it."""


@dataclass(frozen=True)
class Case:
    name: str
    write: Callable[[Path], None]
    quick: bool = True
    """Whether it belongs to the ordinary run."""


def document(name: str, file: str, text: str | bytes, quick: bool = True) -> Case:
    """A case of one document."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text

    def write(folder: Path) -> None:
        (folder / file).write_bytes(raw)

    return Case(name, write, quick)


def tree(
    name: str, files: dict[str, str | bytes], links: dict[str, str] | None = None, quick: bool = True
) -> Case:
    """A case of several files and links, by their paths in the folder."""

    def write(folder: Path) -> None:
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
        for path, target in (links or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).symlink_to(target)

    return Case(name, write, quick)


def prefixed(prefix: str, cases: Iterator[Case]) -> Iterator[Case]:
    for case in cases:
        yield Case(f"{prefix}-{case.name}", case.write, case.quick)
