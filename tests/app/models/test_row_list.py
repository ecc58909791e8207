from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from typing_extensions import override

from app.models.row_list import RowListModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

_ROLE = int(Qt.ItemDataRole.UserRole) + 40


class Numbers(RowListModel[int]):
    ROLE = _ROLE
    ROLE_NAME = b"number"

    @override
    def told(self, place: int, role: int) -> object:
        return f"No. {self.rows[place]}" if role == Qt.ItemDataRole.DisplayRole else None


def test_a_row_is_given_under_its_role_and_worded_under_others(qtmodeltester: ModelTester) -> None:
    model = Numbers()
    qtmodeltester.check(model)
    model._list((4, 5))
    assert model.rows == (4, 5)
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0)) == 0
    assert model.index(1).data(_ROLE) == 5
    assert model.index(1).data() == "No. 5"
    assert model.index(1).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex(), _ROLE) is None
    assert bytes(model.roleNames()[_ROLE]) == b"number"


def test_a_place_that_is_gone_says_nothing(qapp: object) -> None:
    model = Numbers()
    model._list((4, 5))
    index = model.index(1)
    model._rows = (4,)
    assert model.data(index) is None


def test_it_tells_which_rows_have_changed(qapp: object) -> None:
    model = Numbers()
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.reword()
    assert told == []
    model._list((4, 5, 6))
    model._put(2, 7)
    model._put(2, 8, first=1)
    model.reword()
    assert model.rows == (4, 5, 8)
    assert told == [(2, 2), (1, 2), (0, 2)]
