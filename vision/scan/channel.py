"""A queue between threads that is bounded by number and by weight, and can be closed."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


class Channel(Generic[_Item]):
    """Holds at most `limit` items of together `weight`; a single one may weigh more than that."""

    def __init__(self, limit: int, weight: float = float("inf")) -> None:
        self._limit, self._most = limit, weight
        self._items: deque[tuple[_Item, float]] = deque()
        self._weight = 0.0
        self._changed = threading.Condition()
        self._ended = False
        self._closed = False

    def put(self, item: _Item, weight: float = 0.0) -> bool:
        """Wait until there is room; False where nobody wants it any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._has_room(weight))
            if self._closed:
                return False
            self._items.append((item, weight))
            self._weight += weight
            self._changed.notify_all()
            return True

    def get(self, timeout: float | None = None) -> _Item | None:
        """Wait for the next item; None after the last one, and when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._ended or self._items, timeout)
            if self._closed or not self._items:
                return None
            item, weight = self._items.popleft()
            self._weight -= weight
            self._changed.notify_all()
            return item

    @property
    def is_drained(self) -> bool:
        """Whether nothing is left and nothing more will come."""
        with self._changed:
            return self._closed or (self._ended and not self._items)

    def end(self) -> None:
        """Nothing more will be put in."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def close(self) -> None:
        """Drop all that waits; whoever puts or gets, now or later, goes away empty-handed."""
        with self._changed:
            self._closed = True
            self._items.clear()
            self._changed.notify_all()

    def _has_room(self, weight: float) -> bool:
        if not self._items:
            return True
        return len(self._items) < self._limit and self._weight + weight <= self._most
