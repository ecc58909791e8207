"""Searching without comparing: a photo or a part of it in, the sides of the gallery ranked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vision import find
from vision.searched_part import check_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vision.find import Found
    from vision.gallery import Gallery
    from vision.terms import Box, Candidate, Photo, Vertices


def search_gallery(
    photo: Photo,
    gallery: Gallery,
    *,
    region: Box | Vertices | None = None,
    without_product: str | None = None,
    limit: int | None = None,
) -> tuple[Candidate, ...]:
    """Search the gallery for what a photo, or a region of it, shows; verified ones first.

    Args:
        photo: upright picture.
        gallery: where to search.
        region: search with this box or polygon only, full-size pixels of the photo.
        without_product: as if this product were not in the gallery.
        limit: return so many sides at most, each tried by geometry. Default: the handful that
            `inspect` shows.

    Raises:
        ValueError: `region` is empty or outside the photo, or `limit` is less than 1.
    """
    check_part(region, photo)
    if limit is None:
        found = find.find(photo, gallery, None, region=region, without_product=without_product)
        return find.shown(found)
    steps = search_steps(
        photo, gallery, region=region, without_product=without_product, limit=limit
    )
    *_, ranked = steps
    return ranked


def search_steps(
    photo: Photo,
    gallery: Gallery,
    *,
    limit: int,
    region: Box | Vertices | None = None,
    without_product: str | None = None,
) -> Iterator[tuple[Candidate, ...]]:
    """Search as `search_gallery` does; yield, after each side, those tried so far, ranked.

    Before the first side is tried, () comes at once, and again after every two references whose
    features had to be read first. Each `yield` is a place to stop.

    Raises:
        ValueError: `region` is empty or outside the photo, or `limit` is less than 1.
    """
    check_part(region, photo)
    if limit < 1:
        raise ValueError(f"expected a limit of at least 1, found {limit}")
    found: list[Found] = []
    steps = find.finding(
        photo,
        gallery,
        None,
        region=region,
        without_product=without_product,
        limit=limit + 2,  # two places are kept for what only looks alike
    )
    yield ()
    for _ in gallery.get_ready():
        yield ()
    for each in steps:
        found.append(each)
        yield tuple(one.candidate for one in sorted(found, key=find.order)[:limit])
