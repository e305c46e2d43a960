"""The command `derive`: one module a subcommand, each with `add` (its options) and `run`.

Stages are imported when a subcommand runs, so that `--version` and `--help` are instant.
"""

from derive.cli.entry import main

__all__ = ["main"]
