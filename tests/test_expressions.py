"""Expressions that are compiled when they are first used: all of them can be, and they do the same."""

import copy
import gc
import pickle
import pkgutil
import re
from importlib import import_module

import pytest

import derive
from derive.expressions import Expression, regex


def test_every_expression_of_the_package_compiles() -> None:
    for module in pkgutil.walk_packages(derive.__path__, "derive."):
        if not module.name.startswith(("derive.plugins.", "derive.__main__")):
            import_module(module.name)
    found = [made for made in gc.get_objects() if type(made) is Expression]
    assert len(found) > 300
    assert [made for made in found if not isinstance(made.pattern, str | bytes)] == []


def test_it_does_what_a_compiled_one_does() -> None:
    here, there = regex(r"(?P<a>\w)(\d)", re.IGNORECASE), re.compile(r"(?P<a>\w)(\d)", re.IGNORECASE)
    for text in ("A1 b2", "x", ""):
        assert here.findall(text) == there.findall(text)
        assert here.sub(r"\2", text) == there.sub(r"\2", text)
        assert here.split(text) == there.split(text)
        for how in ("match", "search", "fullmatch"):
            found, wanted = getattr(here, how)(text), getattr(there, how)(text)
            assert (found and found.groupdict()) == (wanted and wanted.groupdict())
    assert (here.pattern, here.flags, here.groups) == (there.pattern, there.flags, there.groups)
    for other in (copy.deepcopy(here), pickle.loads(pickle.dumps(here))):
        assert other.pattern == here.pattern


def test_what_is_wrong_is_raised_at_the_first_use() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("x")
    assert not hasattr(wrong, "searched")
