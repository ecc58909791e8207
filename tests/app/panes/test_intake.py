from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QImage

from app.panes.intake import Offer, Source, found_in, offer_from_mime

_BYTES = b"\x89PNG and so on"


def mime_of(**parts: object) -> QMimeData:
    mime = QMimeData()
    if "urls" in parts:
        mime.setUrls([QUrl(url) for url in parts["urls"]])
    if "text" in parts:
        mime.setText(parts["text"])
    if "html" in parts:
        mime.setHtml(parts["html"])
    if "png" in parts:
        mime.setData("image/png", QByteArray(parts["png"]))
    return mime


DATA_ADDRESS = "data:image/png;base64," + base64.b64encode(_BYTES).decode()


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"urls": ["file:///a/b.jpg", "file:///c"]}, Offer(paths=(Path("/a/b.jpg"), Path("/c")))),
        ({"urls": ["file:///a.jpg"], "png": _BYTES}, Offer(paths=(Path("/a.jpg"),))),
        ({"png": _BYTES}, Offer(sources=(Source("P", data=_BYTES),))),
        (
            {"urls": ["https://x.org/a.jpg"], "png": _BYTES},
            Offer(sources=(Source("P", data=_BYTES),)),
        ),
        ({"urls": ["https://x.org/a.jpg"]}, Offer(web_address="https://x.org/a.jpg")),
        ({"text": "https://x.org/a.jpg"}, Offer(web_address="https://x.org/a.jpg")),
        ({"text": " HTTP://X.org/b "}, Offer(web_address="HTTP://X.org/b")),
        ({"html": f'<img src="{DATA_ADDRESS}">'}, Offer(sources=(Source("P", data=_BYTES),))),
        ({"text": DATA_ADDRESS}, Offer(sources=(Source("P", data=_BYTES),))),
        ({"text": "/a/b.jpg\n/a/c d.jpg"}, Offer(paths=(Path("/a/b.jpg"), Path("/a/c d.jpg")))),
        ({"text": "“file:///a/b.jpg”"}, Offer()),
        ({"text": "hello"}, Offer()),
        ({}, Offer()),
    ],
)
def test_what_is_dropped_is_sorted(qapp: object, parts: dict[str, object], wanted: Offer) -> None:
    offer = offer_from_mime(mime_of(**parts), "P")
    assert offer == wanted
    assert offer.is_empty == (wanted == Offer())


def test_pixels_become_a_file_with_the_same_pixels(qapp: object) -> None:
    image = QImage(5, 4, QImage.Format.Format_RGB32)
    image.fill(0xFF102030)
    mime = QMimeData()
    mime.setImageData(image)
    (source,) = offer_from_mime(mime, "P").sources
    read = QImage.fromData(source.content())
    assert read.size() == image.size()
    assert read.pixel(2, 2) == 0xFF102030


def test_a_folder_gives_pictures_a_file_gives_itself(tmp_path: Path) -> None:
    for name in ("b.jpg", "a.PNG", "notes.txt", ".hidden.jpg"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.heic").write_bytes(b"")
    odd = tmp_path / "notes.txt"
    missing = tmp_path / "gone.jpg"
    batches = list(found_in((tmp_path, odd, missing)))
    names = [source.name for batch in batches for source in batch]
    assert names == ["a.PNG", "b.jpg", "c.heic", "notes.txt", "gone.jpg"]


def test_a_ring_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.jpg").write_bytes(b"")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert [s.name for batch in found_in((tmp_path,)) for s in batch] == ["a.jpg"]


def test_large_folders_come_in_batches(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number:03}.jpg").write_bytes(b"")
    assert [len(batch) for batch in found_in((tmp_path,))] == [50, 50, 20]
