"""Why a scan left a file aside, in the words of the language in use.

What is kept of a scan is English, as vision says it; it is worded when it is shown.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_KNOWN: Final = (
    QT_TRANSLATE_NOOP("aside", "a PDF document"),
    QT_TRANSLATE_NOOP("aside", "an EPS or PostScript file"),
    QT_TRANSLATE_NOOP("aside", "an EPS file"),
    QT_TRANSLATE_NOOP("aside", "a Photoshop file (PSD)"),
    QT_TRANSLATE_NOOP("aside", "a JPEG XL picture"),
    QT_TRANSLATE_NOOP("aside", "a Radiance HDR picture"),
    QT_TRANSLATE_NOOP("aside", "an OpenEXR picture"),
    QT_TRANSLATE_NOOP("aside", "a camera raw file"),
    QT_TRANSLATE_NOOP("aside", "a DDS texture"),
    QT_TRANSLATE_NOOP("aside", "a GIMP file"),
    QT_TRANSLATE_NOOP("aside", "a Windows cursor"),
    QT_TRANSLATE_NOOP("aside", "a macOS icon"),
    QT_TRANSLATE_NOOP("aside", "a Windows metafile"),
    QT_TRANSLATE_NOOP("aside", "an XPM picture"),
    QT_TRANSLATE_NOOP("aside", "a Sun raster picture"),
    QT_TRANSLATE_NOOP("aside", "an SGI picture"),
    QT_TRANSLATE_NOOP("aside", "a gzip archive"),
    QT_TRANSLATE_NOOP("aside", "a ZIP archive or an Office document"),
    QT_TRANSLATE_NOOP("aside", "an empty ZIP archive"),
    QT_TRANSLATE_NOOP("aside", "a RAR archive"),
    QT_TRANSLATE_NOOP("aside", "a 7-Zip archive"),
    QT_TRANSLATE_NOOP("aside", "a Windows program"),
    QT_TRANSLATE_NOOP("aside", "a program"),
    QT_TRANSLATE_NOOP("aside", "a script"),
    QT_TRANSLATE_NOOP("aside", "a video"),
    QT_TRANSLATE_NOOP("aside", "an SVG drawing"),
    QT_TRANSLATE_NOOP("aside", "a web page, not a picture"),
    QT_TRANSLATE_NOOP("aside", "text, not a picture"),
    QT_TRANSLATE_NOOP("aside", "a file of zeros: its copy failed"),
    QT_TRANSLATE_NOOP("aside", "of no picture format that is known here"),
    QT_TRANSLATE_NOOP("aside", "an empty file"),
    QT_TRANSLATE_NOOP("aside", "a pipe, socket or device"),
    QT_TRANSLATE_NOOP("aside", "a side file that macOS writes beside a picture"),
    QT_TRANSLATE_NOOP("aside", "a folder note of macOS"),
    QT_TRANSLATE_NOOP("aside", "a thumbnail store of Windows"),
    QT_TRANSLATE_NOOP("aside", "a folder note of Windows"),
    QT_TRANSLATE_NOOP("aside", "a Git LFS pointer, not the picture itself"),
    QT_TRANSLATE_NOOP("aside", "a side file"),
    QT_TRANSLATE_NOOP("aside", "a folder of side files"),
    QT_TRANSLATE_NOOP("aside", "this folder is scanned already"),
)
WORDED: Final = frozenset(str(each) for each in _KNOWN)


def aside_reason(why: str) -> str:
    """What a file is, in place of a photo; what the system says of it stays as it is."""
    known = why[:1].lower() + why[1:]
    said = why if why in WORDED else known
    if said not in WORDED:
        return why
    worded = QCoreApplication.translate("aside", said)
    return worded[:1].upper() + worded[1:] if said != why else worded
