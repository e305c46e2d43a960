"""Other processes of this program: Python that imports the package as this one does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import derive


def started(module: str) -> subprocess.Popen[bytes]:
    """A process that runs `serve()` of a module of the package, with pipes for its questions and answers.

    It looks for modules where this one does, and never in the folder that it happens to stand in (`-P`): a
    folder of documents is no place to import from.
    """
    home = str(Path(derive.__file__).parents[1])
    path = dict.fromkeys([*(p for p in sys.path if p), home])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {module} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(path)},
        close_fds=True,
    )
