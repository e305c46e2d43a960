"""The package's dataclasses against those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from derive import classes


def pair(make: Callable[[Any], Any], **options: bool) -> tuple[Any, Any]:
    """The same class made by both."""
    return make(dataclasses.dataclass(**options)), make(classes.dataclass(**options))


def point(decorated: Any) -> Any:
    @decorated
    class Point:
        x: int
        y: int = 2
        label: str | None = dataclasses.field(default=None, compare=False)
        seen: list[int] = dataclasses.field(default_factory=list, hash=False, repr=False)
        where: int = dataclasses.field(default=0, compare=False, kw_only=True)

    return Point


@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize("slots", [True, False])
def test_construction_comparison_and_text_are_those_of_the_standard_library(
    frozen: bool, slots: bool
) -> None:
    there, here = pair(point, frozen=frozen, slots=slots, order=True)
    for arguments, named in [((1,), {}), ((1, 3, "p"), {"where": 4}), ((), {"x": 1, "seen": [5]})]:
        a, b = there(*arguments, **named), here(*arguments, **named)
        assert repr(a).rpartition(".")[2] == repr(b).rpartition(".")[2]
        assert dataclasses.astuple(a) == dataclasses.astuple(b)
        assert classes.replace(b, x=9).x == 9 and classes.replace(b, x=9).seen is b.seen
    assert here(1) == here(1, label="other", where=7) and here(1) != here(2) and here(1) != there(1)
    assert here(1) < here(2) <= here(2) and not here(1) > here(2)
    assert here(1).seen is not here(1).seen
    assert here.__match_args__ == there.__match_args__
    assert here.__doc__ is None
    for wrong in [(), (1, 2, "p", [], 5)]:
        with pytest.raises(TypeError):
            here(*wrong)
    if frozen:
        assert hash(here(1)) == hash(there(1))
        with pytest.raises(dataclasses.FrozenInstanceError):
            here(1).x = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del here(1).x
    else:
        assert here.__hash__ is None
        changed = here(1)
        changed.x = 2
        assert changed.x == 2


def test_a_class_keeps_the_methods_of_its_own() -> None:
    @classes.dataclass(frozen=True, slots=True)
    class Own:
        x: int

        def __post_init__(self) -> None:
            object.__setattr__(self, "x", self.x + 1)

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    assert (Own(1).x, Own(1) == Own(2), hash(Own(1)), repr(Own(1))) == (2, True, 7, "own")


def test_what_is_not_compared_is_itself() -> None:
    @classes.dataclass(frozen=True, slots=True, eq=False)
    class Alone:
        x: int

    one = Alone(1)
    assert one == one and one != Alone(1) and hash(one) == object.__hash__(one)


@classes.dataclass(frozen=True, slots=True)
class Base:
    x: int


@classes.dataclass(frozen=True, slots=True)
class Below(Base):
    y: int = 2


def test_a_class_below_another_and_copies() -> None:
    below = Below(1)
    assert (below.x, below.y) == (1, 2) and below != Base(1)
    for other in (pickle.loads(pickle.dumps(below)), copy.copy(below), copy.deepcopy(below)):
        assert other == below and other is not below
