"""The rules of `tests/test_architecture.py`, for those who run this folder."""

from tests.test_architecture import *  # noqa: F403
