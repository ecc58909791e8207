"""What can be done with a scan and its photos: where each act stands, and its words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

SCAN_MENU: Final = (
    "s:choose s:earlier | s:go_on s:anew s:pause s:stop s:watch | s:open s:next_open "
    "| s:agree s:differ s:later s:take_back"
)
HEAD_ACTS: Final = ("go_on", "pause", "stop", "watch", "choose", "earlier")
ROW_ACTS: Final = ("agree", "differ", "later", "take_back", "next_open", "open")


def act_words() -> dict[str, str]:
    """The words of the acts in the language of now."""
    return {
        "choose": QCoreApplication.translate("ScanPane", "Choose a folder…"),
        "go_on": QCoreApplication.translate("ScanPane", "Go on, and look for new photos"),
        "anew": QCoreApplication.translate("ScanPane", "Compare everything anew"),
        "pause": QCoreApplication.translate("ScanPane", "Pause"),
        "stop": QCoreApplication.translate("ScanPane", "Stop"),
        "watch": QCoreApplication.translate("ScanPane", "Watch for new photos"),
        "earlier": QCoreApplication.translate("ScanPane", "Other folders"),
        "agree": QCoreApplication.translate("ScanPane", "Agrees"),
        "differ": QCoreApplication.translate("ScanPane", "Differs"),
        "later": QCoreApplication.translate("ScanPane", "Look later"),
        "take_back": QCoreApplication.translate("ScanPane", "No decision"),
        "next_open": QCoreApplication.translate("ScanPane", "Next undecided"),
        "open": QCoreApplication.translate("ScanPane", "Open on the desk"),
    }
