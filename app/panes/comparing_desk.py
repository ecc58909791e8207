"""The comparing area: every view of one suspect and its reference on one viewport."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.panes.pointing import Pointing
from app.tasks import Lane, Ticket, run
from app.views.blink import BlinkView
from app.views.channel_cache import ChannelCache
from app.views.contact_sheet import ContactSheetView
from app.views.difference import DifferenceView
from app.views.heat_map import HeatMapView
from app.views.onion_skin import OnionSkinView
from app.views.pages import Pages
from app.views.pixels import picture_from_pixels
from app.views.side_by_side import SideBySideView
from app.views.swipe import SwipeView
from app.views.viewing import Pair, PictureChannel, Viewing, ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from app.panes.workbench import OtherReference
    from app.views.canvas import PictureCanvas
    from app.views.contact_sheet import SheetPicture
    from app.views.pair_view import PairView
    from app.views.pixels import Picture
    from app.views.scene import Scene
    from app.views.viewport import Viewport
    from vision import Comparison, Matrix

    SheetMaker = Callable[[Comparison], Generator[None, None, tuple[SheetPicture, ...]]]

_IN_COLOUR: tuple[ViewKind, ...] = (ViewKind.DIFFERENCE, ViewKind.HEAT_MAP)
_MEASURED: tuple[ViewKind, ...] = (*_IN_COLOUR, ViewKind.CONTACT_SHEET)  # of all references


class ComparingDesk(QWidget):
    """Shows one scene in the view that was chosen; side by side, where no other one is possible.

    `region_chosen` tells the number of a clicked region; `viewing_changed` that another view,
    channel or amount is in use. Regions are drawn side by side only: `region_drawn` tells what was
    drawn (see `Drawn`), `drawing_ended` that the pencil was put down.

    Args:
        sheet_of: lays the references of a comparison on its frame, on the MODEL lane.
    """

    region_chosen = Signal(int)
    region_drawn = Signal(object)
    drawing_ended = Signal()
    viewing_changed = Signal()

    def __init__(self, sheet_of: SheetMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet_of = sheet_of
        self.side_by_side = SideBySideView()
        viewport = self.side_by_side.frame_viewport
        self.swipe, self.blink = SwipeView(viewport), BlinkView(viewport)
        self.onion_skin = OnionSkinView(viewport)
        self.difference, self.heat_map = DifferenceView(viewport), HeatMapView(viewport)
        self.sheet = ContactSheetView(viewport)
        self._views: dict[ViewKind, PairView | ContactSheetView] = {
            ViewKind.SWIPE: self.swipe,
            ViewKind.BLINK: self.blink,
            ViewKind.ONION_SKIN: self.onion_skin,
            ViewKind.DIFFERENCE: self.difference,
            ViewKind.HEAT_MAP: self.heat_map,
            ViewKind.CONTACT_SHEET: self.sheet,
        }
        self._wanted, self._channel = ViewKind.SIDE_BY_SIDE, PictureChannel.COLOUR
        self._scene: Scene | None = None
        self._own: Picture | None = None  # the reference that was compared with
        self._other: OtherReference | None = None
        self._hatch_shown, self._marks_shown = True, True
        self.is_fitted = True  # until a person moves the picture
        self.region_spot = QPointF(), 0.0  # centre and scale at which a region was shown
        self._fitting, self._fitted_at = False, self.size()
        self._laid_for: Comparison | None = None
        self._genuine: tuple[SheetPicture, ...] | None = None
        self._as_fine: Picture | None = None
        self._laying: Ticket | None = None
        self.channels = ChannelCache(self)
        self.channels.arrived.connect(self._show_in_channel)
        self.pages = Pages((self.side_by_side, *self._views.values()))
        self.pointing = Pointing(self.side_by_side, self.pages, self._canvases)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.pages, 1)
        stack.addWidget(self.pointing.bar)
        self._connect()

    def _connect(self) -> None:
        self.side_by_side.region_chosen.connect(self.region_chosen)
        self.side_by_side.region_drawn.connect(self.region_drawn)
        self.side_by_side.drawing_ended.connect(self.drawing_ended)
        for view in self._views.values():
            view.region_chosen.connect(self.region_chosen)
            if view.dial is not None:
                view.dial.changed.connect(self._on_dial_changed)
            for canvas in view.canvases:
                self._take_in(canvas)
        self.heat_map.channel_changed.connect(self.viewing_changed)
        self.sheet.cells_made.connect(self._on_cells_made)
        for canvas in (self.side_by_side.suspect, self.side_by_side.reference):
            self._take_in(canvas)
        self.frame_viewport.changed.connect(self._on_moved)

    def _take_in(self, canvas: PictureCanvas) -> None:
        canvas.fit_wished.connect(self.fit)
        self.pointing.take_in(canvas)

    def _on_cells_made(self, cells: tuple[PictureCanvas, ...]) -> None:
        for cell in cells:
            self._take_in(cell)

    def _canvases(self) -> tuple[PictureCanvas, ...]:
        """Every canvas of every view."""
        singles = [canvas for view in self._views.values() for canvas in view.canvases]
        return (self.side_by_side.suspect, self.side_by_side.reference, *singles)

    def ruled_canvases(self) -> tuple[PictureCanvas, ...]:
        """The canvases that rulers fit on: the small ones of the contact sheet are left out."""
        pairs = [view for kind, view in self._views.items() if kind is not ViewKind.CONTACT_SHEET]
        singles = [canvas for view in pairs for canvas in view.canvases]
        return (self.side_by_side.suspect, self.side_by_side.reference, *singles)

    @property
    def matrix(self) -> Matrix | None:
        """Maps photo pixels to reference pixels; None where the two are not laid together."""
        return self._scene.matrix if self._scene is not None else None

    @property
    def frame_viewport(self) -> Viewport:
        """Scale and centre in reference pixels, of all views."""
        return self.side_by_side.frame_viewport

    @property
    def suspect(self) -> PictureCanvas:
        """The left canvas of the pictures side by side."""
        return self.side_by_side.suspect

    @property
    def reference(self) -> PictureCanvas:
        """The right canvas of the pictures side by side."""
        return self.side_by_side.reference

    @property
    def kind(self) -> ViewKind:
        """The view that is seen, which may not be the one that was chosen."""
        return self._wanted if self.is_pair else ViewKind.SIDE_BY_SIDE

    @property
    def wanted(self) -> ViewKind:
        """The view that was chosen, also where it cannot be seen now."""
        return self._wanted

    @property
    def is_pair(self) -> bool:
        """Whether suspect and reference lie on each other."""
        scene = self._scene
        return scene is not None and scene.aligned is not None and scene.reference is not None

    @property
    def has_scene(self) -> bool:
        """Whether there is anything to look at."""
        return self._scene is not None

    @property
    def channel(self) -> PictureChannel:
        """What of the pictures is seen; measured views are always of the colours."""
        return PictureChannel.COLOUR if self.kind in _IN_COLOUR else self._channel

    @property
    def channels_ready(self) -> bool:
        """Whether both pictures are seen in the channel that was chosen."""
        scene = self._scene
        return scene is None or self._in_channel(scene) is not scene or self._is_in_colour

    @property
    def _is_in_colour(self) -> bool:
        return self.channel is PictureChannel.COLOUR

    @property
    def viewing(self) -> Viewing:
        """The setting of now, for the record."""
        view = self._views.get(self.kind)
        amount = view.dial.amount if view is not None and view.dial is not None else None
        evidence = self.heat_map.channel if self.kind is ViewKind.HEAT_MAP else None
        sees_other = self._other is not None and self.kind not in _MEASURED
        other = self._other.sha256 if sees_other and self._other is not None else ""
        return Viewing(self.kind, self.channel, amount, evidence, other)

    def show_scene(self, scene: Scene | None, names: tuple[str, str] | None = None) -> None:
        """Show another inspection; the whole of it is in view at first.

        `names` are the product and side of the reference.
        """
        self._scene, self._other = scene, None
        self._own = scene.reference if scene is not None else None
        self.channels.clear()
        self.pointing.show_scene(scene)
        self.side_by_side.show_scene(scene, names)
        for kind, view in self._views.items():
            view.set_current(0)
            if kind is not self.kind:  # those that are not seen hold no pictures of another photo
                view.show_pair(None)
        self._show_kind()
        self.fit()
        QTimer.singleShot(0, self, self._fit_if_untouched)

    def sharpen(self, photo: Picture) -> None:
        """Show a sharper picture of the same photo; what is in view stays in view."""
        if self._scene is not None:
            self._scene = self._scene.with_photo(photo)
            self.pointing.swap(self._scene)
            self._show_in_channel()

    def show_reference(self, other: OtherReference | None) -> None:
        """Show another genuine reference, or the one that was compared with; the spot is kept."""
        if self._scene is None or (other is None and self._other is None):
            return
        self._other = other
        shown = other.picture if other is not None else self._own
        self._scene = replace(self._scene, reference=shown)
        self.pointing.swap(self._scene)
        self.side_by_side.tell_which(other.which if other is not None else "")
        self._show_in_channel()
        self.viewing_changed.emit()

    def take_marks(self, scene: Scene) -> None:
        """Show the marks of `scene`, of the same inspection, in every view."""
        if self._scene is not None:
            self._scene = self._scene.with_marks_of(scene)
            self.pointing.swap(self._scene)
            self._show_in_channel()

    def choose(self, kind: ViewKind) -> None:
        """Look at the pair in another way, at the same spot and as large."""
        self._wanted = kind
        self._show_kind()
        if self.kind is not ViewKind.SIDE_BY_SIDE:
            self.drawing_ended.emit()

    def set_drawing(self, wanted: bool, *, on_reference: bool = True) -> None:
        """Give the mouse a pencil for regions, side by side, or take it away."""
        if wanted:
            self.choose(ViewKind.SIDE_BY_SIDE)
        self.side_by_side.set_drawing(wanted, on_reference=on_reference)

    def focus_picture(self) -> None:
        """Let the keys go to the picture that is seen."""
        (self._views.get(self.kind) or self.suspect).setFocus()

    def choose_channel(self, channel: PictureChannel) -> None:
        """Look at another channel of both pictures."""
        self._channel = channel
        self._show_in_channel()
        self.viewing_changed.emit()

    def turn_dial(self, by: int) -> None:
        """Adjust the amount of the view that is seen by so many steps."""
        view = self._views.get(self.kind)
        if view is not None:
            view.turn(by)

    @property
    def has_dial(self) -> bool:
        """Whether the view that is seen has an amount to adjust."""
        view = self._views.get(self.kind)
        return view is not None and view.can_turn

    def set_as_taken(self, wanted: bool) -> None:
        """Show the suspect side by side as photographed, or laid on the reference."""
        self.side_by_side.set_as_taken(wanted)
        self.pointing.show_lock()
        self.viewing_changed.emit()

    def set_hatch_shown(self, wanted: bool) -> None:
        """Show or hide what could not be judged; the measured views always show it."""
        self._hatch_shown = wanted
        self.side_by_side.set_hatch_shown(wanted)
        self._show_in_channel()

    def set_marks_shown(self, wanted: bool) -> None:
        """Show or hide outlines and numbers."""
        self._marks_shown = wanted
        self.side_by_side.set_marks_shown(wanted)
        self._show_in_channel()

    def show_region(self, number: int) -> None:
        """Bring a region out and put it in the middle of every view; 0 brings none out."""
        self.side_by_side.show_region(number)
        for view in self._views.values():
            view.set_current(number)
        if number:
            self.region_spot = self.frame_viewport.centre, self.frame_viewport.scale

    def fit(self) -> None:
        """Show the whole pair in the view that is seen."""
        self._fitting = True
        view = self._views.get(self.kind)
        if view is None:
            self.side_by_side.fit()
        else:
            view.fit()
        self._fitting = False
        self.is_fitted, self._fitted_at = True, self.size()

    def show_real_pixels(self) -> None:
        """One pixel of the reference (or of the photo alone) on one pixel of the screen."""
        self.side_by_side.show_real_pixels()

    def zoom(self, factor: float) -> None:
        """Zoom about the middle."""
        self.side_by_side.zoom(factor)

    def _show_kind(self) -> None:
        kind = self.kind
        self._show_in_channel()
        self.pages.show_page(self._views.get(kind) or self.side_by_side)
        if kind is ViewKind.CONTACT_SHEET:
            self._lay_sheet()
        self.viewing_changed.emit()

    def _show_in_channel(self) -> None:
        """Give the view that is seen its pictures; in colour while the channel is being made."""
        scene = self._scene
        if scene is None:
            for view in self._views.values():
                view.show_pair(None)
            return
        if self.kind in _IN_COLOUR and self._other is not None:  # what they show was measured
            scene = replace(scene, reference=self._own)
        shown = self._in_channel(scene)
        self.pointing.set_pictures(shown.aligned, shown.reference)
        self.side_by_side.swap(shown)
        seen = self._views.get(self.kind)
        if seen is not None:
            seen.show_pair(self._pair(shown))
        if self.kind is ViewKind.CONTACT_SHEET:
            self._show_sheet()

    def _in_channel(self, scene: Scene) -> Scene:
        channel = self.channel
        if self._is_in_colour:
            return scene
        self.channels.want((scene.aligned, scene.reference, scene.photo), channel)
        photo = self.channels.have(scene.photo, channel)
        aligned = scene.aligned and self.channels.have(scene.aligned, channel)
        reference = scene.reference and self.channels.have(scene.reference, channel)
        both = (aligned or not scene.aligned) and (reference or not scene.reference)
        if not both:  # never one picture in one channel and one in another
            return scene
        return replace(scene, photo=photo or scene.photo, aligned=aligned, reference=reference)

    def _pair(self, scene: Scene) -> Pair:
        shows_hatch = self._hatch_shown or self.kind in _IN_COLOUR
        return Pair(
            scene.aligned,
            scene.reference,
            scene.aligned_marks if self._marks_shown else (),
            scene.reference_marks if self._marks_shown else (),
            scene.hatch if shows_hatch else None,
            scene.focus,
            scene.comparison,
            self._other.which if self._other is not None else "",
        )

    def _lay_sheet(self) -> None:
        """Ask for the laid references of the comparison, once."""
        comparison = self._scene.comparison if self._scene is not None else None
        if comparison is None or comparison is self._laid_for:
            return
        if self._laying is not None:
            self._laying.cancel()
        self._laid_for, self._genuine = comparison, None
        self._show_sheet()
        self._laying = run(
            self._sheet_of(comparison),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_laid,
            on_failed=self._on_not_laid,
            urgent=True,
        )

    def _on_laid(self, pictures: tuple[SheetPicture, ...]) -> None:
        self._laying = None
        self._genuine = pictures
        laid = self._laid_for
        if laid is not None:
            scale, origin = laid.frame_scale, laid.frame_origin
            self._as_fine = picture_from_pixels(laid.aligned, scale=scale, origin=origin)
        self._show_sheet()

    def _on_not_laid(self, _error: Exception) -> None:
        self._on_laid(())

    def _show_sheet(self) -> None:
        genuine = self._genuine if self._is_laid_for_scene else None
        if not genuine:
            self.sheet.show_genuine(genuine)
            return
        pictures = (self._as_fine, *(each.picture for each in genuine))
        self.channels.want(pictures, self.channel)
        made = [each and self.channels.have(each, self.channel) for each in pictures]
        if None in made:  # never one picture in one channel and one in another
            made = list(pictures)
        suspect, *others = made
        shown = [
            replace(each, picture=other or each.picture)
            for each, other in zip(genuine, others, strict=True)
        ]
        self.sheet.show_genuine(tuple(shown), suspect)

    @property
    def _is_laid_for_scene(self) -> bool:
        return self._scene is not None and self._scene.comparison is self._laid_for

    def _on_dial_changed(self, _amount: float) -> None:
        self.viewing_changed.emit()

    def _on_moved(self) -> None:
        if not self._fitting and not self.side_by_side.is_fitting:
            self.is_fitted = False

    def _fit_if_untouched(self) -> None:
        """Fit again after the window has another size, unless a person has moved the picture."""
        if self.is_fitted and self.size() != self._fitted_at:
            self.fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit_if_untouched)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_if_untouched)
