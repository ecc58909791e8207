"""How versions and the changes between them are painted in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont
from typing_extensions import override

from app.change_words import change_detail, change_title, conflict_lines, conflict_title
from app.models.changes import CHANGE_ROLE, ChangeRow
from app.models.conflicts import CONFLICT_ROLE, ConflictListModel, ConflictRow
from app.models.proposals import PROPOSAL_ROLE, ProposalListModel
from app.models.versions import VERSION_ROLE, VersionListModel, VersionRow
from app.panes.delegates import RowDelegate
from app.panes.painting import paint_image, paint_words
from app.store import ChangeKind, Proposal, ProposalState
from app.views.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.models.row_list import Index

_SIGNS: Final = {
    ChangeKind.ADDED: "add",
    ChangeKind.REMOVED: "gone",
    ChangeKind.CHANGED: "pencil",
}
_LINE: Final = 23
_CHOICE_WIDTH: Final = 190


class VersionDelegate(RowDelegate):
    """Name of a version, and below it when, by whom and how large; how often it was used."""

    height = 54

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(VERSION_ROLE), index.model()
        if not isinstance(row, VersionRow) or not isinstance(model, VersionListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(16, 6, -12, -6)
        half = area.height() // 2
        upper, lower = area.adjusted(0, 0, 0, -half), area.adjusted(0, half, 0, 0)
        font = QFont(option.font)
        font.setBold(row.snapshot is None)
        ink = look.text if row.snapshot is None or row.snapshot.name else look.quiet
        if row.uses:
            mark = QRectF(upper.right() - 16, upper.center().y() - 8, 16, 16)
            paint_icon(painter, "inspect", mark, QColor(look.quiet))
        paint_words(painter, upper.adjusted(0, 0, -22, 0), model.title(row), QColor(ink), font)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        paint_words(painter, lower, model.facts(row), QColor(look.quiet), small)
        painter.restore()


class ChangeDelegate(RowDelegate):
    """Picture, a sign for what became of the thing, product and side, and what has changed."""

    height = 64

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(CHANGE_ROLE)
        if not isinstance(row, ChangeRow):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 6, -12, -6)
        frame = QRect(area.left(), area.top(), area.height() + 12, area.height())
        paint_image(painter, frame, row.picture)
        sign = QRectF(frame.right() + 14, area.center().y() - 9, 18, 18)
        paint_icon(painter, _SIGNS[row.change.kind], sign, QColor(look.text))
        words = area.adjusted(frame.width() + 44, 2, 0, -2)
        half = words.height() // 2
        title, detail = change_title(row.change), change_detail(row.change)
        if title:
            upper = words.adjusted(0, 0, 0, -half)
            paint_words(painter, upper, title, QColor(look.text), option.font)
            words = words.adjusted(0, half, 0, 0)
        paint_words(painter, words, detail, QColor(look.quiet), option.font)
        painter.restore()


class ConflictDelegate(RowDelegate):
    """Picture, what it is about, a line for each thing said, and whose word counts."""

    height = 64

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(CONFLICT_ROLE)
        lines = len(conflict_lines(row.conflict)) if isinstance(row, ConflictRow) else 1
        return QSize(120, max(self.height, 16 + _LINE * (1 + lines)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(CONFLICT_ROLE), index.model()
        if not isinstance(row, ConflictRow) or not isinstance(model, ConflictListModel):
            return
        painter.save()
        look = self.background(painter, option)
        area = option.rect.adjusted(14, 6, -12, -6)
        frame = QRect(area.left(), area.top(), self.height, self.height - 12)
        paint_image(painter, frame, row.picture)
        choice = area.adjusted(area.width() - _CHOICE_WIDTH, 0, 0, 0)
        sign = QRectF(choice.left(), choice.center().y() - 9, 18, 18)
        name = "warning" if row.keep is None else "looked-at"
        paint_icon(painter, name, sign, QColor(look.text))
        font = QFont(option.font)
        font.setBold(row.keep is None)
        said = choice.adjusted(26, 0, 0, 0)
        paint_words(painter, said, model.choice_words(row), QColor(look.text), font)
        words = area.adjusted(frame.width() + 14, 2, -_CHOICE_WIDTH - 12, 0)
        words.setHeight(_LINE)
        paint_words(painter, words, conflict_title(row.conflict), QColor(look.text), option.font)
        for line in conflict_lines(row.conflict):
            words.translate(0, _LINE)
            paint_words(painter, words, line, QColor(look.quiet), option.font)
        painter.restore()


class ProposalDelegate(RowDelegate):
    """What is proposed, and below it by whom, when, and what became of it."""

    height = 76

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(PROPOSAL_ROLE), index.model()
        if not isinstance(row, Proposal) or not isinstance(model, ProposalListModel):
            return
        painter.save()
        look = self.background(painter, option)
        words = option.rect.adjusted(16, 4, -12, 0)
        words.setHeight(_LINE)
        font = QFont(option.font)
        font.setBold(row.state is ProposalState.WAITING)
        paint_words(painter, words, model.title(row), QColor(look.text), font)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        at = f"{row.at.astimezone():%Y-%m-%d %H:%M} · {row.author}"
        for line in (at, model.state_words(row)):
            words.translate(0, _LINE - 1)
            paint_words(painter, words, line, QColor(look.quiet), small)
        painter.restore()
