"""Thresholds: both distributions, a line to drag, and what the threshold would do, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.side_words import product_and_side
from app.tasks import Lane, Ticket, run
from app.threshold_words import basis_words, few_words, share_words, value_words
from app.views.threshold_plot import STEP, ThresholdPlot, plot_words
from vision import threshold_effect

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.threshold_work import ThresholdWork
    from vision import ThresholdEvidence

_GALLERY: Final = ("", "")
_LARGEST: Final = 1000.0
_ROWS: Final = ("current", "alarms", "own", "misses", "promise")


class ThresholdsPage(QWidget):
    """`changed` tells that photos are judged by another threshold now."""

    changed = Signal()

    def __init__(
        self, work: ThresholdWork, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._messages = work, messages
        self._reading: Ticket | None = None
        self._evidence: ThresholdEvidence | None = None
        self._sides: tuple[tuple[str, str], ...] = ()
        self.of, self.plot, self.value = QComboBox(), ThresholdPlot(), QDoubleSpinBox()
        self.raw = QPlainTextEdit()
        self.use, self.reset, self.copy = QPushButton(), QPushButton(), QPushButton()
        self.heads = {name: QLabel() for name in _ROWS}
        self.said = {name: QLabel() for name in _ROWS}
        self.warning, self._note, self._raw_title = QLabel(), QLabel(), QLabel()
        self._value_head = QLabel()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._refresh()

    def _lay_out(self) -> None:
        self.value.setRange(-_LARGEST, _LARGEST)
        self.value.setDecimals(4)
        self.value.setSingleStep(STEP)
        self.value.setMinimumWidth(120)
        self.raw.setReadOnly(True)
        self.raw.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.raw.setFixedWidth(250)
        for label in (self._note, self.warning):
            label.setObjectName("note")
            label.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.of, 1)
        line.addWidget(self._value_head)
        line.addWidget(self.value)
        line.addWidget(self.use)
        line.addWidget(self.reset)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        for name in _ROWS:
            self.said[name].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(self.heads[name], self.said[name])
        left = QVBoxLayout()
        left.addWidget(self.plot, 1)
        left.addWidget(self._note)
        left.addLayout(form)
        left.addWidget(self.warning)
        right = QVBoxLayout()
        right.addWidget(self._raw_title)
        right.addWidget(self.raw, 1)
        right.addWidget(self.copy)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 1)
        both.addLayout(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(line)
        whole.addLayout(both, 1)

    def _connect(self) -> None:
        self.of.activated.connect(self.open)
        self.plot.moved.connect(self.value.setValue)
        self.value.valueChanged.connect(self._refresh)
        self.use.clicked.connect(self.use_it)
        self.reset.clicked.connect(self.go_back)
        self.copy.clicked.connect(self.copy_values)

    @property
    def chosen(self) -> tuple[str, str]:
        """Product and side that are shown; both empty for the whole gallery."""
        place = self.of.currentIndex() - 1
        return self._sides[place] if 0 <= place < len(self._sides) else _GALLERY

    def offer(self, sides: tuple[tuple[str, str], ...]) -> None:
        """Offer every side there is."""
        self._fill(sides, self.chosen)

    def choose(self, product: str, side: str) -> None:
        """Choose a side, or without names the whole gallery; `open` shows it."""
        self._fill(self._sides, (product, side))

    def _fill(self, sides: tuple[tuple[str, str], ...], chosen: tuple[str, str]) -> None:
        self._sides = sides
        self.of.clear()
        self.of.addItem(self.tr("Whole gallery"))
        self.of.addItems([product_and_side(*each) for each in sides])
        self.of.setCurrentIndex(sides.index(chosen) + 1 if chosen in sides else 0)

    def open(self, _place: int = 0) -> None:
        """Gather what is known of what is chosen."""
        if self._reading is not None:
            self._reading.cancel()
        self._evidence = None
        self._reading = run(
            self._work.evidence(*self.chosen),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_evidence,
            on_failed=self._on_failed,
        )
        self._refresh()

    def _on_evidence(self, evidence: ThresholdEvidence) -> None:
        self._reading, self._evidence = None, evidence
        self.plot.show_evidence(evidence)
        self.raw.setPlainText(self._raw_text(evidence))
        with QSignalBlocker(self.value):
            self.value.setValue(evidence.current)
        self._refresh()

    def _on_failed(self, error: Exception) -> None:
        self._reading = None
        self._messages.fail(error)
        self._refresh()

    def use_it(self) -> None:
        """Judge by the threshold that is shown."""
        self._keep(self.value.value(), self.chosen)

    def go_back(self) -> None:
        """Judge by the promised rate again."""
        self._keep(None, self.chosen)

    def _keep(self, value: float | None, of: tuple[str, str]) -> None:
        run(
            self._work.set(value, *of),
            lane=Lane.MODEL,
            owner=self,
            on_done=_Kept(self, value, of),
            on_failed=self._messages.fail,
        )

    def on_kept(
        self, before: float | None, value: float | None, of: tuple[str, str], *, is_undo: bool
    ) -> None:
        """A threshold is kept; offer to take that back."""
        said = QT_TRANSLATE_NOOP("messages", "Judged by the threshold {value} from now on: {of}.")
        if value is None:
            said = QT_TRANSLATE_NOOP("messages", "Judged by the promised rate again: {of}.")
        name = product_and_side(*of) if of != _GALLERY else self.tr("Whole gallery")
        undo = None if is_undo or before == value else _Undo(self, before, of)
        shown = "" if value is None else value_words(value)
        self._messages.say(said, undo=undo, value=shown, of=name)
        self.changed.emit()
        self.open()

    def keep_again(self, value: float | None, of: tuple[str, str]) -> None:
        """Keep what was before, without offering to undo that."""
        run(
            self._work.set(value, *of),
            lane=Lane.MODEL,
            owner=self,
            on_done=_Kept(self, value, of, is_undo=True),
            on_failed=self._messages.fail,
        )

    def copy_values(self) -> None:
        """Put the raw values on the clipboard, a line each."""
        QGuiApplication.clipboard().setText(self.raw.toPlainText())

    def _raw_text(self, evidence: ThresholdEvidence) -> str:
        kinds = (
            (self.tr("of this side"), evidence.own),
            (self.tr("genuine"), evidence.genuine),
            (self.tr("known to differ"), evidence.false),
        )
        rows = [f"{value_words(v)}\t{kind}" for kind, values in kinds for v in values]
        return "\n".join(rows)

    def _refresh(self) -> None:
        evidence = self._evidence
        for widget in (self.value, self.use, self.plot, self.copy, self.raw):
            widget.setEnabled(evidence is not None)
        of_side = evidence is not None and not evidence.is_of_gallery
        self.heads["own"].setVisible(of_side)
        self.said["own"].setVisible(of_side)
        if evidence is None:
            self._note.setText(self.tr("Gathering comparisons…") if self._reading else "")
            for label in self.said.values():
                label.clear()
            self.warning.hide()
            self.reset.setEnabled(False)
            return
        effect = threshold_effect(evidence, self.value.value())
        self.plot.show_threshold(effect.threshold)
        current = self.tr("{value} ({basis}); the promised rate needs {promised}").format(
            value=value_words(evidence.current),
            basis=basis_words(evidence.basis),
            promised=value_words(evidence.promised),
        )
        promise = self.tr("at most {share} %").format(share=f"{100 * effect.promise:.1f}")
        words = {
            "current": current,
            "alarms": share_words(effect.false_alarms),
            "own": share_words(effect.own_alarms),
            "misses": share_words(effect.misses),
            "promise": promise,
        }
        for name, said in words.items():
            self.said[name].setText(said)
        self.reset.setEnabled(evidence.basis.value == ("side" if of_side else "gallery"))
        margins = self.tr(
            "Values are margins above what the references of each side lead to expect."
        )
        self._note.setText(plot_words() if of_side else f"{plot_words()} {margins}")
        self.warning.setText("⚠ " + few_words(effect.false_alarms.total))
        self.warning.setVisible(effect.is_few)

    def _retranslate(self) -> None:
        heads = {
            "current": self.tr("In use:"),
            "alarms": self.tr("False alarms among genuine comparisons:"),
            "own": self.tr("False alarms among this side's own references:"),
            "misses": self.tr("Misses among photos decided to differ:"),
            "promise": self.tr("Chance that the next genuine photo is alarmed:"),
        }
        for name, said in heads.items():
            self.heads[name].setText(said)
        self.said["misses"].setToolTip(
            self.tr(
                "By this threshold alone: letters, codes and must-match zones speak up apart. Each "
                "photo counts as it was measured when it was last judged."
            )
        )
        self._value_head.setText(self.tr("Threshold:"))
        self.use.setText(self.tr("Use this threshold"))
        self.reset.setText(self.tr("Back to the promised rate"))
        self.copy.setText(self.tr("Copy the values"))
        self._raw_title.setText(self.tr("Raw values"))
        self.of.setAccessibleName(self.tr("Whose threshold"))
        self.value.setAccessibleName(self.tr("Threshold"))
        self.plot.setAccessibleName(self.tr("Genuine and false evidence"))
        self.raw.setAccessibleName(self.tr("Raw values"))
        self._fill(self._sides, self.chosen)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._evidence is not None:
                self.raw.setPlainText(self._raw_text(self._evidence))
            self._refresh()
        super().changeEvent(event)


class _Kept:
    """Tells the page what was kept, once the job is done with what was before."""

    def __init__(
        self,
        page: ThresholdsPage,
        value: float | None,
        of: tuple[str, str],
        *,
        is_undo: bool = False,
    ) -> None:
        self._page, self._value, self._of, self._is_undo = page, value, of, is_undo

    def __call__(self, before: float | None) -> None:
        """The job is done."""
        self._page.on_kept(before, self._value, self._of, is_undo=self._is_undo)


class _Undo:
    """Keeps what was before when called."""

    def __init__(self, page: ThresholdsPage, before: float | None, of: tuple[str, str]) -> None:
        self._page, self._before, self._of = page, before, of

    def __call__(self) -> None:
        """Undo it."""
        self._page.keep_again(self._before, self._of)
