"""The command from its arguments to its exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from derive.cli.parser import parsed, parser
from derive.cli.streams import FOUND, INTERRUPTED, TROUBLE, complain
from derive.interrupts import listen

_COLLECTED = (100_000, 20, 20)
"""When Python looks for circles of objects: a run makes millions of small ones, and next to no circles."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status: 0 nothing found, 1 errors found, 2 wrong usage or internal fault."""
    gc.set_threshold(*_COLLECTED)
    atexit.register(gc.freeze)  # what is there in the end need not be looked through once more to be left
    listen()
    whole = parser()
    try:
        options = parsed(whole, argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else TROUBLE
    try:
        if options.command is None:
            whole.print_help()
            return TROUBLE
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # the reader went away (`derive check … | head`): no message, and none at interpreter shutdown
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        # the boundary of the program: a fault of ours is told in a line and by the status
        if "DERIVE_DEBUG" in os.environ:
            raise
        complain(f"internal fault: {type(error).__name__}: {error} (DERIVE_DEBUG=1 shows where)")
        return TROUBLE
