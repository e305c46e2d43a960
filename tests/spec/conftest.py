"""Lets the runner import the format, `mdspec.py`, that stands beside it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
