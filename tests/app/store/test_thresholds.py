"""Thresholds are kept for everybody, leave a trace, and reach whatever judges by the gallery."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app.audit_words import about, act_name
from app.store import ApprovalNeeded, Decided, Decision, EntryRefused, Subject, Workspace
from vision import KnownFalse, Thresholds, UnknownSide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEA = ("tea", "front")
PHOTO = "a" * 64

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    file = tmp_path / "one.png"
    pixels = np.random.default_rng(3).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(file)
    with Workspace(workspace_folder, author="Mei") as opened:
        opened.add_reference(file, product="tea", side="front")
        yield opened


def judged(peak: float, side: str = "front") -> str:
    return json.dumps({"comparison": {"product": "tea", "side": side, "peak": peak}})


def test_what_is_set_is_there_after_a_restart(workspace: Workspace, workspace_folder: Path) -> None:
    assert workspace.thresholds.all() == Thresholds()
    assert workspace.thresholds.set(0.7, product="tea", side="front") is None
    assert workspace.thresholds.set(0.2) is None
    with Workspace(workspace_folder) as later:
        assert later.thresholds.all() == Thresholds(0.2, ((*TEA, 0.7),))


def test_the_one_before_is_returned_and_none_takes_it_back(workspace: Workspace) -> None:
    book = workspace.thresholds
    book.set(0.7, product="tea", side="front")
    assert book.set(0.8, product="tea", side="front") == 0.7
    assert book.set(None, product="tea", side="front") == 0.8
    assert book.all() == Thresholds()
    assert book.set(None) is None


def test_every_change_is_in_the_audit_once(workspace: Workspace) -> None:
    workspace.thresholds.set(0.7, product="tea", side="front")
    workspace.thresholds.set(0.7, product="tea", side="front")
    workspace.thresholds.set(None, product="tea", side="front")
    entries = [entry for entry in workspace.audit() if entry.act == "threshold"]
    told = [json.loads(entry.detail) for entry in entries]
    assert [(each["before"], each["after"]) for each in told] == [(0.7, None), (None, 0.7)]
    assert {entry.author for entry in entries} == {"Mei"}
    assert act_name("threshold") != "threshold"
    assert "tea" in about(entries[0])


def test_the_gallery_judges_by_it(workspace: Workspace) -> None:
    before = workspace.gallery(None)
    workspace.thresholds.set(0.7, product="tea", side="front")
    after = workspace.gallery(None)
    assert after.thresholds.of_side(*TEA) == 0.7
    assert after.thresholds_version != before.thresholds_version
    assert after.version == before.version


@pytest.mark.parametrize("value", [math.nan, math.inf, 0.0, -0.1])
def test_what_is_no_threshold_is_refused(workspace: Workspace, value: float) -> None:
    with pytest.raises(EntryRefused):
        workspace.thresholds.set(value, product="tea", side="front")
    assert workspace.thresholds.all() == Thresholds()


def test_a_margin_below_zero_is_a_stricter_gallery(workspace: Workspace) -> None:
    workspace.thresholds.set(-0.05)
    assert workspace.thresholds.all().margin == -0.05


def test_a_side_that_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(UnknownSide):
        workspace.thresholds.set(0.7, product="tea", side="back")


def test_a_second_person_has_to_agree_where_the_rule_holds(workspace: Workspace) -> None:
    workspace.approvals.need(True)
    with pytest.raises(ApprovalNeeded):
        workspace.thresholds.set(0.7)
    assert workspace.thresholds.all() == Thresholds()


def test_photos_decided_to_differ_are_known_by_their_newest_evidence(workspace: Workspace) -> None:
    for peak in (0.5, 0.9):
        workspace.record(judged(peak), photo_sha256=PHOTO, outcome="differs", gallery_version="g")
    workspace.record(judged(0.1, "back"), photo_sha256=PHOTO, outcome="agrees", gallery_version="g")
    assert workspace.thresholds.known_false() == ()
    subject = Subject(PHOTO, *TEA)
    decision = Decision(subject, Decided.DIFFERS, "Mei", datetime(2026, 1, 2, tzinfo=UTC), {})
    workspace.decisions.set(subject, decision)
    assert workspace.thresholds.known_false() == (KnownFalse(*TEA, 0.9),)
    workspace.decisions.set(subject, None)
    assert workspace.thresholds.known_false() == ()


def test_records_from_before_evidence_was_kept_are_left_out(workspace: Workspace) -> None:
    old = json.dumps({"comparison": {"product": "tea", "side": "front"}})
    workspace.record(old, photo_sha256=PHOTO, outcome="differs", gallery_version="g")
    subject = Subject(PHOTO, *TEA)
    decision = Decision(subject, Decided.DIFFERS, "Mei", datetime(2026, 1, 2, tzinfo=UTC), {})
    workspace.decisions.set(subject, decision)
    assert workspace.thresholds.known_false() == ()
