"""From refuted claims to findings: what is wrong, and the smallest edit that mends it."""

from derive.diagnose.findings import Trouble, diagnose

__all__ = ["Trouble", "diagnose"]
