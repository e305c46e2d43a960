"""One profile for every property test: the ordinary run is the same each time, the nightly one explores.

`HYPOTHESIS_PROFILE=nightly pytest -m nightly` draws new examples, and more of them.
"""

import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ordinary", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "nightly", max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))

_numbers = count()


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("caches")


@pytest.fixture(autouse=True)
def _a_cache_of_its_own(caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test keeps no other finds, and the user's own cache is left alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches / str(next(_numbers))))
