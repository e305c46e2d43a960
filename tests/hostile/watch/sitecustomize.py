"""Put on the path of a process under test: writes down what it opens outside of where it may, and what it starts.

`WATCH_LOG` is the file for that, `WATCH_ALLOWED` the folders that may be read, joined by the path separator.
"""

import os
import sys

_LOG = os.environ.get("WATCH_LOG")


def _watch(log: int, allowed: tuple[str, ...]) -> None:
    busy = False

    def tell(what: str) -> None:
        os.write(log, (what.encode("utf-8", "backslashreplace")) + b"\n")

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal busy
        if busy:
            return
        busy = True
        try:
            if event == "open" and isinstance(args[0], str | bytes):
                path = os.path.realpath(os.fsdecode(args[0]))
                if not path.startswith(allowed):
                    tell(f"opened {path}")
            elif event in ("os.system", "os.exec", "os.posix_spawn") or (
                event == "subprocess.Popen" and os.fsdecode(args[0]) != sys.executable
            ):
                tell(f"{event} {args!r}")
        finally:
            busy = False

    sys.addaudithook(hook)


if _LOG:
    _watch(
        os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT),
        tuple(os.path.realpath(folder) for folder in os.environ["WATCH_ALLOWED"].split(os.pathsep)),
    )
