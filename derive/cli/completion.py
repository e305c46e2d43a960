"""`derive completion`: what a shell needs to complete the command, made from the parser."""

from __future__ import annotations

import argparse

from derive.cli.streams import OK, show
from derive.cli.subcommands import Subcommands, subcommands

SHELLS = ("bash", "zsh", "fish")


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "completion",
        help="complete the command in a shell",
        description="Print what a shell needs to complete the command.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    parser.set_defaults(run=run)


_EPILOG = """\
examples:
  eval "$(derive completion bash)"      in ~/.bashrc
  eval "$(derive completion zsh)"       in ~/.zshrc, behind compinit
  derive completion fish > ~/.config/fish/completions/derive.fish
"""


def run(options: argparse.Namespace) -> int:
    written = {"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell]
    show(written(subcommands(options.whole)))
    return OK


def _flags(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in command._actions if action.option_strings]


def _bash(commands: dict[str, argparse.ArgumentParser]) -> str:
    cases = []
    for name, command in commands.items():
        flags = " ".join(flag for action in _flags(command) for flag in action.option_strings)
        cases.append(f'    {name}) words="{flags}" ;;')
    values = {
        f'    {"|".join(action.option_strings)}) words="{" ".join(map(str, action.choices))}" ;;'
        for command in commands.values()
        for action in _flags(command)
        if action.choices is not None
    }
    rows = [
        "_derive() {",
        "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=",
        '  case "$before" in',
        *sorted(values),
        "  esac",
        '  if [[ -n "$words" ]]; then COMPREPLY=($(compgen -W "$words" -- "$current")); return; fi',
        f'  if (( COMP_CWORD == 1 )); then words="{" ".join(commands)} --help --version"; fi',
        '  if [[ "$current" == -* ]]; then case "${COMP_WORDS[1]}" in',
        *cases,
        "  esac; fi",
        '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
        '  (( COMP_CWORD > 1 )) && COMPREPLY+=($(compgen -f -- "$current"))',
        "}",
        "complete -o filenames -F _derive derive",
    ]
    return "\n".join(rows) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _zsh(commands: dict[str, argparse.ArgumentParser]) -> str:
    named = " ".join(_quoted(f"{name}:{_short(command.description)}") for name, command in commands.items())
    rows = ["#compdef derive", "_derive() {", f"  local -a commands; commands=({named})"]
    rows += ["  if (( CURRENT == 2 )); then _describe command commands; return; fi", "  case $words[2] in"]
    for name, command in commands.items():
        specs = " ".join(_zsh_spec(action) for action in _flags(command))
        rows.append(f"    {name}) shift words; (( CURRENT-- )); _arguments {specs} '*:file:_files' ;;")
    return "\n".join([*rows, "  esac", "}", "compdef _derive derive"]) + "\n"


def _zsh_spec(action: argparse.Action) -> str:
    said = _short(action.help).replace("[", "(").replace("]", ")").replace(":", " -")
    value = ""
    if action.nargs != 0:
        value = f":value:({' '.join(map(str, action.choices))})" if action.choices else ":value:_files"
    return " ".join(_quoted(f"*{flag}[{said}]{value}") for flag in action.option_strings)


def _fish(commands: dict[str, argparse.ArgumentParser]) -> str:
    rows = []
    for name, command in commands.items():
        said = _quoted(_short(command.description))
        rows.append(f"complete -c derive -n __fish_use_subcommand -a {name} -d {said}")
        for action in _flags(command):
            flags = " ".join(
                f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"
                for flag in action.option_strings
            )
            value = ""
            if action.nargs != 0:
                value = f" -x -a {_quoted(' '.join(map(str, action.choices)))}" if action.choices else " -r"
            seen = _quoted(f"__fish_seen_subcommand_from {name}")
            rows.append(f"complete -c derive -n {seen} {flags}{value} -d {_quoted(_short(action.help))}")
    return "\n".join(rows) + "\n"


def _fish_flag(flag: str) -> str:
    return f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"


def _short(text: str | None) -> str:
    """The first part of what is said of something."""
    said = (text or "").replace("%%", "%").split(";")[0].split(". ")[0].rstrip(".")
    return said if len(said) < 70 else said[:69] + "…"
