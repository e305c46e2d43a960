"""The values of symbols and elements."""

from __future__ import annotations

from typing import Any

from derive.reasons.gaps import Gap
from derive.term.nodes import Symbol, Term
from derive.verify.evaluate.code import Code, Compile
from derive.verify.evaluate.functions import Dependent, Derived, Sequence, SmoothFunction, runtime
from derive.verify.evaluate.recurrences import FURTHEST
from derive.verify.evaluate.values import Array, Budget, Env, Undefined, Unsupported, Value, small_integer


def symbol(name: str) -> Code:
    def run(env: Env) -> Value:
        try:
            value = env.values[name]
        except KeyError:
            raise Unsupported(Gap.NO_VALUE, name) from None
        kind = type(value)
        if value is None:
            raise Unsupported(Gap.NOT_A_NUMBER, name)
        if kind is Derived:
            return derived(env, name, value)
        if kind is Dependent:
            return value.function(env, tuple(symbol(n)(env) for n in value.on))
        if kind is Sequence:
            if value.alone is None:
                raise Unsupported(Gap.SEQUENCE_AS_WHOLE, name)
            return runtime(value.alone)
        if kind is SmoothFunction:
            raise Unsupported(Gap.FUNCTION_BY_ITSELF, name)
        return value

    return run


def derived(env: Env, name: str, value: Derived) -> Value:
    """A value that a hypothesis settles, in the model itself: whatever is bound or differentiated."""
    key = ("derived", name)
    if (found := env.cache.get(key)) is None:
        from derive.verify.evaluate.code import compiled

        base = Env(env.cache["base"], env.complex, None, env.steps, cache=env.cache, bases=env.bases)
        found = env.cache[key] = compiled(value.term)(base)
    return found


def element(base: Term, indices: list[Code], compile_: Compile) -> Code:
    if not isinstance(base, Symbol):
        inner = compile_(base)

        def of_term(env: Env) -> Value:
            index = tuple(small_integer(i(env), "index") for i in indices)
            array = inner(env)
            if not isinstance(array, Array):
                raise Unsupported(Gap.ELEMENT_OF_NO_ARRAY)
            return entry(array, index, 1)

        return of_term
    name = base.name

    def run(env: Env) -> Value:
        index = tuple(small_integer(i(env), "index") for i in indices)
        if env.elements and (name, index) in env.elements:
            return env.elements[name, index]
        try:
            value = env.values[name]
        except KeyError:
            raise Unsupported(Gap.NO_VALUE, name) from None
        if isinstance(value, Sequence):
            return sequence_element(env, value, index)
        if isinstance(value, Derived):
            value = derived(env, name, value)
        if isinstance(value, Array):
            return entry(value, index, env.bases.get(name, 1))
        raise Unsupported(Gap.ELEMENT_OF_NUMBER, name)

    return run


def entry(array: Array, index: tuple[int, ...], base: int) -> Value:
    """The entry of an array at an index that counts from `base`; one index into a matrix gives a row."""
    place = tuple(i - base for i in index)
    if any(not 0 <= i < n for i, n in zip(place, array.shape, strict=False)):
        raise Undefined(Gap.INDEX_OUT_OF_RANGE)
    if len(array.shape) == 1 and len(place) == 1:
        return array.items[place[0]]
    if len(array.shape) == 2 and len(place) == 2:
        return array.items[place[0] * array.columns + place[1]]
    if len(array.shape) == 2 and len(place) == 1 and array.rows == 1:
        if not 0 <= place[0] < array.columns:
            raise Undefined(Gap.INDEX_OUT_OF_RANGE)
        return array.items[place[0]]
    raise Unsupported(Gap.ROW_OR_COLUMN_NAMED_BY_ONE_INDEX)


def sequence_element(env: Env, s: Sequence, index: tuple[int, ...]) -> Value:
    own = index
    component: tuple[int, ...] = ()
    if s.shape and len(index) > len(s.shape):
        own, component = index[: len(index) - len(s.shape)], index[len(index) - len(s.shape) :]
    value = whole_element(env, s, own)
    if component:
        return entry(value, component, 1)
    return value


def whole_element(env: Env, s: Sequence, index: tuple[int, ...]) -> Value:
    key = (s.name, index)
    if (found := env.cache.get(key)) is not None:
        return found
    from derive.verify.evaluate.code import compiled

    value: Any
    if (term := s.fixed.get(index)) is not None:
        value = compiled(term)(
            Env(env.cache["base"], env.complex, None, env.steps, cache=env.cache, bases=env.bases)
        )
    elif s.rule is not None and len(index) == 1 and index[0] >= s.rule.first + s.rule.order:
        if index[0] > s.rule.first + FURTHEST:
            raise Budget(Gap.RECURRENCE)
        for before in range(s.rule.first, index[0]):  # upwards, so that none needs a deep recursion
            whole_element(env, s, (before,))
        local = {**env.cache["base"], s.rule.index.name: runtime(index[0])}
        own = Env(local, env.complex, None, env.steps, cache=env.cache, bases=env.bases)
        value = compiled(s.rule.body)(own)
    elif s.rule is not None and len(index) == 1 and index[0] < s.rule.first:
        raise Unsupported(Gap.ELEMENT_BEFORE_FIRST)
    elif s.family is not None and len(s.family[0]) == len(index):
        parameters, body = s.family
        local = dict(env.cache["base"])
        for p, i in zip(parameters, index, strict=True):
            local[p.name] = runtime(i)
        value = compiled(body)(Env(local, env.complex, None, env.steps, cache=env.cache, bases=env.bases))
    else:
        value = s.at(index)
    env.cache[key] = value
    return value
