"""One record a function of mathematics, one file a family that cannot be taken apart.

A file of a folder here joins by standing there: its `FUNCTIONS` are found, and with them every other room
knows the function. What has a syntax of its own (sums, integrals, the operations on arrays) is no function.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from derive.functions.record import Function
from derive.term.heads import declare


def _found() -> Iterator[Function]:
    for folder in ("elementary", "special", "sequences"):
        package = import_module(f"{__name__}.{folder}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            yield from import_module(f"{package.__name__}.{module.name}").FUNCTIONS


FUNCTIONS: dict[str, Function] = {f.name: f for f in _found()}
for _function in FUNCTIONS.values():
    declare(_function.name, _function.head)
