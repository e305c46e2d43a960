"""The type of compiled terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from derive.terms.nodes import Term
from derive.verify.values import Env, Value

Code: TypeAlias = Callable[[Env], Value]
Compile: TypeAlias = Callable[[Term], Code]
