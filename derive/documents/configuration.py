"""What the configuration of a documentation system says of macros: YAML, TOML, JSON, and Sphinx's `conf.py`.

The keys are looked for wherever they stand, so that one reader serves Sphinx, Jupyter Book, MyST, Quarto,
R Markdown, pandoc, MkDocs, mdBook and their like. Nothing is executed.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from derive.classes import dataclass, field
from derive.documents.macros import NAME, declared, parameters
from derive.model import Macro

#: keys whose value is LaTeX or HTML, or a file of it
_HEADERS = frozenset(
    "include-in-header include-before-body header-includes include_in_header in_header before_body "
    "in-header before-body preamble math-preamble imgmath_latex_preamble pngmath_latex_preamble "
    "additional-js extra_javascript html_js_files tex-preamble latex_preamble".split()
)
_MACROS = frozenset({"macros", "Macros"})
_DEEPEST = 12
_NESTED = 60
_LONGEST = 300_000  # characters of a configuration; a longer one is something else
#: what `conf.py` assigns that can hold macros
_ASSIGNED = frozenset(
    "mathjax_config mathjax2_config mathjax3_config mathjax4_config imgmath_latex_preamble "
    "pngmath_latex_preamble latex_elements html_js_files myst_config".split()
)


@dataclass(slots=True)
class Configuration:
    """`macros` in order; `files` are those named to be included, as written."""

    macros: list[Macro] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def read(name: str, text: str) -> Configuration:
    """What a file of this name and text configures. Never raises: what cannot be read configures nothing."""
    found = Configuration()
    if len(text) <= _LONGEST:
        _walk(_data(name, text), found, 0)
    return found


def front_matter(text: str) -> Configuration:
    """What the YAML at the head of a Markdown text configures."""
    found = Configuration()
    head = re.match(
        r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text[:_LONGEST], re.DOTALL
    )
    if head is not None and re.search(r"math|header|include|preamble|acros", head[1]):
        _walk(_data("head.yml", head[1]), found, 0)
    return found


def _data(name: str, text: str) -> Any:
    try:
        match name.rpartition(".")[2].lower():
            case "yml" | "yaml":
                return _yaml(text)
            case "toml":
                import tomllib  # with what it needs it is one of the dearest modules of the start

                return tomllib.loads(text)
            case "json":
                return json.loads(text)
            case "py":
                return dict(_assigned(text))
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        pass
    return None


def _yaml(text: str) -> Any:
    import yaml

    try:
        return yaml.load(text, _loader())
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


@cache
def _loader() -> Any:
    """Data only; a tag of some system's own (`!python/name:…`, `!expr …`) stands for nothing."""
    import yaml

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        """With a limit on depth, and on what merging (`<<`) may bring: aliases can double it each time."""

        merged = 0
        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            self.depth += 1
            if self.depth > _NESTED:
                raise yaml.YAMLError("nested too deep")
            try:
                return super().compose_node(parent, index)
            finally:
                self.depth -= 1

        def flatten_mapping(self, node: Any) -> None:
            super().flatten_mapping(node)
            self.merged += len(node.value)
            if self.merged > _LONGEST:
                raise yaml.YAMLError("aliases of too much")

    loader: Any = Loader
    loader.add_multi_constructor("", lambda loader, tag, node: None)
    return loader


# -- Sphinx: the literals that `conf.py` assigns


def _assigned(text: str) -> Iterator[tuple[str, Any]]:
    """Literal values of the assignments that matter, by name. The file is parsed and never run."""
    known: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its escapes: another's file
        statements = ast.parse(text).body
    for node in statements:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=key)], value=value):
                if name in _ASSIGNED and isinstance(key, ast.Constant):
                    yield f"{name}[]", {key.value: _literal(value, known)}
                continue
            case _:
                continue
        literal = _literal(value, known)
        if literal is not None:
            known[name] = literal
        if name in _ASSIGNED:
            yield name, literal


def _literal(node: ast.expr, known: Mapping[str, Any]) -> Any:
    """The value of a literal; a part that is computed is left out of a table, and makes all else None."""
    match node:
        case ast.Dict(keys=keys, values=values):
            found = {}
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and (part := _literal(value, known)) is not None:
                    found[key.value] = part
            return found
        case ast.List(elts=items) | ast.Tuple(elts=items):
            parts = [_literal(item, known) for item in items]
            return None if any(part is None for part in parts) else parts
        case ast.Name(id=name):
            return known.get(name)
        case _:
            try:
                return ast.literal_eval(node)
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                return None


# -- tables of any of these


def _walk(data: Any, found: Configuration, depth: int, seen: set[int] | None = None) -> None:
    """Each table is looked through once, however many aliases name it."""
    seen = set() if seen is None else seen
    if depth > _DEEPEST or id(data) in seen:
        return
    if isinstance(data, list | dict):
        seen.add(id(data))
    if isinstance(data, list):
        for item in data:
            if isinstance(item, dict | list):
                _walk(item, found, depth + 1, seen)
        return
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        if key in _MACROS and isinstance(value, dict):
            found.macros += mapped(value)
        elif key in _MACROS and isinstance(value, str):
            found.files.append(value)  # mdBook's KaTeX: a file of them
        elif key == "math" and isinstance(value, dict) and value and all(_command(k) for k in value):
            found.macros += mapped(value)  # MyST
        elif key in _HEADERS:
            _header(value, found)
        else:
            _walk(value, found, depth + 1, seen)


def _command(key: object) -> bool:
    return isinstance(key, str) and key.startswith("\\")


def _header(value: Any, found: Configuration) -> None:
    """A file, LaTeX itself, or a list of either; `{text: …}` and `{file: …}` say which."""
    match value:
        case list():
            for item in value:
                _header(item, found)
        case {"text": str(text)}:
            found.macros += declared(text)
        case {"file": str(file)} | {"path": str(file)}:
            found.files.append(file)
        case str() if "\\" in value or "\n" in value or "<" in value:
            found.macros += declared(value)
        case str():
            found.files.append(value)


def mapped(table: Mapping[Any, Any]) -> Iterator[Macro]:
    """Macros of a table: a body, `[body, arguments, default]`, or MyST's `{macro: …}`."""
    for key, value in table.items():
        name = key.lstrip("\\") if isinstance(key, str) else ""
        if not NAME.fullmatch(name):
            continue
        match value:
            case str(body) | [str(body)] | {"macro": str(body)}:
                yield Macro(name, body, parameters(body))
            case [str(body), int(arity)] if 0 <= arity <= 9:
                yield Macro(name, body, arity)
            case [str(body), int(arity), str(default)] if 1 <= arity <= 9:
                yield Macro(name, body, arity, default)
