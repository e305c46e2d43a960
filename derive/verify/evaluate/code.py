"""The type of compiled terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from derive.term.nodes import Term
from derive.verify.evaluate.values import Env, Value

Code: TypeAlias = Callable[[Env], Value]
Compile: TypeAlias = Callable[[Term], Code]
