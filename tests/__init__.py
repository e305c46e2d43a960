"""The tests; a package, so that `python -m tests.bench.documents` is this one and no other of that name."""
