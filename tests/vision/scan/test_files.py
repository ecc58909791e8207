from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.vision.samples import artwork, saved
from vision.errors import DamagedPicture, FileUnreachable, FolderUnreachable, NotAPicture
from vision.scan.contents import Contents, contents_of, is_systemic
from vision.scan.files import Aside, AsideKind, ListedFile, check_folder, files_below

_posix = pytest.mark.skipif(os.name == "nt", reason="links and modes are other ones there")
_JPEG_HEAD = b"\xff\xd8\xff\xe0"


def _named(folder: Path, name: str, data: bytes = _JPEG_HEAD) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _listed(*folders: Path) -> tuple[list[str], list[Aside]]:
    """Names of the files in their order, and what was left aside."""
    found = list(files_below(folders))
    files = [Path(each.path).name for each in found if isinstance(each, ListedFile)]
    return files, [each for each in found if isinstance(each, Aside)]


def _one(path: Path) -> ListedFile:
    (found,) = files_below([path])
    assert isinstance(found, ListedFile)
    return found


def test_files_come_from_all_depths_in_natural_order(tmp_path: Path) -> None:
    for name in ("img10.jpg", "img2.jpg", "IMG1.jpg", "b/deep/x.jpg", "a/y.jpg", ".hidden.jpg"):
        _named(tmp_path, name)
    files, aside = _listed(tmp_path)
    assert files == [".hidden.jpg", "IMG1.jpg", "img2.jpg", "img10.jpg", "y.jpg", "x.jpg"]
    assert aside == []


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db",
        "._photo.jpg",
        ".DS_Store",
        "photo.xmp",
        "photo.jpg.xmp",
        "IMG_1.AAE",
        "sums.md5",
    ],
)
def test_side_files_are_told_by_name(tmp_path: Path, name: str) -> None:
    _named(tmp_path, name)
    files, aside = _listed(tmp_path)
    assert files == []
    assert [each.kind for each in aside] == [AsideKind.SIDE_FILE]


@pytest.mark.parametrize("name", ["@eaDir", "__MACOSX", "$RECYCLE.BIN", ".Trash-1000"])
def test_folders_of_side_files_are_left_aside_whole(tmp_path: Path, name: str) -> None:
    _named(tmp_path, f"{name}/photo.jpg")
    _named(tmp_path, "photo.jpg")
    files, aside = _listed(tmp_path)
    assert files == ["photo.jpg"]
    assert [(Path(each.path).name, each.kind) for each in aside] == [(name, AsideKind.SIDE_FILE)]


@_posix
def test_links_that_lead_around_end(tmp_path: Path) -> None:
    inside = _named(tmp_path / "top", "real/ok.jpg").parent
    (inside / "loop").symlink_to("..")
    (inside / "far_above").symlink_to("/")
    (tmp_path / "top" / "a_link").symlink_to(inside)
    files, aside = _listed(tmp_path / "top")
    assert files == ["ok.jpg"]
    assert {each.kind for each in aside} == {AsideKind.FOLDER_AGAIN}
    assert len(aside) == 3


@_posix
def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    _named(tmp_path / "elsewhere", "x.jpg")
    (tmp_path / "top").mkdir()
    (tmp_path / "top" / "link").symlink_to(tmp_path / "elsewhere")
    assert _listed(tmp_path / "top") == (["x.jpg"], [])


def test_a_folder_within_another_is_walked_once(tmp_path: Path) -> None:
    _named(tmp_path, "in/x.jpg")
    files, aside = _listed(tmp_path, tmp_path / "in", tmp_path)
    assert files == ["x.jpg"]
    assert [each.kind for each in aside] == [AsideKind.FOLDER_AGAIN]


def test_a_folder_that_is_away_is_never_an_empty_answer(tmp_path: Path) -> None:
    _named(tmp_path / "here", "x.jpg")
    files, aside = _listed(tmp_path / "share", tmp_path / "here")
    assert files == ["x.jpg"]
    (away,) = aside
    assert (away.kind, away.path) == (AsideKind.FOLDER_UNREACHABLE, str(tmp_path / "share"))
    assert away.what
    with pytest.raises(FolderUnreachable, match="not reachable"):
        check_folder(tmp_path / "share")


def test_a_folder_that_goes_away_meanwhile_is_not_reachable(tmp_path: Path) -> None:
    top = tmp_path / "share"
    _named(top, "a.jpg")
    _named(top, "below/b.jpg")
    steps = files_below([top])
    assert isinstance(next(steps), ListedFile)
    top.rename(tmp_path / "renamed")
    assert [each.kind for each in steps if isinstance(each, Aside)] == [
        AsideKind.FOLDER_UNREACHABLE
    ]


@_posix
@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    closed = _named(tmp_path, "closed/x.jpg").parent
    _named(tmp_path, "open/y.jpg")
    closed.chmod(0)
    try:
        files, aside = _listed(tmp_path)
    finally:
        closed.chmod(0o700)
    assert files == ["y.jpg"]
    assert [(each.kind, each.path) for each in aside] == [
        (AsideKind.FOLDER_UNREADABLE, str(closed))
    ]


def test_odd_names_are_kept(tmp_path: Path) -> None:
    names = ["假货对比_正品.jpg", "=cmd!A1.jpg", "-rf.jpg", "a%20b.jpg", "📷 ✅.jpg"]
    if os.name == "posix":
        names += ["new\nline.jpg", os.fsdecode(b"bad_utf8_\xff\xfe.jpg")]
    for name in names:
        _named(tmp_path, name)
    assert sorted(_listed(tmp_path)[0]) == sorted(names)


def test_what_a_file_holds_decides_not_its_name(tmp_path: Path) -> None:
    picture = saved(artwork(1, 64, 48), tmp_path / "x.png").read_bytes()
    for name in ("noext", "photo.docx", "photo.jpg"):
        found = contents_of(_one(_named(tmp_path, name, picture)))
        assert isinstance(found, Contents)
        assert found.data == picture


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.docx", b"PK\3\4rest"),
        ("notes.txt", b"words"),
        ("empty", b""),
        ("film", b"\x1aE\xdf\xa3"),
        ("film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
    ],
)
def test_what_neither_is_nor_claims_to_be_a_picture_is_left_aside(
    tmp_path: Path, name: str, data: bytes
) -> None:
    found = contents_of(_one(_named(tmp_path, name, data)))
    assert isinstance(found, Aside)
    assert found.kind is AsideKind.NOT_A_PICTURE
    assert found.what


def test_a_side_file_is_told_by_content_too(tmp_path: Path) -> None:
    for name in ("photo.jpg", "photo"):
        found = contents_of(_one(_named(tmp_path, name, b"\0\5\x16\7" + b"\0" * 40)))
        assert isinstance(found, Aside)
        assert found.kind is AsideKind.SIDE_FILE


def test_a_picture_of_another_kind_or_a_false_name_is_an_answer_of_its_own(tmp_path: Path) -> None:
    """They reach the reader, which says what they are."""
    for name, data in (("drawing", b"8BPS\0\1"), ("page.jpg", b"<html>"), ("empty.jpg", b"")):
        assert isinstance(contents_of(_one(_named(tmp_path, name, data))), Contents)


@_posix
def test_pipes_and_sockets_are_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileUnreachable, match="pipe"):
        contents_of(_one(tmp_path / "pipe.jpg"))
    assert isinstance(contents_of(_one(tmp_path / "pipe")), Aside)
    short = Path(os.path.relpath(tmp_path / "s.jpg"))
    with socket.socket(socket.AF_UNIX) as bound:
        try:
            bound.bind(str(short))
        except OSError:
            pytest.skip("the path is too long for a socket here")
        with pytest.raises(FileUnreachable):
            contents_of(_one(tmp_path / "s.jpg"))


@_posix
def test_a_link_to_nothing_is_the_links_fault_a_lost_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").symlink_to("/nonexistent/x.jpg")
    (tmp_path / "a.jpg").symlink_to("b.jpg")
    (tmp_path / "b.jpg").symlink_to("a.jpg")
    files = [f for f in files_below([tmp_path]) if isinstance(f, ListedFile)]
    lost = _one(_named(tmp_path, "lost.jpg"))
    Path(lost.path).unlink()
    said = {}
    for file in (*files, lost):
        with pytest.raises(FileUnreachable) as caught:
            contents_of(file)
        said[Path(file.path).name] = is_systemic(caught.value)
    assert said == {"broken.jpg": False, "a.jpg": False, "b.jpg": False, "lost.jpg": True}


def test_damage_is_never_the_disks_fault() -> None:
    assert not is_systemic(DamagedPicture("x.jpg", "cut", "again"))
    assert not is_systemic(NotAPicture("x.jpg", "text", "again"))
    failed = FileUnreachable("x.jpg", "it cannot be read", "check")
    failed.__cause__ = OSError(5, "Input/output error")
    assert is_systemic(failed)


def test_shared_hostile_files_all_have_an_answer(shared: Path) -> None:
    folder = shared / "hostile" / "files"
    if not folder.is_dir():
        pytest.skip(f"no hostile files at {folder}")
    files, aside = _listed(folder)
    assert len(files) + len(aside) == sum(1 for p in folder.rglob("*") if not p.is_dir())
