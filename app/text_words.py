"""The words for letters that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app import words

if TYPE_CHECKING:
    from vision import Channel, Wording


def wording_phrase(wording: Wording) -> str:
    """What the photo says where the references say something else, in a few words."""
    if not wording.suspect:
        phrase = QCoreApplication.translate("words", "“{reference}” is missing")
    elif not wording.reference:
        phrase = QCoreApplication.translate("words", "“{suspect}” is not on the references")
    else:
        phrase = QCoreApplication.translate("words", "“{suspect}” instead of “{reference}”")
    return phrase.format(suspect=wording.suspect, reference=wording.reference)


def difference_title(channel: Channel, wording: Wording | None) -> str:
    """The kind of difference, and the letters where letters differ."""
    name = words.channel_name(channel)
    if wording is None:
        return name
    titled = QCoreApplication.translate("words", "{channel}: {letters}")
    return titled.format(channel=name, letters=wording_phrase(wording))
