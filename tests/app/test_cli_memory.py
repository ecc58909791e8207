"""Commands in a moment without memory: a sentence, and what can be done is done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.commands import desk as desk_module
from app.reports.contract import InspectDocument
from app.reports.housekeeping import AddDocument
from tests.app import inspection_samples as samples
from tests.app.test_cli_zones import Runner
from vision import Inspection, Outcome, Photo, pictures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vision.decoding import Decoded, Opened

_decode = pictures.decode


class _NoModel:
    """Stands for the network."""

    version = "sha256:00"
    differ = None

    def __init__(self, *_: object, **__: object) -> None: ...


@pytest.fixture
def run(workspace_folder: Path) -> Runner:
    return Runner(workspace_folder)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return [str(samples.saved(tmp_path, name)) for name in ("one.png", "two.png")]


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The first decoding finds no memory, and each one that is added to the list."""
    lacks = [1]

    def decode(opened: Opened, *, max_side: int | None) -> Decoded:
        if lacks:
            lacks.pop()
            raise MemoryError
        return _decode(opened, max_side=max_side)

    monkeypatch.setattr(pictures, "decode", decode)
    return lacks


def _judged(photo: Photo, *_: object, **__: object) -> Inspection:
    return samples.renamed(samples.inspection(Outcome.AGREES), photo.path)


def test_the_other_photos_are_inspected(
    run: Runner, files: list[str], short: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "Embedder", _NoModel)
    monkeypatch.setattr(desk_module.vision, "inspect", _judged)
    _, said, _ = run("inspect", *files, "--json")
    one, two = InspectDocument.model_validate(json.loads(said)).inspections
    assert "not enough memory" in one.reason
    assert two.outcome is Outcome.AGREES


def test_the_other_references_are_added(run: Runner, files: list[str], short: list[int]) -> None:
    _, said, _ = run("gallery", "add", *files, "--product", "A", "--side", "front", "--json")
    one, two = AddDocument.model_validate(json.loads(said)).rows
    assert "not enough memory" in one.error
    assert two.error == ""


def test_a_check_ends_in_a_sentence_and_calls_no_reference_unreadable(
    run: Runner, files: list[str], short: list[int]
) -> None:
    short.clear()
    assert run("gallery", "add", files[0], "--product", "A", "--side", "front")[0] == 0
    short += [1] * 9
    status, _, told = run("gallery", "check")
    assert status == 1
    assert "not enough memory" in told
    assert "Traceback" not in told
    short.clear()
    assert "unreadable" not in run("gallery", "check", "--json")[1]
