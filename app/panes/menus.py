"""The menus: filled from a table of action names, worded apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.panes.item_work import ITEM_MENU
from app.panes.reference_acts import CHOSEN_MENU
from app.panes.reference_steps import STEP_MENU
from app.panes.region_work import REGION_MENU
from app.panes.scan_acts import SCAN_MENU
from app.panes.search_work import SEARCH_MENU
from app.panes.view_tools import VIEW_MENU

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QMenu, QMenuBar

    from app.panes.actions import ActionBook

MENUS: Final = {
    "file": "i:add_photos i:add_folder i:paste g:add_references g:import_table g:paste_reference "
    "| i:watch_folder i:unwatch_folder | i:fill_gallery i:demo | w:quit",
    "edit": f"w:undo w:redo | i:again i:stop i:go_on i:remove {SEARCH_MENU} i:pins | {ITEM_MENU} "
    f"| {CHOSEN_MENU} g:remove_reference g:edit_zones g:edit_traits",
    "region": REGION_MENU,
    "scan": SCAN_MENU,
    "view": VIEW_MENU,
    "go": "w:inspect w:gallery w:scan w:settings w:back_to_scan g:check_gallery "
    "g:gallery_health g:thresholds g:records "
    f"| i:next_photo i:previous_photo | {STEP_MENU}",
    "help": "w:keys",
}


def filled_menus(
    bar: QMenuBar, table: Mapping[str, str], books: Mapping[str, ActionBook]
) -> dict[str, QMenu]:
    """A menu for each row of the table: `book:action` by names, `|` for a line between."""
    menus: dict[str, QMenu] = {}
    for name, entries in table.items():
        menu = bar.addMenu("")
        menus[name] = menu
        for entry in entries.split():
            book, _, action = entry.partition(":")
            if action:
                menu.addAction(books[book][action])
            else:
                menu.addSeparator()
    return menus


def menu_titles() -> dict[str, str]:
    """The titles of the menus in the language of now."""
    return {
        "file": QCoreApplication.translate("Window", "&File"),
        "edit": QCoreApplication.translate("Window", "&Edit"),
        "region": QCoreApplication.translate("Window", "&Region"),
        "scan": QCoreApplication.translate("Window", "&Scan"),
        "view": QCoreApplication.translate("Window", "&View"),
        "go": QCoreApplication.translate("Window", "&Go"),
        "help": QCoreApplication.translate("Window", "&Help"),
    }
