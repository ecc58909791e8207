from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QImage

from app.panes.intake import Found, Offer, Source, found_in, may_be_several, offer_from_mime

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
    if "moz" in parts:
        mime.setData("text/x-moz-url", QByteArray(parts["moz"].encode("utf-16-le")))
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
        ({"urls": [DATA_ADDRESS]}, Offer(sources=(Source("P", data=_BYTES),))),
        (
            {"urls": ["https://x.org/a.jpg"], "html": f'<p><img alt="" src="{DATA_ADDRESS}"></p>'},
            Offer(sources=(Source("P", data=_BYTES),)),
        ),
        ({"html": '<img src="https://x.org/a.jpg">'}, Offer(web_address="https://x.org/a.jpg")),
        ({"html": "<IMG width=4 SRC = cid:part1>"}, Offer(web_address="cid:part1")),
        ({"html": '<img src="file:///a/b.jpg">'}, Offer(paths=(Path("/a/b.jpg"),))),
        (
            {"urls": ["file:///a/b.jpg", "https://x.org/c.jpg"]},
            Offer(paths=(Path("/a/b.jpg"),), web_address="https://x.org/c.jpg"),
        ),
        ({"moz": "https://x.org/a.jpg\nA title"}, Offer(web_address="https://x.org/a.jpg")),
        (
            {"html": f'<img src="{DATA_ADDRESS}"><img src="data:image/gif,GIF89a%00%01">'},
            Offer(sources=(Source("P", data=_BYTES), Source("P (2)", data=b"GIF89a\0\1"))),
        ),
        ({"text": "data:image/png;base64,not!base64"}, Offer()),
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


def found_and_left(folder: Path) -> tuple[list[str], Found]:
    """The names in a folder that are taken, and what is told in the end."""
    steps = found_in((folder,))
    names = []
    while True:
        try:
            names += [source.name for source in next(steps)]
        except StopIteration as end:
            return names, end.value


def test_pictures_in_folders_are_known_by_their_content(tmp_path: Path) -> None:
    image = Image.new("RGB", (4, 4))
    for name, form in (("no ending", "PNG"), ("really a jpeg.dat", "JPEG"), ("x.JFIF", "JPEG")):
        image.save(tmp_path / name, form)
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "broken.jpg").write_text("it says that it is one")
    names, told = found_and_left(tmp_path)
    assert names == ["broken.jpg", "no ending", "really a jpeg.dat", "x.JFIF"]
    assert told == Found(4, ("empty", "notes.txt"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert found_and_left(tmp_path) == ([], Found(0, ("pipe",)))


def test_numbered_pictures_come_in_the_order_people_count(tmp_path: Path) -> None:
    for name in ("img10.jpg", "img2.jpg", "IMG1.jpg", "img02.jpg", "a.jpg"):
        (tmp_path / name).write_bytes(b"")
    names, _ = found_and_left(tmp_path)
    assert names == ["a.jpg", "IMG1.jpg", "img02.jpg", "img2.jpg", "img10.jpg"]


@pytest.mark.parametrize(
    ("urls", "several"),
    [(["file:///a.jpg"], False), (["file:///a.jpg", "file:///b.jpg"], True), (["file:///"], True)],
)
def test_several_photos_are_told_from_one(qapp: object, urls: list[str], several: bool) -> None:
    assert may_be_several(mime_of(urls=urls)) is several


def test_a_ring_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.jpg").write_bytes(b"")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert [s.name for batch in found_in((tmp_path,)) for s in batch] == ["a.jpg"]


def test_large_folders_come_in_batches(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number:03}.jpg").write_bytes(b"")
    assert [len(batch) for batch in found_in((tmp_path,))] == [50, 50, 20]


_SHARED = Path(os.environ.get("TOUCHSTONE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
_ODD = _SHARED / "hostile" / "files" / "odd"


@pytest.mark.skipif(not _ODD.is_dir(), reason=f"no collection of odd files at {_ODD}")
def test_no_picture_of_a_folder_of_odd_ones_is_passed_over() -> None:
    """Every file is taken or named; those that are made to be pictures are all taken."""
    names, told = found_and_left(_ODD)
    listed = [file.name for file in _ODD.rglob("*") if file.is_file()]
    assert sorted([*names, *told.left_out]) == sorted(n for n in listed if not n.startswith("."))
    assert [name for name in told.left_out if name.startswith(("mk_", "eoe_", "libheif_"))] == []
    assert {"mk_noext", "mk_saved.jfif", "mk_upper.JPEG"} <= set(names)
