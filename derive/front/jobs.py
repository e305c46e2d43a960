"""Files shared among processes, the results in the files' order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

from derive.model import FileReport

Result = tuple[FileReport | None, tuple[str, ...]]


def in_order(work: Callable[[str], Result], paths: Sequence[str], jobs: int) -> Iterator[Result]:
    """`work` of each path, in order. A process that dies costs its own file, which is told as a fault."""
    if jobs < 2 or len(paths) < 2 or threading.active_count() > 1:
        yield from map(work, paths)
        return
    import multiprocessing

    if "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, paths)  # other ways of starting run the caller's main module again
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(jobs, len(paths)), context) as pool:
        futures = [pool.submit(work, path) for path in paths]
        for path, future in zip(paths, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:  # some file killed its process: was it this one?
                try:
                    with ProcessPoolExecutor(1, context) as alone:
                        yield alone.submit(work, path).result()
                except BrokenProcessPool:
                    yield None, (f"{path}: internal fault: the process died",)
