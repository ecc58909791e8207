"""Threads of the numerical libraries beside our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def one_each() -> AbstractContextManager[object]:
    """Keep linear algebra to one thread while several of ours work, in the whole process.

    On two cores, two workers whose products of matrices wait for each other take 1.3 times as long
    (tests/benchmarks/inspect_speed.py).
    """
    return cast("AbstractContextManager[object]", threadpool_limits(limits=1, user_api="blas"))
