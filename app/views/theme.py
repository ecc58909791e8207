"""The look: two quiet palettes with one accent, the fixed colours of outcomes, a small style sheet.

The colours of outcomes are the same in both palettes and come with an icon, a pattern and words;
red and green are not among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication, QPalette

from app.places import assets_dir
from vision import Outcome

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

PICTURE_GREY: Final = QColor(0x77, 0x77, 0x77)
AGREES: Final = QColor(0x2F, 0x6F, 0xB7)
DIFFERS: Final = QColor(0xD9, 0x73, 0x1A)
CANNOT_JUDGE: Final = QColor(0x7A, 0x7F, 0x87)

_FONTS: Final = ["Noto Sans", "Segoe UI", "SF Pro Text", "Noto Sans CJK SC", "DejaVu Sans"]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one palette."""

    window: str
    raised: str
    sunken: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_soft: str
    on_accent: str


LIGHT: Final = Look(
    window="#F3F4F6",
    raised="#FFFFFF",
    sunken="#E9EBEE",
    line="#D5D9DF",
    text="#1D2128",
    quiet="#5A626D",
    accent="#2A63A6",
    accent_soft="#DCE7F4",
    on_accent="#FFFFFF",
)
DARK: Final = Look(
    window="#1F2226",
    raised="#292D32",
    sunken="#181A1D",
    line="#3D434B",
    text="#E8EAED",
    quiet="#A3ABB6",
    accent="#7FB0E6",
    accent_soft="#2C3F55",
    on_accent="#10161D",
)


def outcome_colour(outcome: Outcome) -> QColor:
    """Blue agrees, orange differs, grey for every reason not to say either."""
    return {Outcome.AGREES: AGREES, Outcome.DIFFERS: DIFFERS}.get(outcome, CANNOT_JUDGE)


def outcome_brush(outcome: Outcome) -> QBrush:
    """Solid where something is stated, hatched where nothing can be."""
    stated = outcome in (Outcome.AGREES, Outcome.DIFFERS)
    pattern = Qt.BrushStyle.SolidPattern if stated else Qt.BrushStyle.BDiagPattern
    return QBrush(outcome_colour(outcome), pattern)


def look_of(palette: QPalette) -> Look:
    """Which of the two is in use."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def quiet_colour(widget: QWidget) -> QColor:
    """The colour of words that explain."""
    return QColor(look_of(widget.palette()).quiet)


def apply(application: QApplication, theme: str) -> None:
    """Dress the whole application; `theme` is "light", "dark" or "system"."""
    hints = QGuiApplication.styleHints()
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(theme)
    hints.setColorScheme(scheme or Qt.ColorScheme.Unknown)
    is_dark = (scheme or hints.colorScheme()) == Qt.ColorScheme.Dark
    look = DARK if is_dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(_palette(look))
    application.setStyleSheet(_sheet(look))


def set_font(application: QApplication, language: str) -> None:
    """Choose the font; in English, one with Chinese signs must not set quotation marks wide."""
    font = QFont()
    font.clearFeatures()
    font.setFamilies(_FONTS)
    font.setPointSizeF(10.0)
    if language == "en":
        font.setFeature(QFont.Tag("palt"), 1)
    application.setFont(font)
    if sheet := application.styleSheet():
        application.setStyleSheet(sheet)  # else what the sheet dresses keeps the font before


def _palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(look.raised), QColor(look.window))
    colours = {
        role.Window: look.window,
        role.WindowText: look.text,
        role.Base: look.raised,
        role.AlternateBase: look.window,
        role.Text: look.text,
        role.Button: look.raised,
        role.ButtonText: look.text,
        role.ToolTipBase: look.raised,
        role.ToolTipText: look.text,
        role.PlaceholderText: look.quiet,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.Accent: look.accent,
        role.Link: look.accent,
        role.Mid: look.line,
        role.Midlight: look.sunken,
        role.Light: look.raised,
        role.Dark: look.line,
        role.Shadow: look.line,
    }
    for one, colour in colours.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        faded = QColor(look.quiet)
        faded.setAlpha(140)
        palette.setColor(QPalette.ColorGroup.Disabled, one, faded)
    return palette


def _sheet(look: Look) -> str:
    sheet = _SHEET.replace("@icons@", (assets_dir() / "icons").as_posix())
    for name in Look.__slots__:
        sheet = sheet.replace(f"@{name}@", getattr(look, name))
    return sheet


_SHEET: Final = """
QToolTip { padding: 4px 6px; border: 1px solid @line@; }
QMenuBar { background: @window@; padding: 2px 4px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @accent_soft@; color: @text@; }
QMenu { background: @raised@; border: 1px solid @line@; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft@; color: @text@; }
QMenu::item:disabled { color: @quiet@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

#rail { background: @sunken@; border-right: 1px solid @line@; }
#rail QToolButton { border: 0; border-radius: 8px; padding: 8px 2px 6px 2px; margin: 2px 6px;
  color: @quiet@; }
#rail QToolButton:focus { border: 1px solid @accent@; padding: 7px 1px 5px 1px; }
#rail QToolButton:hover { background: @window@; color: @text@; }
#rail QToolButton:checked { background: @accent_soft@; color: @text@; font-weight: 600; }

QPushButton { border: 1px solid @line@; border-radius: 6px; background: @raised@;
  padding: 6px 14px; min-height: 18px; }
QPushButton:hover { background: @accent_soft@; }
QPushButton:pressed { background: @sunken@; }
QPushButton:disabled { color: @quiet@; background: @window@; }
QPushButton[accent="true"] { background: @accent@; color: @on_accent@; border-color: @accent@;
  font-weight: 600; }
QPushButton[accent="true"]:focus { border: 2px solid @text@; padding: 5px 13px; }
QPushButton[accent="true"]:disabled { background: @sunken@; color: @quiet@; border-color: @line@; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QSpinBox:focus {
  border: 1px solid @accent@; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: @accent_soft@; }
QToolButton:checked { background: @accent_soft@; border-color: @line@; }
QLineEdit, QComboBox, QSpinBox { border: 1px solid @line@; border-radius: 6px; padding: 4px 8px;
  background: @raised@; min-height: 20px; selection-background-color: @accent@;
  selection-color: @on_accent@; }
QSpinBox { padding-left: 6px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("@icons@/chevron-down.svg"); width: 14px; height: 14px; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 24px; background: transparent; }
QSpinBox::up-arrow { image: url("@icons@/chevron-up.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url("@icons@/chevron-down.svg"); width: 12px; height: 12px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @quiet@; border-radius: 3px;
    background: @raised@; }
QCheckBox::indicator:checked { border-color: @accent@; background: @accent@;
    image: url("@icons@/accept.svg"); }
QCheckBox::indicator:disabled { border-color: @line@; }
QComboBox QAbstractItemView { border: 1px solid @line@; background: @raised@; outline: 0; }

QListView, QTreeView, QTableView { border: 0; background: @raised@; outline: 0; }
QListView#filmstrip { background: @window@; }
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: @line@; border-radius: 5px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @quiet@; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; width: 0; height: 0; }
QSplitter::handle { background: @line@; }
QProgressBar { border: 0; border-radius: 3px; background: @sunken@; max-height: 6px; }
QProgressBar::chunk { background: @accent@; border-radius: 3px; }
QTableView::item { padding: 0 5px; }
QHeaderView::section { background: @window@; border: 0; border-bottom: 1px solid @line@;
  padding: 6px 8px; color: @quiet@; }
QTableCornerButton::section { background: @window@; border: 0; border-bottom: 1px solid @line@; }
#heat QHeaderView::section { padding: 6px 4px; }

#side { background: @raised@; }
#strip { background: @window@; }
#bar { background: @sunken@; border-top: 1px solid @line@; }
#bar[kind="warning"], #bar[kind="mistake"] { background: @accent_soft@; }
#toolbar { background: @window@; border-bottom: 1px solid @line@; }
#readout { background: @window@; border-top: 1px solid @line@; }
#caption { background: @window@; border-bottom: 1px solid @line@; }
#title { font-size: 15pt; font-weight: 600; }
#heading { font-size: 11pt; font-weight: 600; }
#section { color: @quiet@; font-weight: 600; }
#note { color: @quiet@; }
#strong { font-weight: 600; }
#key { background: @sunken@; border: 1px solid @line@; border-radius: 4px; padding: 1px 7px; }
#mark { border: 1px solid @line@; text-align: left; padding: 3px 6px; }
#mark:checked { border: 2px solid @accent@; padding: 2px 5px; }
#card { background: @raised@; border: 1px solid @line@; border-radius: 10px; }
"""
