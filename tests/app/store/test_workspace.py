"""A workspace keeps references and records whole, once each, and says what stands in the way."""

from __future__ import annotations

import json
import os
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import select

from app.store import (
    EntryRefused,
    NoSuchReference,
    OriginalDamaged,
    OriginalMissing,
    Workspace,
    WorkspaceUnwritable,
)
from app.store.tables import AuditRow, ProductRow, ReferenceRow, SideRow
from vision import FileUnreachable, NotAPicture, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return _picture(tmp_path / "front.png", 1)


def _picture(path: Path, seed: int) -> Path:
    pixels = np.random.default_rng(seed).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def _names(workspace: Workspace, row: type[ProductRow | SideRow]) -> list[str]:
    with workspace._database.reading() as session:
        return sorted(session.scalars(select(row.name)))


def test_a_reference_is_there_after_opening_again(workspace_folder: Path, picture: Path) -> None:
    said = Provenance("王五", "bought in the maker's shop", "B-7", "2026-01-31", "2027-01-31")
    with Workspace(workspace_folder) as first:
        added = first.add_reference(picture, product="酱油 500 ml", side="正面", provenance=said)
    with Workspace(workspace_folder) as second:
        assert second.references() == (added,)
    assert (added.product, added.side, added.provenance) == ("酱油 500 ml", "正面", said)
    assert added.outline is None
    assert Path(added.path).read_bytes() == picture.read_bytes()


def test_the_original_lies_under_its_hash_and_cannot_be_written(
    workspace: Workspace, picture: Path
) -> None:
    added = workspace.add_reference(picture, product="A", side="front")
    path = Path(added.path)
    assert path == workspace.originals / added.sha256[:2] / f"{added.sha256[2:]}.png"
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert workspace.original(added) == path


def test_the_same_picture_of_a_side_is_kept_once(workspace: Workspace, picture: Path) -> None:
    first = workspace.add_reference(picture, product="A", side="front")
    copy = picture.with_name("another name.PNG")
    copy.write_bytes(picture.read_bytes())
    assert workspace.add_reference(copy, product=" A ", side="front") == first
    assert len(workspace.references()) == 1


def test_the_same_picture_of_two_sides_shares_one_original(
    workspace: Workspace, picture: Path
) -> None:
    first = workspace.add_reference(picture, product="A", side="front")
    copy = picture.with_suffix(".jpeg")
    copy.write_bytes(picture.read_bytes())
    second = workspace.add_reference(copy, product="B", side="front")
    assert first.id != second.id
    assert first.path == second.path
    assert len([path for path in workspace.originals.rglob("*") if path.is_file()]) == 1


def test_references_of_one_product_or_side(workspace: Workspace, tmp_path: Path) -> None:
    for number, (product, side) in enumerate([("B", "back"), ("A", "front"), ("A", "back")]):
        workspace.add_reference(
            _picture(tmp_path / f"{number}.png", number), product=product, side=side
        )
    found = [(reference.product, reference.side) for reference in workspace.references()]
    assert found == [("A", "back"), ("A", "front"), ("B", "back")]
    assert len(workspace.references(product="A")) == 2
    assert len(workspace.references(side="back")) == 2
    assert len(workspace.references(product="B", side="front")) == 0


def test_what_is_no_picture_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = tmp_path / "list.jpg"
    text.write_text("not a picture")
    with pytest.raises(NotAPicture):
        workspace.add_reference(text, product="A", side="front")
    with pytest.raises(FileUnreachable):
        workspace.add_reference(tmp_path / "none.jpg", product="A", side="front")
    assert workspace.references() == ()
    assert _names(workspace, ProductRow) == []
    assert list(workspace.originals.rglob("*")) == []


@pytest.mark.parametrize(
    ("product", "side", "field"),
    [
        ("", "front", "product"),
        ("  ", "front", "product"),
        ("A" * 201, "front", "product"),
        ("A", "front\nback", "side"),
        ("A\ud800", "front", "product"),
    ],
)
def test_names_that_cannot_be_kept(
    workspace: Workspace, picture: Path, product: str, side: str, field: str
) -> None:
    with pytest.raises(EntryRefused, match=field) as caught:
        workspace.add_reference(picture, product=product, side=side)
    assert caught.value.field == field
    str(caught.value).encode("utf-8")


def test_a_long_name_in_any_script_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    file = _picture(tmp_path / ("像" * 80 + ".png"), 5)
    added = workspace.add_reference(file, product="特级🙂" * 50, side="é" * 200)
    assert workspace.references(product="特级🙂" * 50) == (added,)


def test_composed_and_decomposed_letters_are_one_name(workspace: Workspace, tmp_path: Path) -> None:
    for number, name in enumerate(("Café", "Cafe\u0301")):
        workspace.add_reference(
            _picture(tmp_path / f"{number}.png", number), product=name, side="front"
        )
    assert _names(workspace, ProductRow) == ["Café"]


def test_an_outline_is_kept_and_forgotten(workspace: Workspace, picture: Path) -> None:
    added = workspace.add_reference(picture, product="A", side="front")
    corners = ((0.5, 1.25), (30.0, 1.0), (30.0, 20.0))
    assert workspace.set_outline(added.id, corners).outline == corners
    assert workspace.references()[0].outline == corners
    workspace.set_outline(added.id, None)
    assert workspace.references() == (added,)
    for wrong in (corners[:2], (*corners, (float("nan"), 0.0))):
        with pytest.raises(EntryRefused, match="three corners"):
            workspace.set_outline(added.id, wrong)
    with pytest.raises(NoSuchReference, match="no reference “none”"):
        workspace.set_outline("none", corners)


def test_removing_leaves_the_original_and_a_trace(workspace: Workspace, picture: Path) -> None:
    added = workspace.add_reference(picture, product="A", side="front")
    workspace.remove_reference(added.id)
    assert workspace.references() == ()
    assert _names(workspace, ProductRow) == _names(workspace, SideRow) == []
    assert Path(added.path).is_file()
    assert workspace.tidy().orphans == 1
    with workspace._database.reading() as session:
        acts = [(row.act, row.detail["product"]) for row in session.scalars(select(AuditRow))]
    assert acts == [("add", "A"), ("remove", "A")]
    with pytest.raises(NoSuchReference):
        workspace.remove_reference(added.id)


def test_removing_keeps_what_others_need(workspace: Workspace, tmp_path: Path) -> None:
    added = [
        workspace.add_reference(_picture(tmp_path / f"{i}.png", i), product="A", side=side)
        for i, side in enumerate(("front", "front", "back"))
    ]
    workspace.remove_reference(added[0].id)
    assert _names(workspace, SideRow) == ["back", "front"]
    workspace.remove_reference(added[1].id)
    assert _names(workspace, SideRow) == ["back"]
    assert _names(workspace, ProductRow) == ["A"]


def test_a_missing_or_changed_original_is_named(workspace: Workspace, tmp_path: Path) -> None:
    gone, changed, whole = (
        workspace.add_reference(_picture(tmp_path / f"{i}.png", i), product=f"P{i}", side="front")
        for i in range(3)
    )
    Path(gone.path).unlink()
    Path(changed.path).chmod(0o600)
    Path(changed.path).write_bytes(b"x")
    with pytest.raises(OriginalMissing, match="“P0”, side “front” is missing"):
        workspace.original(gone)
    with pytest.raises(OriginalDamaged, match="“P1”, side “front” has changed"):
        workspace.original(changed)
    assert [type(error) for error in workspace.lost_originals()] == [OriginalMissing]
    assert [type(error) for error in workspace.lost_originals(thorough=True)] == [
        OriginalMissing,
        OriginalDamaged,
    ]
    assert workspace.original(whole)


def test_adding_the_picture_again_mends_its_original(workspace: Workspace, tmp_path: Path) -> None:
    files = [_picture(tmp_path / f"{number}.png", number) for number in range(2)]
    gone, changed = (workspace.add_reference(f, product="A", side="front") for f in files)
    Path(gone.path).unlink()
    Path(changed.path).chmod(0o600)
    Path(changed.path).write_bytes(b"x")
    again = [workspace.add_reference(f, product="A", side="front") for f in files]
    assert again == [gone, changed]
    assert workspace.lost_originals(thorough=True) == ()


def test_the_gallery_leaves_out_what_is_lost_and_says_so(
    workspace: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lost, kept = (
        workspace.add_reference(_picture(tmp_path / f"{i}.png", i), product=f"P{i}", side="front")
        for i in range(2)
    )
    Path(lost.path).unlink()
    assert [found.id for found in workspace.gallery(None).references] == [kept.id]
    assert "“P0”, side “front” is missing" in caplog.text


def test_a_failing_transaction_leaves_only_an_orphan(
    workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr("app.store.workspace.told", fail)
        with pytest.raises(RuntimeError, match="cut off"):
            workspace.add_reference(picture, product="A", side="front")
    assert workspace.references() == ()
    assert _names(workspace, ProductRow) == []
    tidied = workspace.tidy()
    assert (tidied.orphans, tidied.orphan_bytes) == (1, picture.stat().st_size)
    workspace.add_reference(picture, product="A", side="front")
    assert workspace.tidy().orphans == 0


def test_a_file_that_changes_while_it_is_read_is_refused(
    workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vision

    photo = vision.read(picture)
    monkeypatch.setattr(vision, "read", lambda *_a, **_k: replace(photo, sha256="0" * 64))
    with pytest.raises(FileUnreachable, match="changed while it was read"):
        workspace.add_reference(picture, product="A", side="front")
    assert not any(path.is_file() for path in workspace.originals.rglob("*"))


def test_a_full_disk_is_named_and_leaves_no_reference(
    workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("app.store.originals.os.fsync", full)
    with pytest.raises(WorkspaceUnwritable, match="No space left on device"):
        workspace.add_reference(picture, product="A", side="front")
    assert workspace.references() == ()
    assert workspace.tidy().orphans == workspace.tidy().unfinished == 0


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(WorkspaceUnwritable, match="choose another folder"):
        Workspace(file)


def test_a_read_only_folder_is_named(
    workspace_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workspace(workspace_folder).close()

    def refuse(**_kwargs: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("app.store.workspace.tempfile.TemporaryFile", refuse)
    with pytest.raises(WorkspaceUnwritable, match="Permission denied"):
        Workspace(workspace_folder)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may write everywhere"
)
def test_a_folder_without_the_right_to_write_is_named(workspace_folder: Path) -> None:
    Workspace(workspace_folder).close()
    workspace_folder.chmod(0o500)
    try:
        with pytest.raises(WorkspaceUnwritable, match="Permission denied"):
            Workspace(workspace_folder)
    finally:
        workspace_folder.chmod(0o700)


def test_inspections_are_kept_newest_first(workspace: Workspace) -> None:
    documents = [json.dumps({"名": "甲", "number": number, "x": 0.1}) for number in range(3)]
    numbers = [
        workspace.record(
            text, photo_sha256="ab" * 32, outcome="differs", gallery_version="sha256:0"
        )
        for text in documents
    ]
    assert numbers == sorted(set(numbers))
    kept = workspace.recorded(limit=2)
    assert [row.id for row in kept] == numbers[:0:-1]
    assert [json.loads(row.document) for row in kept] == [
        json.loads(text) for text in documents[:0:-1]
    ]
    assert (kept[0].outcome, kept[0].photo_sha256) == ("differs", "ab" * 32)
    assert kept[0].at.tzinfo is not None
    assert abs(datetime.now(UTC) - kept[0].at) < timedelta(minutes=5)


@pytest.mark.parametrize("text", ["{", '{"a": NaN}', ""])
def test_what_is_no_json_is_not_recorded(workspace: Workspace, text: str) -> None:
    with pytest.raises(ValueError, match=r"expected JSON|Expecting"):
        workspace.record(text, photo_sha256="", outcome="agrees", gallery_version="")
    assert workspace.recorded() == ()


def test_threads_add_side_by_side(workspace: Workspace, tmp_path: Path) -> None:
    files = [_picture(tmp_path / f"{number}.png", number % 6) for number in range(18)]
    failures: list[Exception] = []

    def add(part: list[Path]) -> None:
        try:
            for file in part:
                workspace.add_reference(file, product="A", side="front")
        except Exception as error:  # noqa: BLE001 - any failure in a thread is told
            failures.append(error)

    threads = [threading.Thread(target=add, args=(files[start::3],)) for start in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(workspace.references()) == 6


def test_rows_keep_the_original_file_name(workspace: Workspace, picture: Path) -> None:
    workspace.add_reference(picture, product="A", side="front")
    with workspace._database.reading() as session:
        row = session.scalars(select(ReferenceRow)).one()
    assert (row.file_name, row.width, row.height) == ("front.png", 32, 24)
    assert row.added_at.utcoffset() == timedelta(0)
