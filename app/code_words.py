"""The sentences about bar codes and matrix codes; a well-formed value is never taken for a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from vision import CodeAgreement

if TYPE_CHECKING:
    from vision import CodeResult

_MOST_LETTERS: Final = 80  # of a value in a sentence

_READ: Final[dict[CodeAgreement, object]] = {
    CodeAgreement.AGREES: QT_TRANSLATE_NOOP(
        "words", "{symbology} “{value}”: the same as on the references."
    ),
    CodeAgreement.DIFFERS: QT_TRANSLATE_NOOP(
        "words", "{symbology} “{value}”: the references carry “{recorded}”."
    ),
    CodeAgreement.VARIABLE: QT_TRANSLATE_NOOP(
        "words",
        "{symbology} “{value}”: differs from item to item, so nothing is concluded from it.",
    ),
    CodeAgreement.UNREADABLE: QT_TRANSLATE_NOOP(
        "words", "{symbology}: cannot be read surely here; the references carry “{recorded}”."
    ),
    CodeAgreement.NOT_ON_RECORD: QT_TRANSLATE_NOOP(
        "words", "{symbology} “{value}”: too few references carry one there to compare it with."
    ),
}
_VARIES_UNREAD: Final = QT_TRANSLATE_NOOP(
    "words", "{symbology}: differs from item to item; it cannot be read surely here."
)


def code_sentence(code: CodeResult) -> str:
    """What a code says and how it stands to the references."""
    reading = code.reading
    sentence = _READ[code.agreement]
    if code.agreement is CodeAgreement.VARIABLE and reading is None:
        sentence = _VARIES_UNREAD
    said = QCoreApplication.translate("words", str(sentence)).format(
        symbology=reading.symbology if reading is not None else code.symbology,
        value=_short(reading.value) if reading is not None else "",
        recorded=_short(code.recorded),
    )
    if reading is not None and reading.check_digit_ok is False:
        said += " " + QCoreApplication.translate("words", "Its check digit is wrong.")
    return said


def code_caution() -> str:
    """What a right code does not prove."""
    return QCoreApplication.translate(
        "words", "A right code proves nothing about the item: codes can be copied."
    )


def _short(value: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line if len(line) <= _MOST_LETTERS else line[: _MOST_LETTERS - 1] + "…"
