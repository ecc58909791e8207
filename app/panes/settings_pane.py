"""Settings: drawn from the table of app.settings, plus the folder that is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.panes.folder_editor import FolderEditor
from app.panes.team_card import TeamCard
from app.settings import AUTOMATIC, TABLE, Kind, Setting, Settings, translated

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.workbench import Workbench

_CARD_WIDTH = 720
_MARGIN = 32


class SettingsPane(QWidget):
    """Changes count at once, except where the note says otherwise."""

    def __init__(
        self,
        settings: Settings,
        bench: Workbench,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._folder = folder = bench.folder
        self.team = TeamCard(bench.team, messages)
        self.team.setMaximumWidth(_CARD_WIDTH)
        self._heading = QLabel()
        self._heading.setObjectName("title")
        self._rows = {row.key: _Row(row, settings) for row in TABLE}
        self._folder_label, self._folder_note = QLabel(), QLabel()
        self._path = QLabel(str(folder))
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._path.setWordWrap(True)
        self._path.setTextFormat(Qt.TextFormat.PlainText)
        self._open = QPushButton()
        self._open.clicked.connect(self._on_open)
        self._lay_out()
        self._retranslate()

    def editor(self, key: str) -> QWidget:
        """The widget that edits a setting."""
        return self._rows[key].editor

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(_CARD_WIDTH)
        grid = QGridLayout(card)
        grid.setContentsMargins(22, 18, 22, 18)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(self._rows.values()):
            _place(grid, place * 3, row.label, row.editor, row.note)
        last = len(self._rows) * 3
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._path, 1)
        line.addWidget(self._open)
        _place(grid, last, self._folder_label, box, self._folder_note)
        inside = _Column()
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(_MARGIN, 24, _MARGIN, 24)
        stack.setSpacing(16)
        stack.addWidget(self._heading)
        stack.addWidget(card)
        stack.addWidget(self.team)
        stack.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Settings"))
        for row in self._rows.values():
            row.reword()
        self._folder_label.setText(self.tr("Workspace"))
        self._folder_note.setText(
            self.tr(
                "Gallery and records are kept here. Start with “--workspace FOLDER” to use "
                "another one."
            )
        )
        self._open.setText(self.tr("Open the folder"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _Column(QWidget):
    """As high as its wrapped words need at its width, which a scroll area does not ask."""

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        layout = self.layout()
        if layout is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            width = min(self.width(), _CARD_WIDTH + 2 * _MARGIN)  # a card grows no wider
            self.setMinimumHeight(layout.totalHeightForWidth(width))
        return done


class _Row:
    """Label, editor and note of one setting."""

    def __init__(self, row: Setting, settings: Settings) -> None:
        self._row, self._settings = row, settings
        self.label, self.note = QLabel(), QLabel()
        self.editor: QComboBox | QSpinBox | FolderEditor
        if row.kind is Kind.CHOICE:
            self.editor = self._combo()
        elif row.kind is Kind.FOLDER:
            self.editor = FolderEditor(settings, row.key)
        else:
            self.editor = self._spin()
        self.label.setBuddy(self.editor)

    def _combo(self) -> QComboBox:
        combo = QComboBox()
        for value, name in self._row.choices:
            combo.addItem(translated(name), value)
        combo.setCurrentIndex(combo.findData(self._settings.text(self._row.key)))
        combo.activated.connect(self._on_activated)
        return combo

    def _spin(self) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(self._row.least, self._row.most)
        spin.setValue(self._settings.count(self._row.key))
        spin.valueChanged.connect(self._on_counted)
        return spin

    def _on_activated(self, place: int) -> None:
        if isinstance(self.editor, QComboBox):
            self._settings.set(self._row.key, str(self.editor.itemData(place)))

    def _on_counted(self, value: int) -> None:
        self._settings.set(self._row.key, value)

    def reword(self) -> None:
        """Say everything in the language of now."""
        self.label.setText(translated(self._row.label))
        self.note.setText(translated(self._row.note))
        self.editor.setAccessibleName(translated(self._row.label))
        if isinstance(self.editor, QSpinBox):
            self.editor.setSpecialValueText(translated(AUTOMATIC))
            return
        if isinstance(self.editor, FolderEditor):
            self.editor.reword(translated(self._row.label))
            return
        for place, (_, name) in enumerate(self._row.choices):
            self.editor.setItemText(place, translated(name))


def _place(grid: QGridLayout, at: int, label: QLabel, editor: QWidget, note: QLabel) -> None:
    label.setObjectName("heading")
    note.setObjectName("note")
    note.setWordWrap(True)
    grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(editor, at, 1)
    grid.addWidget(note, at + 1, 1)
    grid.setRowMinimumHeight(at + 2, 14)
