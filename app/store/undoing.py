"""Taking changes back: only what they changed, and only while it is as they left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store.contents import KeptProduct, Policy
from app.store.differences import Change, is_same, key, things
from app.store.errors import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.store.contents import Contents
    from app.store.differences import Thing


def undoing(changes: Iterable[Change], contents: Contents) -> tuple[Change, ...]:
    """The changes that take others back in a gallery with these contents, the last first.

    What somebody said since of the same things stays as it is.

    Raises:
        ChangedMeanwhile: just what they changed is not as they left it any more.
    """
    here = things(contents)
    back = []
    for change in reversed(tuple(changes)):
        at = key(change.thing)
        now = here.pop(at, None) or _silent(change.after)
        if not _is_as_left(now, change):
            raise ChangedMeanwhile.of(change.thing)
        after = _restored(now, change)
        back.append(Change(before=now, after=after))
        if after is not None:
            here[at] = after
    return tuple(back)


def _silent(after: Thing | None) -> Thing | None:
    """A thing that contents leave out while it says nothing."""
    if isinstance(after, KeptProduct):
        return KeptProduct(product=after.product)
    return Policy() if isinstance(after, Policy) else None


def _is_as_left(now: Thing | None, change: Change) -> bool:
    if now is None or change.after is None or change.before is None:
        return is_same(now, change.after)
    return all(getattr(now, name) == getattr(change.after, name) for name in change.fields)


def _restored(now: Thing | None, change: Change) -> Thing | None:
    before = change.before
    if now is None or before is None or change.after is None:
        return before
    return now.model_copy(update={name: getattr(before, name) for name in change.fields})
