"""Macros that a text declares: LaTeX declarations and MathJax or KaTeX configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from derive.expressions import regex
from derive.model import Macro

_DECLARATION = regex(
    r"\\(?P<command>(?:re|provide)?newcommand\*?|providecommand\*?|renewcommand\*?|[gex]?def|let"
    r"|DeclareMathOperator\*?|DeclareRobustCommand\*?|DeclarePairedDelimiterX?|newcommandx\*?"
    r"|(?:New|Renew|Provide|Declare)DocumentCommand)(?![A-Za-z])"
)
_SPACE = regex(r"(?:\s|%[^\n]*\n)*")
_NAME = regex(r"\\([A-Za-z@]+|[^A-Za-z\s])")


_BRACES = regex(r"\\.|[{}]|%[^\n]*", re.DOTALL)
LONGEST = 10_000  # characters of a group; more is no macro, and looking further would take quadratic time


def braced(text: str, at: int) -> int | None:
    """The offset after the group that opens at `at`, or None when it is never closed."""
    depth = 0
    for m in _BRACES.finditer(text, at, at + LONGEST):
        if m.group() == "{":
            depth += 1
        elif m.group() == "}":
            depth -= 1
            if depth == 0:
                return m.end()
    return None


def declarations(text: str) -> Iterator[tuple[Macro | None, int, int]]:
    """Each declaration of a stretch of LaTeX with its range; None for one that declares no mathematics."""
    at = 0
    while (m := _DECLARATION.search(text, at)) is not None:
        found = declaration_at(text, m.start())
        at = m.end()
        if found is not None:
            yield found[0], m.start(), found[1]
            at = found[1]


def declaration_at(text: str, at: int) -> tuple[Macro | None, int] | None:
    """The declaration that begins at `at` and where it ends; None where there is none."""
    m = _DECLARATION.match(text, at)
    back = at
    while back > 0 and text[back - 1] == "\\":
        back -= 1
    if m is None or (at - back) % 2:  # `\\def`: a line break and the word def
        return None
    command = m.group("command").rstrip("*")
    if command in ("def", "gdef", "edef", "xdef"):
        return _def(text, m.end())
    if command == "let":
        return _let(text, m.end())
    if command.endswith("DocumentCommand"):
        return _document_command(text, m.end())
    return _newcommand(text, m.end(), command, m.group().endswith("*"))


def _skip(text: str, at: int) -> int:
    m = _SPACE.match(text, at)
    return m.end() if m else at


def _command_name(text: str, at: int) -> tuple[str, int] | None:
    """`\\name` or `{\\name}`."""
    at = _skip(text, at)
    wrapped = text[at : at + 1] == "{"
    m = _NAME.match(text, _skip(text, at + wrapped))
    if m is None:
        return None
    end = m.end()
    if wrapped:
        end = _skip(text, end)
        if text[end : end + 1] != "}":
            return None
        end += 1
    return m.group(1), end


def _newcommand(text: str, at: int, command: str, starred: bool) -> tuple[Macro | None, int] | None:
    named = _command_name(text, at)
    if named is None:
        return None
    name, at = named
    arity, default = 0, None
    at = _skip(text, at)
    options: list[str] = []
    while text[at : at + 1] == "[" and len(options) < 2:
        end = _bracketed(text, at)
        if end is None:
            return None
        options.append(text[at + 1 : end - 1])
        at = _skip(text, end)
    if options and options[0].strip().isdigit():
        arity = int(options[0])
        default = options[1] if len(options) > 1 else None
    body = _argument(text, at)
    if body is None:
        return None
    content, end = body
    if command == "newcommandx" and default is not None:
        first = _FIRST_ARGUMENT.fullmatch(default.strip())
        if first is None:
            return None, end  # several optional arguments: no macro of ours holds them
        default = first.group(1) if first.group(1) is not None else first.group(2)
    if command == "DeclarePairedDelimiter":
        right = _argument(text, _skip(text, end))
        if right is None:
            return None
        # an option sets the size of the fences
        return Macro(name, rf"\left{content.strip()} #2 \right{right[0].strip()}", 2, ""), right[1]
    if command == "DeclarePairedDelimiterX":
        right = _argument(text, _skip(text, end))
        inside = _argument(text, right[1]) if right else None
        if right is None or inside is None or not 1 <= arity <= 8:
            return None
        shifted = re.sub(r"#(\d)", lambda m: f"#{int(m[1]) + 1}", inside[0])
        shifted = re.sub(r"\\delimsize(?![A-Za-z])", r"\\middle", shifted)
        fenced = rf"\left{content.strip()} {shifted} \right{right[0].strip()}"
        return Macro(name, fenced, arity + 1, ""), inside[1]
    if command == "DeclareMathOperator":
        star = "*" if starred else ""
        return Macro(name, rf"\operatorname{star}{{{content}}}", 0, None, True), end
    return Macro(name, content, arity, default), end


#: the defaults of `\newcommandx`: `1=x`, `1={a, b}`
_FIRST_ARGUMENT = regex(r"1\s*=\s*(?:\{(.*)\}|([^{},=]*))", re.DOTALL)
#: the arguments of `\NewDocumentCommand`: mandatory ones, the first optional or not
_SIGNATURE = regex(r"\s*(?:(o)|O\s*\{([^{}]*)\})?\s*((?:m\s*)*)")


def _document_command(text: str, at: int) -> tuple[Macro | None, int] | None:
    """`\\NewDocumentCommand{\\name}{O{} m}{body}`; other signatures declare nothing that can be used."""
    named = _command_name(text, at)
    if named is None:
        return None
    signature = _argument(text, named[1])
    body = _argument(text, signature[1]) if signature else None
    if signature is None or body is None:
        return None
    m = _SIGNATURE.fullmatch(signature[0])
    if m is None or m.group(1):  # without a value for it, what `o` leaves out cannot be told
        return None, body[1]
    mandatory = m.group(3).count("m")
    optional = m.group(2) is not None
    return Macro(named[0], body[0], mandatory + optional, m.group(2)), body[1]


def _bracketed(text: str, at: int) -> int | None:
    """The offset after the bracket that opens at `at`; one within braces closes nothing."""
    depth = 0
    for m in re.compile(r"\\.|[{}\]]", re.DOTALL).finditer(text, at, at + LONGEST):
        depth += (m.group() == "{") - (m.group() == "}")
        if m.group() == "]" and depth <= 0:
            return m.end()
    return None


def _argument(text: str, at: int) -> tuple[str, int] | None:
    at = _skip(text, at)
    if text[at : at + 1] == "{":
        end = braced(text, at)
        return None if end is None else (text[at + 1 : end - 1], end)
    m = re.compile(r"\\[A-Za-z@]+|\\.|[^\s{}]").match(text, at)
    return (m.group(), m.end()) if m else None


def _def(text: str, at: int) -> tuple[Macro | None, int] | None:
    m = re.compile(r"\s*\\([A-Za-z@]+|[^A-Za-z\s])([^{}\n]*)").match(text, at)
    if m is None or text[m.end() : m.end() + 1] != "{":
        return None
    end = braced(text, m.end())
    if end is None:
        return None
    pattern = m.group(2).strip()
    if pattern and not re.fullmatch(r"(?:#\d)+", pattern):
        return None, end  # delimited parameters: TeX programming, no mathematics
    return Macro(m.group(1), text[m.end() + 1 : end - 1], pattern.count("#")), end


def _let(text: str, at: int) -> tuple[Macro | None, int] | None:
    m = re.compile(r"\s*\\([A-Za-z@]+|[^A-Za-z\s])\s*=?\s*(\\[A-Za-z@]+|\\.|[^\s\\{}])").match(text, at)
    return None if m is None else (Macro(m.group(1), m.group(2)), m.end())


_CONFIG = regex(r"""["']?\b[Mm]acros["']?\s*:\s*\{""")
_KEY = regex(r"""\s*,?\s*(?://[^\n]*\n\s*)*(?:"([^"]+)"|'([^']+)'|([A-Za-z@]+))\s*:\s*""")
_STRING = regex(
    r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'|String\.raw\s*`([^`]*)`|`((?:[^`\\$]|\\.)*)`', re.DOTALL
)
_COMMENTS = regex(
    r"<!--.*?-->|/\*.*?\*/|^[ \t]*//[^\n]*|\{%-?\s*comment.*?endcomment\s*-?%\}",
    re.DOTALL | re.MULTILINE,
)
#: what may follow a value: another, or the end. Anything else computes it, and it is not known.
_AFTER = regex(r"\s*(?:[,}\]]|//|\Z)")


def declared(text: str) -> list[Macro]:
    """All macros of a text, whichever way it declares them: a script's configuration first, then LaTeX."""
    return [*configured(text), *(macro for macro, _, _ in declarations(text) if macro is not None)]


def configured(script: str) -> Iterator[Macro]:
    """Macros of a MathJax (2 or 3) or KaTeX configuration: `macros: { R: "\\\\mathbb{R}", … }`."""
    if "acros" not in script:
        return
    script = _COMMENTS.sub(" ", script)
    for block in _CONFIG.finditer(script):
        at = block.end()
        while (key := _KEY.match(script, at)) is not None:
            name = next(g for g in key.groups() if g).removeprefix("\\").removeprefix("\\")
            at = key.end()
            listed = script[at : at + 1] == "["
            value = _STRING.match(script, _skip(script, at + listed))
            if value is None:
                break
            at = value.end()
            body = _unescaped(value)
            arity, default = 0, None
            if listed:
                close = re.compile(r"\s*(?:,\s*(\d+)\s*(?:,\s*(\"[^\"]*\"|'[^']*'))?)?[^\]]*\]").match(
                    script, at
                )
                if close is None:
                    break
                arity = int(close.group(1) or 0)
                default = close.group(2)[1:-1] if close.group(2) else None
                at = close.end()
            elif "#" in body:
                arity = parameters(body)
            if _AFTER.match(script, at) is None:
                break
            if NAME.fullmatch(name):
                yield Macro(name, body, arity, default)


NAME = regex(r"[A-Za-z@]+|[^A-Za-z\s]")


def parameters(body: str) -> int:
    """The highest `#n` in a macro's body."""
    return max((int(digit) for digit in re.findall(r"#(\d)", body)), default=0)


def _unescaped(value: re.Match[str]) -> str:
    double, single, raw, template = value.groups()
    if raw is not None:
        return str(raw)
    if double is None:
        single = single if single is not None else template.replace("\n", " ")
    text = str(double if double is not None else single)
    try:
        return str(json.loads(f'"{text}"' if double is not None else '"' + text.replace('"', '\\"') + '"'))
    except ValueError:
        return text.replace("\\\\", "\\")
