"""A painted snapshot of each view: known artwork in, the computed colours of every patch out.

What is painted over the pictures (labels, legends, the handle) is told apart by its place: the
patches that it may cover are left out, so no letter of a font is compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from app import tasks
from app.panes.comparing_desk import ComparingDesk
from app.views.canvas import PictureCanvas
from app.views.classes import classified, faint_print, heated
from app.views.contact_sheet import sheet_picture
from app.views.loupe import Loupe
from app.views.pin_canvas import PinCanvas
from app.views.pixels import Picture, hatched, laid_on, picture_from_pixels
from app.views.scene import Mark, MarkKind, Scene
from app.views.theme import DIFFERS, PICTURE_GREY
from app.views.viewing import PictureChannel, ViewKind
from app.views.viewport import Viewport
from app.views.zone_canvas import ZoneCanvas
from tests.app.views.fingerprints import CELL, HEIGHT, WIDTH, artwork, fingerprint, patches, seen
from tests.app.views.pair_samples import comparison_of, rgb, square
from vision import LaidReference, colour_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from vision import Comparison

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("nothing_left_over"),
]

SUSPECT, GENUINE = artwork(), artwork(turned=2)
SCALE = 6.0
# What `fingerprint` makes of the suspect, stored: views that show it must give it back.
SUSPECT_PRINT = (
    "333300020002330111333300020002330111333300020002"
    "330111333300020002330111333300020002330111333300"
)


def compared() -> Comparison:
    excess = np.zeros((HEIGHT, WIDTH), np.float32)
    excess[CELL : 2 * CELL, CELL : 3 * CELL] = 2.0
    return comparison_of(SUSPECT, GENUINE, excess=excess)


def sheet_of(comparison: Comparison):
    yield
    laid = [
        LaidReference(comparison.reference, pixels, comparison.judged)
        for pixels in (GENUINE, artwork(turned=4))
    ]
    return tuple(sheet_picture(each, comparison) for each in laid)


def made_scene() -> Scene:
    """The photo is the suspect at three times its size, turned upside down; laid, it is upright."""
    photo = picture_from_pixels(np.kron(SUSPECT, np.ones((3, 3, 1), np.uint8))[::-1, ::-1])
    third = 1 / 3
    matrix = np.array(
        [[-third, 0, WIDTH - 0.5 - third / 2], [0, -third, HEIGHT - 0.5 - third / 2], [0, 0, 1.0]]
    )
    reference = picture_from_pixels(GENUINE)
    return Scene(
        photo,
        (),
        reference.levels[0],
        aligned=laid_on(photo, matrix, reference.area),
        reference=reference,
        matrix=matrix,
        comparison=compared(),
    )


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[ComparingDesk]:
    made = ComparingDesk(sheet_of)
    qtbot.addWidget(made)
    made.resize(1500, 560)
    made.show()
    qtbot.waitExposed(made)
    made.show_scene(made_scene())
    made.frame_viewport.show(QPointF(WIDTH / 2 - 0.5, HEIGHT / 2 - 0.5), SCALE)
    yield made
    assert tasks.stop(20)


def alike(found: np.ndarray, truth: np.ndarray, by: int = 2) -> np.ndarray:
    return (np.abs(found.astype(int) - truth.astype(int)) <= by).all(axis=2)


def test_the_artwork_is_what_it_was() -> None:
    assert fingerprint(patches(SUSPECT)) == SUSPECT_PRINT
    assert fingerprint(patches(SUSPECT)) != fingerprint(patches(GENUINE))


def test_side_by_side(desk: ComparingDesk) -> None:
    assert fingerprint(seen(desk.suspect)) == SUSPECT_PRINT
    assert alike(seen(desk.suspect), patches(SUSPECT)).all()
    assert alike(seen(desk.reference), patches(GENUINE)).all()


def test_side_by_side_as_taken(desk: ComparingDesk) -> None:
    desk.set_as_taken(True)
    image = desk.suspect.grab().toImage()
    for row in range(HEIGHT // CELL):
        for column in range(WIDTH // CELL):
            x, y = (column + 0.5) * CELL - 0.5, (row + 0.5) * CELL - 0.5
            turned = QPointF(3 * (WIDTH - 1 - x) + 1, 3 * (HEIGHT - 1 - y) + 1)
            at = desk.suspect.to_screen(turned)
            assert rgb(image, at.x(), at.y()) == tuple(patches(SUSPECT)[row, column])


def test_swipe(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.SWIPE)
    assert desk.swipe.dial is not None
    desk.swipe.dial.set_amount(0.5)
    found = seen(desk.swipe.canvas)
    middle = WIDTH // CELL // 2
    assert alike(found[1:, : middle - 1], patches(SUSPECT)[1:, : middle - 1]).all()
    assert alike(found[1:, middle + 1 :], patches(GENUINE)[1:, middle + 1 :]).all()


def test_blink(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.BLINK)
    desk.blink.toggle_pause()
    for _ in range(2):
        truth = SUSPECT if desk.blink.canvas.shows_suspect else GENUINE
        assert alike(seen(desk.blink.canvas), patches(truth)).all()
        desk.blink.canvas.flip()


def test_onion_skin(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.ONION_SKIN)
    assert desk.onion_skin.dial is not None
    for share in (0.0, 0.25, 0.5, 1.0):
        desk.onion_skin.dial.set_amount(share)
        truth = patches(SUSPECT) * share + patches(GENUINE) * (1 - share)
        assert alike(seen(desk.onion_skin.canvas), truth, by=4).all(), share


def test_difference(qtbot: QtBot, desk: ComparingDesk) -> None:
    desk.choose(ViewKind.DIFFERENCE)
    canvas = desk.difference.canvas
    qtbot.waitUntil(lambda: canvas.is_measured)
    comparison = compared()
    gap = colour_gap(comparison)
    truth = classified(faint_print(GENUINE), gap, comparison.judged, canvas.tolerance)
    assert alike(seen(canvas), patches(truth)).all()
    assert (patches(truth) == DIFFERS.getRgb()[:3]).all(axis=2).any()


def test_heat_map(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.HEAT_MAP)
    comparison = compared()
    truth = patches(heated(faint_print(GENUINE), comparison.excess, comparison.judged))
    assert alike(seen(desk.heat_map.canvas), truth).all()
    assert (truth == DIFFERS.getRgb()[:3]).all(axis=2).sum() == 2


def test_contact_sheet(qtbot: QtBot, desk: ComparingDesk) -> None:
    desk.choose(ViewKind.CONTACT_SHEET)
    qtbot.waitUntil(lambda: len(desk.sheet.canvases) == 3)
    desk.frame_viewport.show(desk.frame_viewport.centre, 4.0)
    wanted = (SUSPECT, GENUINE, artwork(turned=4))
    for canvas, truth in zip(desk.sheet.canvases, wanted, strict=True):
        assert alike(seen(canvas), patches(truth))[1:].all(), "the first row may lie below the name"


def test_a_channel(qtbot: QtBot, desk: ComparingDesk) -> None:
    desk.choose_channel(PictureChannel.GREEN)
    qtbot.waitUntil(lambda: desk.channels_ready)
    for canvas, pixels in ((desk.suspect, SUSPECT), (desk.reference, GENUINE)):
        green = patches(pixels)[..., 1:2].repeat(3, axis=2)
        assert alike(seen(canvas), green).all()


def test_the_loupe(qtbot: QtBot) -> None:
    """Three times as large as the view: the patch below the cursor fills the middle of a field."""
    over = PictureCanvas(Viewport())
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    loupe = Loupe(over)
    loupe.set_pictures(picture_from_pixels(SUSPECT), picture_from_pixels(GENUINE))
    loupe.follow(QPointF(2.5 * CELL - 0.5, 1.5 * CELL - 0.5), over.rect().center(), SCALE)
    image = loupe.grab().toImage()
    for share, pixels in ((0.25, SUSPECT), (0.75, GENUINE)):
        at = loupe.width() * share + 20, loupe.height() / 2 - 20
        assert rgb(image, *at) == tuple(patches(pixels)[1, 2])


def _canvas(qtbot: QtBot, made: PictureCanvas) -> PictureCanvas:
    qtbot.addWidget(made)
    made.resize(int(WIDTH * SCALE) + 40, int(HEIGHT * SCALE) + 40)
    made.viewport.show(QPointF(WIDTH / 2 - 0.5, HEIGHT / 2 - 0.5), SCALE)
    return made


def test_marks_and_hatch_lie_where_they_belong(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, PictureCanvas(Viewport(), fits_first=False))
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[:, : 2 * CELL] = True
    hatch = Picture((hatched(mask),), 1.0, WIDTH, HEIGHT)
    mark = Mark(MarkKind.REGION, square(5 * CELL, 2 * CELL, CELL), 1)
    white = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    canvas.show_picture(picture_from_pixels(white), (mark,), hatch=hatch)
    image = canvas.grab().toImage()
    assert not alike(seen(canvas)[:, :2], np.full((4, 2, 3), 255)).any(), "hatched"
    assert alike(seen(canvas)[:, 2:], np.full((4, 6, 3), 255)).all()
    assert _shows(image, canvas.to_screen(QPointF(5.6 * CELL, 3 * CELL)), DIFFERS.getRgb()[:3])
    assert rgb(image, 3, 3) == PICTURE_GREY.getRgb()[:3]


def test_zones_are_drawn_on_their_picture(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, ZoneCanvas(Viewport()))
    canvas.show_picture(picture_from_pixels(SUSPECT))
    assert alike(seen(canvas), patches(SUSPECT)).all()


def test_pins_leave_their_place_free_and_the_chosen_one_is_magnified(qtbot: QtBot) -> None:
    canvas = PinCanvas(Viewport())
    canvas = _canvas(qtbot, canvas)
    canvas.show_picture(picture_from_pixels(SUSPECT))
    chosen, other = (
        QPointF((column + 0.5) * CELL - 0.5, (row + 0.5) * CELL - 0.5)
        for row, column in ((1, 1), (2, 6))
    )
    canvas.set_pins((chosen, other, None), ("1", "2", "3"), 0)
    assert alike(seen(canvas), patches(SUSPECT)).all(), "crosses are open in the middle"
    image = canvas.grab().toImage()
    ring = QPointF(0.0, 8.0)
    assert _shows(image, canvas.to_screen(chosen) + ring, (0xFF, 0xC4, 0x00))
    assert _shows(image, canvas.to_screen(other) + ring, (0xD6, 0x00, 0x6C))
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    image = canvas.grab().toImage()
    corner = QPointF(canvas.width() - 30, canvas.height() - 30)
    assert rgb(image, corner.x(), corner.y()) == tuple(patches(SUSPECT)[1, 1]), "magnified"


def _shows(image: QImage, at: QPointF, colour: tuple[int, int, int]) -> bool:
    """Whether a line of this colour passes within three pixels."""
    room = QRectF(image.rect())
    around = [at + QPointF(x, y) for x in range(-3, 4) for y in range(-3, 4)]
    shown = [rgb(image, each.x(), each.y()) for each in around if room.contains(each)]
    return any(max(abs(a - b) for a, b in zip(one, colour, strict=True)) < 40 for one in shown)
