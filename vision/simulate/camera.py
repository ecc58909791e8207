"""Simulated photographs: artwork on a box or pouch, on a table, through a faulty camera.

Lengths of blur and sharpening are in thousandths of the photo's longer side, so that one Camera
acts alike at any size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.simulate.exposure import expose
from vision.simulate.optics import Optics
from vision.simulate.surfaces import cast_shadow, scatter, surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Mask, Matrix, Pixels, Points

_FOCAL = 1.35  # in longer sides of the photo: a telephone at 1.5 times
_STEPS = 12  # of the fixed point that follows a bend


@dataclass(frozen=True, slots=True)
class Camera:
    """One way of taking a photo: where the product lies, what light and camera do (`optics`).

    `fill` is the share of the frame that the product spans on its tighter side (above 1: cut
    off); `shift_x` and `shift_y` in frame sizes; `depth` the thickness of the box and `bend` the
    sag, both in parts of its width; `crumple` the height of irregular folds in parts of the
    width.
    """

    width: int = 1000
    height: int = 750
    fill: float = 0.86
    turn_deg: float = 0.0
    tilt_x_deg: float = 0.0
    tilt_y_deg: float = 0.0
    shift_x: float = 0.0
    shift_y: float = 0.0
    depth: float = 0.12
    bend: float = 0.0
    crumple: float = 0.0
    ground: str = "wood"
    clutter: int = 3
    optics: Optics = field(default_factory=Optics)


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A simulated photo.

    `pixels` (H, W, 3); `matrix` (3, 3) the homography from artwork to photo pixels of the unbent
    sheet; `hidden` (H, W) True where glare or something opaque covers what lies there; `waves`
    describes the bend (empty where flat).
    """

    pixels: Pixels
    matrix: Matrix
    hidden: Mask
    waves: NDArray[np.float64]
    extent: tuple[int, int]

    def to_photo(self, points: Points) -> Points:
        """Map artwork points (N, 2) to photo points, bend included."""
        start = np.asarray(points, np.float64).reshape(-1, 2)
        bent = start
        for _ in range(_STEPS if self.waves.size else 0):
            bent = start + _bend_at(bent, self.waves, self.extent)
        mapped = np.column_stack([bent, np.ones(len(bent))]) @ self.matrix.T
        result: Points = mapped[:, :2] / mapped[:, 2:]
        return result

    def box_of(self, mask: Mask) -> tuple[int, int, int, int]:
        """Bound in photo pixels what `mask` (of the artwork) marks; clipped to the photo."""
        ys, xs = np.nonzero(mask)
        points = self.to_photo(np.column_stack([xs, ys]).astype(np.float64))
        height, width = self.pixels.shape[:2]
        x0, y0 = np.clip(np.floor(points.min(axis=0)), 0, (width, height))
        x1, y1 = np.clip(np.ceil(points.max(axis=0)) + 1, 0, (width, height))
        return int(x0), int(y0), int(x1), int(y1)


def sample_camera(
    rng: np.random.Generator, *, width: int = 1000, height: int = 750, hardness: float = 1.0
) -> Camera:
    """Draw a camera: 0 is a careful photographer, 1 an ordinary one, 2 a careless one."""
    h = hardness
    pouch = rng.random() < 0.35
    return Camera(
        width,
        height,
        fill=float(rng.uniform(0.84, 0.94)),
        turn_deg=float(rng.normal(0, 3.5 * h)),
        tilt_x_deg=float(rng.normal(0, 6.0 * h)),
        tilt_y_deg=float(rng.normal(0, 7.0 * h)),
        shift_x=float(rng.normal(0, 0.012)),
        shift_y=float(rng.normal(0, 0.012)),
        depth=0.0 if pouch else float(rng.uniform(0.08, 0.22)),
        bend=float(rng.uniform(-0.012, 0.012)) * h if pouch else 0.0,
        ground=("wood", "cloth", "stone", "paper", "felt")[int(rng.integers(5))],
        clutter=int(rng.integers(0, 6)),
        optics=Optics.sample(rng, h),
    )


def photograph(
    artwork: Pixels, camera: Camera, rng: np.random.Generator, *, scene: Pixels | None = None
) -> Shot:
    """Take a photo of artwork.

    Args:
        artwork: (h, w, 3) uint8, the printed sheet.
        camera: how.
        rng: decides texture, clutter, the shape of glare and folds, and noise; the same state
            gives the same photo.
        scene: (H, W, 3) what lies there already; default: a table with `camera.clutter` on it.

    Returns:
        The photo with the true mapping from artwork to photo.
    """
    extent = (artwork.shape[1], artwork.shape[0])
    pose = _pose(camera, extent)
    waves = _waves(camera, rng)
    size = (camera.width, camera.height)
    corners = _projected(pose, _corners(extent))
    if scene is None:
        scene = surface(camera.ground, size, rng)
        scatter(scene, corners, camera.clutter, rng)
    else:
        scene = scene.copy()
    far = _projected(pose, _corners(extent, z=camera.depth * extent[0]))
    cast_shadow(scene, np.concatenate([corners, far]), rng)
    _draw_sides(scene, artwork, corners, far)
    matrix = pose[:, [0, 1, 3]]
    _lay(scene, artwork, matrix, waves)
    exposed = expose(scene, camera.optics, rng, corners=corners)
    return Shot(exposed.pixels, matrix / matrix[2, 2], exposed.hidden, waves, extent)


def _corners(extent: tuple[int, int], z: float = 0.0) -> NDArray[np.float64]:
    w, h = extent
    edge = [(-0.5, -0.5), (w - 0.5, -0.5), (w - 0.5, h - 0.5), (-0.5, h - 0.5)]
    return np.array([(x, y, z) for x, y in edge])


def _projected(pose: NDArray[np.float64], points: NDArray[np.float64]) -> Points:
    mapped = np.column_stack([points, np.ones(len(points))]) @ pose.T
    result: Points = mapped[:, :2] / mapped[:, 2:]
    return result


def _pose(camera: Camera, extent: tuple[int, int]) -> NDArray[np.float64]:
    """Return the (3, 4) projection of (x, y, z) in artwork pixels, z away from the viewer."""
    turn = _rotation(camera)
    focal = _FOCAL * max(camera.width, camera.height)
    centre = np.array([(extent[0] - 1) / 2, (extent[1] - 1) / 2, 0])
    inside = np.array(
        [[focal, 0, camera.width * (0.5 + camera.shift_x)],
         [0, focal, camera.height * (0.5 + camera.shift_y)],
         [0, 0, 1]]
    )  # fmt: skip
    distance = focal * max(extent[0] / camera.width, extent[1] / camera.height) / camera.fill
    pose = np.empty((3, 4))
    for _ in range(4):
        offset = np.array([0, 0, distance]) - turn @ centre
        pose = inside @ np.column_stack([turn, offset])
        spread = np.ptp(_projected(pose, _corners(extent)), axis=0)
        distance *= float((spread / (camera.width, camera.height)).max()) / camera.fill
    return pose


def _rotation(camera: Camera) -> NDArray[np.float64]:
    a, b, c = np.radians((camera.tilt_x_deg, camera.tilt_y_deg, camera.turn_deg))
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    result: NDArray[np.float64] = z @ x @ y
    return result


def _waves(camera: Camera, rng: np.random.Generator) -> NDArray[np.float64]:
    """Rows (dx, dy, kx, ky, phase): what one wave adds to a point, in parts of the width."""
    rows = []
    if camera.bend:
        rows.append((0.0, camera.bend, np.pi, 0.0, np.pi / 2))
    for i in range(7 if camera.crumple else 0):
        size = camera.crumple / (1 + i * 0.5)
        dx, dy = rng.normal(0, size, 2)
        kx, ky = rng.normal(0, 3.5 + 3 * i, 2)
        rows.append((dx, dy, kx, ky, rng.uniform(0, 2 * np.pi)))
    return np.array(rows, np.float64).reshape(-1, 5)


def _bend_at(
    points: NDArray[np.floating], waves: NDArray[np.float64], extent: tuple[int, int]
) -> NDArray[np.float64]:
    """How far a sheet point has moved, given where it now lies; both in artwork pixels."""
    width = extent[0]
    u = points / width - np.array([0.5, extent[1] / width / 2])
    moved = np.zeros(points.shape, np.float64)
    for dx, dy, kx, ky, phase in waves:
        swing = np.sin(u[..., 0] * kx + u[..., 1] * ky + phase)
        moved += swing[..., None] * np.array([dx, dy]) * width
    return moved


def _draw_sides(scene: Pixels, artwork: Pixels, near: Points, far: Points) -> None:
    """Draw the visible narrow faces of the box, in the colour of the nearest print, shaded."""
    if np.abs(near - far).max() < 0.5:
        return
    edges = (artwork[:4], artwork[:, -4:], artwork[-4:], artwork[:, :4])
    for i, shade in enumerate((1.06, 0.72, 0.55, 0.82)):
        j = (i + 1) % 4
        quad = np.array([near[i], near[j], far[j], far[i]])
        if cv2.contourArea(quad.astype(np.float32), oriented=True) > 0:
            continue
        colour = np.clip(np.median(edges[i].reshape(-1, 3), axis=0) * shade, 0, 255)
        points = np.round(quad * 16).astype(np.int32)
        cv2.fillConvexPoly(scene, points, colour.tolist(), cv2.LINE_AA, shift=4)


def _lay(scene: Pixels, artwork: Pixels, matrix: Matrix, waves: NDArray[np.float64]) -> None:
    """Draw the sheet over the scene, in place."""
    art, lift = _reduced(artwork, matrix)
    size = (scene.shape[1], scene.shape[0])
    solid = np.full(art.shape[:2], 255, np.uint8)
    total = matrix @ lift
    if waves.size:
        maps = _bent_maps(total, waves, (art.shape[1], art.shape[0]), size)
        drawn = cv2.remap(art, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        cover = cv2.remap(solid, *maps, cv2.INTER_LINEAR)
    else:
        drawn = cv2.warpPerspective(art, total, size, borderMode=cv2.BORDER_REPLICATE)
        cover = cv2.warpPerspective(solid, total, size)
    inside = cover == 255
    cv2.copyTo(drawn, inside.astype(np.uint8), scene)
    rim = (cover > 0) & ~inside
    share = cover[rim, None].astype(np.float32) / 255
    scene[rim] = np.round(scene[rim] * (1 - share) + drawn[rim] * share).astype(np.uint8)


def _reduced(artwork: Pixels, matrix: Matrix) -> tuple[Pixels, Matrix]:
    """Shrink artwork that is finer than the photo sees it; also the matrix back to its pixels."""
    height, width = artwork.shape[:2]
    corners = cv2.perspectiveTransform(
        np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64), matrix
    )[0]
    seen = float(np.sqrt(cv2.contourArea(corners.astype(np.float32)) / (width * height)))
    if seen > 0.8:
        return artwork, np.eye(3)
    size = (max(2, round(width * seen * 1.1)), max(2, round(height * seen * 1.1)))
    sx, sy = width / size[0], height / size[1]
    lift = np.array([[sx, 0, sx / 2 - 0.5], [0, sy, sy / 2 - 0.5], [0, 0, 1]])
    smaller = cv2.resize(artwork, size, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8), lift


def _bent_maps(
    matrix: Matrix, waves: NDArray[np.float64], extent: tuple[int, int], size: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each photo pixel looks on the sheet; a bend is smooth: computed coarsely, enlarged."""
    step = 8
    columns = np.arange(-step, size[0] + 2 * step, step, dtype=np.float64)
    rows = np.arange(-step, size[1] + 2 * step, step, dtype=np.float64)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1)
    flat = np.asarray(cv2.perspectiveTransform(grid, np.linalg.inv(matrix)), np.float64)
    sheet = (flat - _bend_at(flat, waves, extent)).astype(np.float32)
    to_coarse = np.array([[1 / step, 0, 1], [0, 1 / step, 1]], np.float64)
    finer = cv2.warpAffine(sheet, to_coarse, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return np.ascontiguousarray(finer[..., 0]), np.ascontiguousarray(finer[..., 1])
