"""Suspect on the left, genuine reference on the right, both through one viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.side_words import product_and_side
from app.views.drawing_canvas import DrawingCanvas
from app.views.pair_view import CAPTION_HEIGHT
from app.views.region_marks import Drawn, DrawnOn
from app.views.scene import NUMBERED, Mark
from app.views.viewport import Bridge, Viewport

if TYPE_CHECKING:
    from app.views.canvas import PictureCanvas
    from app.views.pixels import Picture
    from app.views.scene import Scene
    from vision import Vertices

_REGION_FILLS: Final = 0.34


class SideBySideView(QWidget):
    """Two canvases that cannot drift apart.

    The suspect is shown laid on the reference, or as it was taken; then the two pictures have their
    own viewports, bridged by the alignment. `region_chosen` tells the number of a clicked region,
    `region_drawn` what a person drew (see `Drawn`), `drawing_ended` that the pencil was put down.
    """

    region_chosen = Signal(int)
    region_drawn = Signal(object)
    drawing_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame, self._photo = Viewport(self), Viewport(self)
        self._bridge: Bridge | None = None
        self._scene: Scene | None = None
        self._as_taken = False
        self._hatch_shown, self._marks_shown = True, True
        self._current = 0
        self._untouched = True
        self.suspect = DrawingCanvas(self._frame, fits_first=False)
        self.reference = DrawingCanvas(self._frame, fits_first=False)
        self._captions = QLabel(), QLabel()
        self._columns = self._column(0, self.suspect), self._column(1, self.reference)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for column in self._columns:
            row.addWidget(column, 1)
        self._connect()
        self._names: tuple[str, str] | None = None
        self._which = ""
        self._retranslate()
        self.show_scene(None)

    def _column(self, index: int, canvas: PictureCanvas) -> QWidget:
        column = QWidget()
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        caption = self._captions[index]
        caption.setObjectName("caption")
        caption.setContentsMargins(10, 0, 10, 0)
        caption.setFixedHeight(CAPTION_HEIGHT)
        caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        stack.addWidget(caption)
        stack.addWidget(canvas, 1)
        return column

    def _connect(self) -> None:
        for canvas in (self.suspect, self.reference):
            canvas.mark_chosen.connect(self.region_chosen)
            canvas.fit_wished.connect(self.fit)
            canvas.given_up.connect(self.drawing_ended)
        self.suspect.drawn.connect(self._on_suspect_drawn)
        self.reference.drawn.connect(self._on_reference_drawn)
        self.suspect.pointed.connect(self._on_suspect_pointed)
        self.reference.pointed.connect(self._on_reference_pointed)
        self._frame.changed.connect(self._on_moved)
        self._photo.changed.connect(self._on_moved)
        self._fitting = False

    @property
    def frame_viewport(self) -> Viewport:
        """Scale and centre in reference pixels."""
        return self._frame

    @property
    def is_fitting(self) -> bool:
        """Whether the viewport moves because the whole is being fitted, not by a person."""
        return self._fitting

    @property
    def is_as_taken(self) -> bool:
        """Whether the suspect is shown as it was photographed."""
        return self._as_taken or (self._scene is not None and self._scene.aligned is None)

    def show_scene(self, scene: Scene | None, names: tuple[str, str] | None = None) -> None:
        """Show another inspection; the whole of it is in view at first.

        `names` are the product and side of the reference.
        """
        self._scene, self._current, self._names, self._which = scene, 0, names, ""
        self._columns[1].setVisible(scene is not None and scene.reference is not None)
        self._lay_out()
        self.fit()
        QTimer.singleShot(0, self, self._fit_if_untouched)

    def tell_which(self, which: str) -> None:
        """Say which of the references is seen; empty for the one that was compared with."""
        self._which = which
        self._retranslate()

    def sharpen(self, photo: Picture) -> None:
        """Show a sharper picture of the same photo; what is in view stays in view."""
        if self._scene is not None:
            self.swap(self._scene.with_photo(photo))

    def swap(self, scene: Scene) -> None:
        """Show the same inspection in other pictures; what is in view stays in view."""
        if scene is self._scene:
            return
        self._scene = scene
        self._lay_out()
        self._follow_frame()

    def take_marks(self, scene: Scene) -> None:
        """Show the marks of `scene`, of the same inspection; what is in view stays in view."""
        if self._scene is not None:
            self._scene = self._scene.with_marks_of(scene)
            self._lay_out()
            self._follow_frame()

    def set_drawing(self, wanted: bool, *, on_reference: bool = True) -> None:
        """Give the mouse a pencil for regions, perhaps on the photo only, or take it away."""
        self.suspect.arm(wanted)
        self.reference.arm(wanted and on_reference)
        if wanted:
            self.suspect.setFocus()

    def _on_suspect_drawn(self, polygon: Vertices) -> None:
        on = DrawnOn.PHOTO if self.is_as_taken else DrawnOn.ALIGNED
        self.region_drawn.emit(Drawn(on, polygon))

    def _on_reference_drawn(self, polygon: Vertices) -> None:
        self.region_drawn.emit(Drawn(DrawnOn.REFERENCE, polygon))

    def set_as_taken(self, wanted: bool) -> None:
        """Show the suspect as photographed, or laid on the reference."""
        if wanted == self._as_taken:
            return
        self._as_taken = wanted
        self._lay_out()
        self._follow_frame()

    def _follow_frame(self) -> None:
        """Put the photo as taken where the reference is looked at."""
        if self._bridge is not None:
            self._bridge._on_second_changed()

    def set_hatch_shown(self, wanted: bool) -> None:
        """Show or hide what could not be judged."""
        self._hatch_shown = wanted
        self._lay_out()

    def set_marks_shown(self, wanted: bool) -> None:
        """Show or hide outlines and numbers."""
        self._marks_shown = wanted
        self._lay_out()

    def show_region(self, number: int) -> None:
        """Bring a region out and put it in the middle of both pictures; 0 brings none out."""
        self._current = number
        for canvas in (self.suspect, self.reference):
            canvas.set_current(number)
        if self._scene is None or not number:
            return
        if self._scene.aligned is not None:
            self._centre_on(self._frame, self._scene.reference_marks, number)
        else:
            self._centre_on(self._photo, self._scene.photo_marks, number)

    def _centre_on(self, viewport: Viewport, marks: tuple[Mark, ...], number: int) -> None:
        for mark in marks:
            if mark.kind in NUMBERED and mark.number == number and mark.polygon:
                box = QPolygonF([QPointF(x, y) for x, y in mark.polygon]).boundingRect()
                view = QSizeF(self.suspect.size()) * _REGION_FILLS
                wanted = min(
                    view.width() / max(box.width(), 8), view.height() / max(box.height(), 8)
                )
                viewport.show(box.center(), max(min(wanted, 4.0), self._whole_scale()))

    def _whole_scale(self) -> float:
        """The scale of the fitted view: going to a region never makes the picture smaller."""
        canvas = self.suspect if self._leading() is self._photo else self.reference
        return canvas.fitting_scale()

    def fit(self) -> None:
        """Show both pictures whole."""
        self._fitting = True
        if self._scene is None:
            pass
        else:
            if self._scene.aligned is None:
                self.suspect.fit()
            if self._scene.reference is not None:
                self.reference.fit()
        self._fitting = False
        self._untouched = True

    def show_real_pixels(self) -> None:
        """One pixel of the reference (or of the photo alone) on one pixel of the screen."""
        for viewport in self._leaders():
            viewport.show(viewport.centre, 1.0 / self.devicePixelRatioF())

    def zoom(self, factor: float) -> None:
        """Zoom about the middle."""
        for viewport in self._leaders():
            viewport.zoom_at(factor, viewport.centre)

    def _leading(self) -> Viewport:
        alone = self._scene is not None and self._scene.aligned is None
        return self._photo if alone else self._frame

    def _leaders(self) -> tuple[Viewport, ...]:
        """The viewports to be moved: both, where nothing holds the two pictures together."""
        scene = self._scene
        if scene is not None and scene.aligned is None and scene.reference is not None:
            return self._photo, self._frame
        return (self._leading(),)

    def _lay_out(self) -> None:
        if self._bridge is not None:
            self._bridge.end()
            self._bridge = None
        scene = self._scene
        if scene is None:
            self.suspect.show_picture(None)
            self.reference.show_picture(None)
            return
        hatch = scene.hatch if self._hatch_shown else None
        taken_hatch = scene.photo_hatch if self._hatch_shown else None
        if self.is_as_taken or scene.aligned is None:
            self._move(self.suspect, self._photo)
            self.suspect.show_picture(scene.photo, self._kept(scene.photo_marks), hatch=taken_hatch)
            if scene.matrix is not None:
                self._bridge = Bridge(self._photo, self._frame, scene.matrix)
        else:
            self._move(self.suspect, self._frame)
            self.suspect.show_picture(
                scene.aligned, self._kept(scene.aligned_marks), hatch=hatch, focus=scene.focus
            )
        if scene.reference is not None:
            self.reference.show_picture(
                scene.reference, self._kept(scene.reference_marks), hatch=hatch, focus=scene.focus
            )
        for canvas in (self.suspect, self.reference):
            canvas.set_current(self._current)
        self._retranslate()

    def _move(self, canvas: PictureCanvas, viewport: Viewport) -> None:
        if canvas.viewport is not viewport:
            canvas.set_viewport(viewport)

    def _kept(self, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        return marks if self._marks_shown else ()

    def _on_moved(self) -> None:
        if not self._fitting:
            self._untouched = False

    def _fit_if_untouched(self) -> None:
        if self._untouched and not self.isHidden():  # else another view is seen, and fits
            self.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():  # a page that catches up while it is shown leaves the viewport alone
            QTimer.singleShot(0, self, self._fit_if_untouched)

    def _on_suspect_pointed(self, point: QPointF | None) -> None:
        self.reference.set_pointer(None if self.is_as_taken else point)

    def _on_reference_pointed(self, point: QPointF | None) -> None:
        self.suspect.set_pointer(None if self.is_as_taken else point)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        left, right = self._captions
        left.setText(
            self.tr("Photo, as taken")
            if self.is_as_taken
            else self.tr("Photo, laid on the reference")
        )
        said = self.tr("Genuine reference")
        if self._which:
            said = self.tr("Genuine reference {which}").format(which=self._which)
        elif self._names is not None:
            said = self.tr("Genuine reference: {name}")
            said = said.format(name=product_and_side(*self._names))
        right.setText(said)
        self.suspect.setAccessibleName(self.tr("Picture of the suspect item"))
        self.reference.setAccessibleName(self.tr("Picture of the genuine reference"))
