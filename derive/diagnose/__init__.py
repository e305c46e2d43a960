"""From refuted claims to findings: what is wrong, and the smallest edit that mends it."""

from derive.diagnose.findings import diagnose

__all__ = ["diagnose"]
