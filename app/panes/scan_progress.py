"""How far a scan is: a bar, and a line with count, rate and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from app.panes.scan_run import ScanState
from app.plain_text import tip_of

if TYPE_CHECKING:
    from app.panes.scan_run import ScanRun
    from app.panes.scan_watch import ScanWatch

_MINUTE: Final = 60


class ScanProgress(QWidget):
    """Follows a ScanRun, and the watch that comes after it."""

    def __init__(self, scan: ScanRun, watch: ScanWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scan, self._watch = scan, watch
        self._bar, self._line = QProgressBar(), QLabel()
        self._bar.setTextVisible(False)
        self._line.setObjectName("note")
        self._line.setWordWrap(True)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(4)
        stack.addWidget(self._bar)
        stack.addWidget(self._line)
        scan.changed.connect(self.refresh)
        self.refresh()

    @property
    def words(self) -> str:
        """What the line says."""
        return self._line.text()

    def refresh(self) -> None:
        """Show the state of now."""
        scan = self._scan
        self._bar.setVisible(scan.is_under_way)
        is_known = scan.is_listed and scan.state is not ScanState.OPENING
        self._bar.setRange(0, max(scan.listed, 1) if is_known else 0)
        self._bar.setValue(scan.done)
        said = " · ".join(part for part in self._parts() if part)
        self._line.setText(said)
        self._line.setVisible(bool(said))
        self._bar.setAccessibleName(said)
        self.setToolTip(tip_of("\n".join(scan.away)))

    def _parts(self) -> tuple[str, ...]:
        scan = self._scan
        state = {
            ScanState.OPENING: self.tr("Opening the gallery…"),
            ScanState.PAUSED: self.tr("Paused"),
            ScanState.STOPPING: self.tr("Stopping…"),
            ScanState.STOPPED: self.tr("Stopped; what is done is kept"),
            ScanState.DONE: self.tr("All looked at"),
            ScanState.FAILED: self.tr("Ended before its time; what is done is kept"),
        }.get(scan.state, "")
        gone = tuple(self._watch.away) if self._watch.is_on else tuple(scan.away)
        if scan.state is ScanState.RUNNING and not scan.done:
            state = self.tr("Getting the gallery ready…")
        if self._watch.is_on:
            state = self.tr("Watching for new photos")
        elif scan.state is ScanState.DONE and scan.away:
            state = ""
        away = ""
        if gone:
            away = self.tr("Not reachable: {folders}").format(folders=", ".join(gone))
        if scan.state in (ScanState.IDLE, ScanState.OPENING):
            return (state, away)
        return (state, self._count_words(), *self._speed_words(), away)

    def _count_words(self) -> str:
        scan = self._scan
        done = f"{scan.done:,}"
        if not scan.is_under_way:
            return self.tr("Files: {done}").format(done=done)
        text = self.tr("{done} of {count} files")
        if not scan.is_listed:
            text = self.tr("{done} of more than {count} files")
        return text.format(done=done, count=f"{scan.listed:,}")

    def _speed_words(self) -> tuple[str, ...]:
        scan = self._scan
        if scan.state is not ScanState.RUNNING or scan.rate <= 0:
            return ()
        rate = self.tr("{rate} a second").format(rate=f"{scan.rate:.1f}")
        left = scan.remaining_s
        return (rate, self._left_words(left) if left is not None else "")

    def _left_words(self, seconds: float) -> str:
        if seconds < _MINUTE:
            return self.tr("less than a minute left")
        minutes = round(seconds / _MINUTE)
        if minutes < _MINUTE:
            return self.tr("about {minutes} min left").format(minutes=minutes)
        hours, minutes = divmod(minutes, _MINUTE)
        return self.tr("about {hours} h {minutes} min left").format(hours=hours, minutes=minutes)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)
