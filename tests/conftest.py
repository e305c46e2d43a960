"""One profile for every property test: the ordinary run is the same each time, the nightly one explores.

`HYPOTHESIS_PROFILE=nightly pytest -m nightly` draws new examples, and more of them.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ordinary", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "nightly", max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))
