"""An Iconify set of icons (JSON) -> PNG files with transparency, to train on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.commands.output import Refused

if TYPE_CHECKING:
    from pathlib import Path

_LONGER_SIDE = 220  # pixels


def draw_marks(icons: Path, folder: Path) -> Path:
    """Draw every icon of a set; what was drawn before is taken as it is.

    Returns:
        The folder of the PNG files, inside `folder`.

    Raises:
        Refused: the file is not an Iconify set.
        OSError: it cannot be read, or the folder cannot be written.
    """
    data = icons.read_bytes()
    target = folder / hashlib.sha256(data).hexdigest()[:16]
    done = target / "done"
    if done.exists():
        return target
    try:
        found = json.loads(data)
        drawings: dict[str, dict[str, Any]] = found["icons"]
        usual = found.get("width", 16), found.get("height", 16)
    except (ValueError, KeyError, TypeError) as error:
        said = QCoreApplication.translate(
            "commands", "“{path}” is no Iconify set: there are no icons in it."
        )
        raise Refused(said.format(path=icons)) from error
    target.mkdir(parents=True, exist_ok=True)
    for name, icon in sorted(drawings.items()):
        size = icon.get("width", usual[0]), icon.get("height", usual[1])
        picture = _drawn(str(icon.get("body", "")), size)
        if picture is not None:
            picture.save(str(target / f"{name}.png"))
    done.write_text(icons.name, encoding="utf-8")
    return target


def _drawn(body: str, size: tuple[float, float]) -> QImage | None:
    width, height = size
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    if not renderer.isValid():
        return None
    factor = _LONGER_SIDE / max(width, height)
    picture = QImage(
        max(1, round(width * factor)),
        max(1, round(height * factor)),
        QImage.Format.Format_ARGB32,
    )
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    return picture
