"""A lesson for the difference head: references, a genuine photo and its altered twin, and truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.simulate.exposure import expose
from vision.simulate.optics import Optics
from vision.simulate.pages import altered_page

if TYPE_CHECKING:
    from vision.simulate.pages import Item, Page, PageMaker
    from vision.terms import Map, Pixels

MARGIN = 40  # page pixels around the part that is shown
_Field = NDArray[Any]
_REACH = 9  # pixels over which a probe is averaged
_WAS_SEEN, _STILL_SEEN = 5.0, 1.6  # grey levels, mean over _REACH, of a probe without and with
_ENDING = 0.15  # of the lessons show an edge of the product
_CAST = 0.3  # of the photos have colours far from true
_WASHED = 0.72  # share of white above which print is gone
_FAINT, _SOFT = 3.0, 1.2  # grey levels at which a difference is half believed, and how softly


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One lesson, all pictures (s, s) on one frame.

    `references` (n, s, s, 3), `genuine` and `altered` (s, s, 3) uint8; the two are one shot, so
    that they differ by the alteration alone. `different` (s, s) float32 in [0, 1]: how surely the
    alteration shows in the altered picture; `hidden` (s, s) float32 where nothing could be judged.
    `seen` (n + 1, s, s) uint8: where each reference, and last the suspect, shows anything. `kind`
    names the alteration.
    """

    references: NDArray[np.uint8]
    genuine: Pixels
    altered: Pixels
    different: Map
    hidden: Map
    seen: NDArray[np.uint8]
    kind: str


@dataclass(frozen=True, slots=True)
class View:
    """How a camera stands to a page: sizes in page pixels, and what light and lens do.

    `scale` camera pixels for one page pixel; `turn_deg`; `tilt` perspective; `miss` the largest
    residual misalignment in pixels; `finger`, `thing` counts of what lies on the page;
    `mirror` the strength of a reflected scene; `film` that of light on crumpled clear film; `faded`
    the share of colour that is lost; `cast` gains of red, green and blue, then their gammas, as
    a camera that guesses the light wrongly applies them; `cut` whether the photo ends inside the
    page.
    """

    scale: float
    turn_deg: float
    tilt: float
    miss: float
    fingers: int
    things: int
    mirror: float
    film: float
    faded: float
    cast: tuple[float, ...]
    cut: bool
    optics: Optics

    @classmethod
    def of_artwork(cls, rng: np.random.Generator) -> View:
        """Draw a view as of the printer's own file or a good scan."""
        optics = Optics(gamma=float(np.exp(rng.normal(0, 0.05))), jpeg=int(rng.integers(80, 97)))
        scale, miss = float(rng.uniform(0.8, 1.3)), float(rng.uniform(0.1, 0.8))
        return cls(scale, 0.0, 0.0, miss, 0, 0, 0.0, 0.0, 0.0, (), False, optics)

    @classmethod
    def sample(cls, rng: np.random.Generator, size: int, *, careful: bool = False) -> View:
        """Draw a view of a page of `size` pixels; `careful`: as for a reference."""
        scale = float(np.exp(rng.uniform(np.log(0.42), np.log(1.35))))
        rough = 0.4 if careful else 1.0
        seldom = _Seldom(rng)
        unit = size * scale / 1000  # what exposure takes for one thousandth of the picture
        optics = Optics(
            light=float(rng.uniform(0.0, 0.35)),
            light_deg=float(rng.uniform(0, 360)),
            stops=float(np.clip(rng.normal(0, 0.35), -1.0, 0.8)),
            gamma=float(np.exp(rng.normal(0, 0.16))),
            warmth=float(rng.normal(0, 0.07)),
            tint=float(rng.normal(0, 0.025)),
            veil=seldom(0.35, 0.02, 0.28),
            soft_glare=seldom(0.3 * rough, 0.1, 0.75),
            hard_glare=int(seldom(0.14 * rough, 1, 2.5)),
            sleeve=seldom(0.32 * rough, 0.2, 1.0),
            shadow=seldom(0.3, 0.06, 0.5),
            defocus=min(2.0, float(rng.exponential(0.45))) * max(0.6, scale) / unit,
            motion=seldom(0.22, 1.0, 5.0 if not careful else 3.0) * max(0.5, scale) / unit,
            motion_deg=float(rng.uniform(0, 180)),
            resample=float(rng.uniform(0.7, 1.0)) if rng.random() < 0.3 else 1.0,
            sharpen=seldom(0.5, 0.2, 1.3),
            noise=float(np.exp(rng.uniform(np.log(0.6), np.log(6.0)))),
            jpeg=int(rng.integers(45, 95)),
            jpeg_before=int(seldom(0.4, 55, 92)),
        )
        return cls(
            scale=scale,
            turn_deg=float(rng.normal(0, 12) if rng.random() < 0.8 else rng.uniform(0, 360)),
            tilt=float(rng.uniform(0, 0.12)),
            miss=float(rng.uniform(0.1, 1.6)) * (1.0 if rng.random() < 0.85 else 1.6),
            fingers=int(rng.random() < 0.16 * rough),
            things=int(rng.random() < 0.14 * rough) * int(rng.integers(1, 3)),
            mirror=seldom(0.2 * rough, 0.04, 0.4),
            film=seldom(0.22 * rough, 0.25, 1.1),
            faded=seldom(0.3, 0.05, 0.4),
            cast=_cast(rng) if rng.random() < _CAST * rough else (),
            cut=bool(rng.random() < 0.08),
            optics=optics,
        )


def _cast(rng: np.random.Generator) -> tuple[float, ...]:
    gains = np.exp(rng.normal(0, 0.2, 3) + rng.normal(0, 0.15))
    return (*map(float, gains), *map(float, np.exp(rng.normal(0, 0.22, 3))))


def _toned(pixels: Pixels, cast: tuple[float, ...]) -> Pixels:
    """Return the picture with other curves of its colours; what they clip stays clipped."""
    steps = np.arange(256) / 255
    curves = [255 * np.clip(g * steps**p, 0, 1) for g, p in zip(cast[:3], cast[3:], strict=True)]
    table = np.rint(np.stack(curves, axis=-1)).astype(np.uint8)[None]
    return np.asarray(cv2.LUT(pixels, table), np.uint8)


class _Seldom:
    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng

    def __call__(self, chance: float, low: float, high: float) -> float:
        value = float(self._rng.uniform(low, high))
        return value if self._rng.random() < chance else 0.0


def lesson(maker: PageMaker, rng: np.random.Generator, *, size: int, references: int) -> Lesson:
    """Make one lesson.

    Args:
        maker: makes pages of `size` + 2 MARGIN pixels.
        rng: decides on everything.
        size: side of the pictures in pixels.
        references: how many.
    """
    inner = (MARGIN + 24, MARGIN + 24, MARGIN + size - 24, MARGIN + size - 24)
    while True:
        page = maker.page(rng, within=inner)
        altered = altered_page(page, maker, rng, within=inner)
        if altered is not None:
            break
    end = _End.sample(rng, size) if rng.random() < _ENDING else None
    shots, hidden_in, seen = [], [], []
    for number in range(references):
        view = View.sample(rng, size, careful=True)
        if number == 0 and rng.random() < 0.4:
            view = View.of_artwork(rng)
        pixels, gone = _ended(page.composed(page.varied(rng)), end, maker, rng)
        shot, hidden, visible = _shot(pixels, view, int(rng.integers(2**62)), maker)
        shots.append(shot)
        hidden_in.append(np.maximum.reduce([hidden, 1.0 - visible, gone]))
        seen.append(visible)
    view, seed = View.sample(rng, size), int(rng.integers(2**62))
    own = page.varied(rng)
    around = int(rng.integers(2**62))
    clean, gone = _ended(page.composed(own), end, maker, np.random.default_rng(around))
    twin, _ = _ended(
        _with_variation(altered.pixels, page, own), end, maker, np.random.default_rng(around)
    )
    genuine, covered, visible = _shot(clean, view, seed, maker)
    other, _, _ = _shot(twin, view, seed, maker)
    probe, _, _ = _shot(_bolder(clean), view, seed, maker)
    hidden = _hidden(clean, genuine, probe, covered)
    hidden = np.maximum.reduce([hidden, gone, np.minimum.reduce(hidden_in)])
    reach = _laid_mask(altered.mask, size)
    different = _shown_difference(genuine, other) * reach
    return Lesson(
        references=np.stack(shots),
        genuine=genuine,
        altered=other,
        different=np.asarray(different, np.float32),
        hidden=np.asarray(hidden, np.float32),
        seen=np.stack([*seen, visible]),
        kind=altered.kind,
    )


@dataclass(frozen=True, slots=True)
class _End:
    """Where the product ends: a straight edge, `far` page pixels from the middle at `angle`."""

    angle: float
    far: float

    @classmethod
    def sample(cls, rng: np.random.Generator, size: int) -> _End:
        return cls(float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.2, 0.48)) * size)


def _ended(
    pixels: Pixels, end: _End | None, maker: PageMaker, rng: np.random.Generator
) -> tuple[Pixels, Map]:
    """Show something else beyond the edge, each time at a slightly other place.

    Returns:
        The page, and (s, s) float32 where the product is not.
    """
    whole = pixels.shape[0]
    inner = slice(MARGIN, whole - MARGIN)
    if end is None:
        return pixels, np.zeros((whole - 2 * MARGIN,) * 2, np.float32)
    x, y = np.meshgrid(*(np.arange(whole, dtype=np.float32) - whole / 2,) * 2)
    away = x * np.cos(end.angle) + y * np.sin(end.angle) - end.far + rng.normal(0, 3)
    other = (
        maker.photo(rng) if rng.random() < 0.5 else np.full_like(pixels, rng.integers(0, 256, 3))
    )
    share = np.clip(away + 0.5, 0, 1)[..., None]
    shown = np.rint(pixels * (1 - share) + other * share).astype(np.uint8)
    return shown, np.asarray((away > -1)[inner, inner], np.float32)


def _with_variation(altered: Pixels, page: Page, own: tuple[Item, ...]) -> Pixels:
    """Carry what varies from piece to piece over to an altered page."""
    if not any(item.varies for item in own):
        return altered
    usual, varied = page.composed(), page.composed(own)
    changed = cv2.absdiff(usual, varied).max(axis=2) > 0
    return np.asarray(np.where(changed[..., None], varied, altered), np.uint8)


def _shot(
    page: Pixels, view: View, seed: int, maker: PageMaker
) -> tuple[Pixels, Map, NDArray[np.uint8]]:
    """Photograph a page and lay the photo back on the frame.

    Returns:
        The picture (s, s, 3), where something opaque covers it (s, s) float32, and where the
        photo shows the page (s, s) uint8.
    """
    rng = np.random.default_rng(seed)
    whole = page.shape[0]
    size = whole - 2 * MARGIN
    there = _camera_matrix(whole, view, rng)
    side = round((size + MARGIN) * view.scale) + 8
    soft: NDArray[Any] = page
    if view.scale < 0.9:
        soft = cv2.GaussianBlur(page, (0, 0), 0.42 / view.scale)
    scene = cv2.warpPerspective(
        soft, there, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    light = scene.astype(np.float32)
    if view.faded:
        light += (light.mean(axis=2, keepdims=True) - light) * view.faded
    if view.mirror:
        light += _reflection(maker, side, view.mirror, rng)
    opaque = np.zeros((side, side), np.float32)
    if view.film:
        shine = _film(side, view.scale, view.film, rng)[..., None]
        light += (255 - light) * shine
        opaque = np.asarray(shine[..., 0] > _WASHED, np.float32)
    for _ in range(view.fingers):
        _finger(light, opaque, view.scale, rng)
    for _ in range(view.things):
        _thing(light, opaque, view.scale, maker, rng)
    exposed = expose(np.clip(light, 0, 255).astype(np.uint8), view.optics, rng)
    places, visible = _places(there, size, side, view, rng)
    recorded = _toned(exposed.pixels, view.cast) if view.cast else exposed.pixels
    laid = cv2.remap(
        recorded, places[..., 0], places[..., 1], cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    covered = np.maximum(opaque, exposed.hidden.astype(np.float32))
    covered = cv2.remap(covered, places[..., 0], places[..., 1], cv2.INTER_LINEAR)
    return np.asarray(laid, np.uint8), np.asarray(covered, np.float32), visible


def _camera_matrix(whole: int, view: View, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the homography from page to camera pixels."""
    half = whole / 2
    size = whole - 2 * MARGIN
    side = round((size + MARGIN) * view.scale) + 8
    corners = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    angle = np.radians(view.turn_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    placed = corners @ turn.T * view.scale
    placed *= 1 + rng.uniform(-1, 1, (4, 1)) * view.tilt * 0.5
    source = (corners + half).astype(np.float32)
    target = (placed + side / 2).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(source, target), np.float64)


def _places(
    there: NDArray[np.float64],
    size: int,
    side: int,
    view: View,
    rng: np.random.Generator,
) -> tuple[_Field, NDArray[np.uint8]]:
    """Return the camera pixel of each frame pixel, slightly wrong, and which the photo shows."""
    grid = np.arange(size, dtype=np.float32) + MARGIN
    x, y = np.meshgrid(grid, grid)
    smooth = rng.normal(0, 1, (2, 4, 4)).astype(np.float32)
    wrong = [cv2.resize(field, (size, size), interpolation=cv2.INTER_CUBIC) for field in smooth]
    most = max(1e-3, float(np.hypot(*wrong).max()))
    x, y = x + wrong[0] * (view.miss / most), y + wrong[1] * (view.miss / most)
    homogeneous = there @ np.stack([x.ravel(), y.ravel(), np.ones(x.size)])
    at = (homogeneous[:2] / homogeneous[2]).T.reshape(size, size, 2).astype(np.float32)
    inside = (at > 0.5).all(axis=2) & (at < side - 1.5).all(axis=2)
    visible = inside.astype(np.uint8)
    if view.cut:
        angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(0.15, 0.48) * size
        middle = MARGIN + size / 2
        visible[(x - middle) * np.cos(angle) + (y - middle) * np.sin(angle) > far] = 0
    return at, visible


def _reflection(maker: PageMaker, side: int, strength: float, rng: np.random.Generator) -> _Field:
    scene: _Field = cv2.resize(maker.photo(rng), (side, side)).astype(np.float32)
    scene = cv2.GaussianBlur(scene, (0, 0), float(rng.uniform(0.5, 8)))
    fade = cv2.resize(
        rng.random((3, 3)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC
    )
    return np.asarray(scene * (np.clip(fade * 1.8 - 0.5, 0, 1) * strength)[..., None])


def _film(side: int, scale: float, strength: float, rng: np.random.Generator) -> _Field:
    """Return the share of white on crumpled clear film: ridges that run roughly one way."""
    cells = max(3, round(side / scale / rng.uniform(14, 50)))
    long = float(rng.uniform(1.5, 5))
    grown = 2 * side
    ridges: _Field = np.zeros((grown, grown), np.float32)
    for octave in range(3):
        across, down = cells * 2**octave * 2, max(2, round(cells * 2**octave * 2 / long))
        grid = rng.random((across, down), dtype=np.float32)
        ridges += cv2.resize(grid, (grown, grown), interpolation=cv2.INTER_CUBIC) / 2**octave
    ridges = (ridges - ridges.mean()) / ridges.std()
    ridges = np.exp(-np.abs(ridges - rng.uniform(-0.5, 1.2)) * rng.uniform(2, 9))
    turn: _Field = cv2.getRotationMatrix2D((side, side), float(rng.uniform(0, 360)), 1.0)
    turn[:, 2] -= side / 2
    turned = cv2.warpAffine(ridges, turn, (side, side), flags=cv2.INTER_LINEAR)
    where = cv2.resize(
        rng.random((3, 3), dtype=np.float32), (side, side), interpolation=cv2.INTER_CUBIC
    )
    return np.asarray(np.clip(turned * strength * np.clip(2.2 * where - 0.7, 0, 1), 0, 1))


def _finger(light: _Field, opaque: _Field, scale: float, rng: np.random.Generator) -> None:
    """Lay a fingertip on the picture, in place."""
    side = light.shape[0]
    radius = rng.uniform(14, 44) * scale
    angle = rng.uniform(0, 2 * np.pi)
    heading = np.array([np.cos(angle), np.sin(angle)])
    root = side / 2 + heading * side * 0.75
    tip = side / 2 + heading * side * rng.uniform(0.05, 0.45)
    tip = tip + rng.normal(0, 0.2 * side, 2)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    along = root - tip
    t = np.clip(((x - tip[0]) * along[0] + (y - tip[1]) * along[1]) / (along @ along), 0, 1)
    off = np.hypot(x - tip[0] - t * along[0], y - tip[1] - t * along[1]) / (radius * (1 + 0.4 * t))
    skin = np.array((226, 172, 142), np.float32) * rng.uniform(0.3, 1.1) * rng.uniform(0.9, 1.1, 3)
    tone = skin * (0.4 + 0.6 * np.sqrt(np.clip(1 - off**2, 0, 1)))[..., None]
    alpha = np.clip((1 - off) * radius / 2.5 + 0.5, 0, 1)
    light *= (1 - np.clip(1.4 - off, 0, 1) * rng.uniform(0.1, 0.5))[..., None]
    light += (tone - light) * alpha[..., None]
    np.maximum(opaque, alpha, out=opaque)


def _thing(
    light: _Field, opaque: _Field, scale: float, maker: PageMaker, rng: np.random.Generator
) -> None:
    """Lay a cable, or a corner of something else, on the picture, in place."""
    side = light.shape[0]
    mask = np.zeros((side, side), np.uint8)
    if rng.random() < 0.5:
        ends = rng.uniform(-0.2, 1.2, (4, 2)) * side
        t = np.linspace(0, 1, 40)[:, None]
        curve = (1 - t) ** 3 * ends[0] + 3 * t * (1 - t) ** 2 * ends[1]
        curve = curve + 3 * t**2 * (1 - t) * ends[2] + t**3 * ends[3]
        thick = max(2, round(rng.uniform(2.5, 10) * scale))
        cv2.polylines(mask, [np.rint(curve).astype(np.int32)], False, 255, thick, cv2.LINE_AA)
        tone: Any = rng.uniform(10, 235) * np.ones(3)
    else:
        centre = rng.uniform(0, 1, 2) * side
        box = cv2.boxPoints(
            (
                centre.tolist(),
                (rng.uniform(0.2, 0.9, 2) * side).tolist(),
                float(rng.uniform(0, 180)),
            )
        )
        edge = (centre - side / 2) / max(1.0, float(np.linalg.norm(centre - side / 2)))
        cv2.fillConvexPoly(
            mask, np.rint(box + edge * side * 0.4).astype(np.int32), 255, cv2.LINE_AA
        )
        tone = cv2.resize(maker.photo(rng), (side, side)).astype(np.float32)
    alpha = mask.astype(np.float32) / 255
    shade = cv2.GaussianBlur(np.roll(alpha, 2, (0, 1)), (0, 0), 3.0 * max(0.5, scale))
    light *= (1 - 0.35 * shade)[..., None]
    light += (tone - light) * alpha[..., None]
    np.maximum(opaque, alpha, out=opaque)


def _bolder(page: Pixels) -> Pixels:
    return np.asarray(cv2.erode(page, np.ones((3, 3), np.uint8)), np.uint8)


def _hidden(clean: Pixels, genuine: Pixels, probe: Pixels, covered: Map) -> Map:
    """Return where a change could not be seen: covered, or a probe that left no trace."""
    size = genuine.shape[0]
    inner = clean[MARGIN : MARGIN + size, MARGIN : MARGIN + size]
    thicker = _bolder(clean)[MARGIN : MARGIN + size, MARGIN : MARGIN + size]
    before = _mean(inner.astype(np.float32) - thicker)
    after = _mean(genuine.astype(np.float32) - probe)
    lost = (before > _WAS_SEEN) & (after < np.minimum(_STILL_SEEN, 0.25 * before))
    lost = cv2.morphologyEx(lost.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return np.asarray(np.maximum(covered, lost.astype(np.float32)), np.float32)


def _mean(values: _Field) -> Map:
    return np.asarray(np.abs(cv2.blur(values, (_REACH, _REACH))).max(axis=2), np.float32)


def _shown_difference(genuine: Pixels, altered: Pixels) -> Map:
    apart = cv2.GaussianBlur(altered.astype(np.float32) - genuine, (0, 0), 1.2)
    strongest = np.abs(apart).max(axis=2)
    strongest = cv2.dilate(strongest, np.ones((3, 3), np.uint8))
    return np.asarray(1 / (1 + np.exp(-(strongest - _FAINT) / _SOFT)), np.float32)


def _laid_mask(mask: Map, size: int) -> Map:
    inner = mask[MARGIN : MARGIN + size, MARGIN : MARGIN + size]
    return np.asarray(cv2.dilate(inner, np.ones((5, 5), np.uint8)), np.float32)
