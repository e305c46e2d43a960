"""What is installed here: whether there is a second reader, and a digest of all the code that decides."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.util import find_spec

_BESIDE = ("sympy", "mpmath", "flint", "latex2sympy2")
"""Packages that take part in a verdict. `derive` pins none of them to one version."""


@cache
def second_reader() -> bool:
    """Whether there is a second reader here, found out without importing it. On Python 3.13 it cannot be."""
    return sys.version_info < (3, 13) and find_spec("latex2sympy2") is not None


@cache
def digest() -> str:
    """SHA-256 of the package's own sources, and of which versions of Python and other packages are beside it.

    Of the contents alone: a copy with other times is the same code, an edited one is not.
    """
    found = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for path in _sources(os.path.dirname(os.path.abspath(__file__))):
        with open(path, "rb") as file:
            found.update(hashlib.sha256(file.read()).digest())
    for name in _BESIDE:
        found.update("\n".join((name, *_versions(name))).encode())
    return found.hexdigest()


def _sources(folder: str) -> list[str]:
    found: list[str] = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        found += (os.path.join(here, name) for name in sorted(names) if name.endswith((".py", ".json")))
    return found


def _versions(name: str) -> list[str]:
    """What its installer wrote beside a package: `sympy-1.14.0.dist-info`."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return []
    folder = os.path.dirname(spec.origin)
    if spec.submodule_search_locations is not None:  # a package: what is beside its folder
        folder = os.path.dirname(folder)
    try:
        beside = sorted(os.listdir(folder))
    except OSError:
        return [folder]
    return [entry for entry in beside if entry.endswith((".dist-info", ".egg-info")) and name in entry]
