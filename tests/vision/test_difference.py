"""The learned head as it runs: alike on both backends, without order, deaf to what is not seen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import safetensors.torch

from vision import head, weights
from vision.difference import Differ, gathered

if TYPE_CHECKING:
    from pathlib import Path

    from vision.terms import Pixels

SHAPE = (144, 200)  # no multiple of what the network wants
ALL = np.ones(SHAPE, bool)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head that has learned nothing, but answers something everywhere."""
    import torch

    torch.manual_seed(4)
    path = tmp_path_factory.mktemp("head") / "head.safetensors"
    module = head.build((16, 24, 40, 112))
    for scale in module.scales:  # what begins at nothing must have a say here
        for part in (getattr(scale, name, None) for name in ("tint", "ink")):
            if part is not None:
                torch.nn.init.normal_(part.weight, std=0.2)
    safetensors.torch.save_file(module.state_dict(), path)
    return path


def _differ(file: Path, backend: str) -> Differ:
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Differ(weights.find(), file, sha256, backend=backend, cache=None, threads=1)


@pytest.fixture(scope="module")
def differ(file: Path) -> Differ:
    return _differ(file, "openvino")


def _picture(seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    rough = rng.integers(0, 256, (18, 25, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(rough, SHAPE[::-1], interpolation=cv2.INTER_CUBIC), np.uint8)


def test_both_backends_answer_alike(file: Path, differ: Differ) -> None:
    plain = _differ(file, "torch")
    answers = []
    for each in (differ, plain):
        encoded = [each.encode(_picture(seed), ALL) for seed in (1, 2, 3)]
        answers.append(each.compare(encoded[0], encoded[1:]))
    assert answers[0].odds.shape == answers[0].hidden.shape == SHAPE
    assert np.abs(answers[0].odds - answers[1].odds).max() < 1e-3
    assert np.abs(answers[0].hidden - answers[1].hidden).max() < 1e-4
    assert answers[0].odds.std() > 1e-3


def test_what_is_kept_of_a_picture_takes_half_the_memory_and_answers_alike(
    file: Path, differ: Differ, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    kept = [differ.encode(_picture(seed), ALL) for seed in (1, 2, 3)]
    assert {part.dtype for part in kept[0].parts} == {np.dtype(np.float16)}
    ours = differ.compare(kept[0], kept[1:])
    monkeypatch.setattr(torch.Tensor, "half", lambda tensor: tensor)
    plain = _differ(file, "torch")
    whole = [plain.encode(_picture(seed), ALL) for seed in (1, 2, 3)]
    assert {part.dtype for part in whole[0].parts} == {np.dtype(np.float32)}
    exact = plain.compare(whole[0], whole[1:])
    assert 0.0 < np.abs(ours.odds - exact.odds).max() < 0.001


def test_references_that_were_gathered_before_answer_alike(differ: Differ) -> None:
    photo, *others = [differ.encode(_picture(seed), ALL) for seed in (1, 2, 3, 4)]
    one, two = differ.compare(photo, others), differ.compare_with(photo, gathered(others))
    assert np.array_equal(one.odds, two.odds)
    assert np.array_equal(one.hidden, two.hidden)


def test_the_order_of_the_references_plays_no_part(differ: Differ) -> None:
    photo, *others = [differ.encode(_picture(seed), ALL) for seed in (1, 2, 3, 4)]
    one, two = differ.compare(photo, others), differ.compare(photo, others[::-1])
    assert np.abs(one.odds - two.odds).max() < 1e-4


def test_a_reference_has_no_vote_where_it_shows_nothing(differ: Differ) -> None:
    photo, good = (differ.encode(_picture(seed), ALL) for seed in (1, 2))
    unseen = [differ.encode(_picture(seed), ~ALL) for seed in (5, 6)]
    answers = [differ.compare(photo, [good, each]) for each in unseen]
    assert np.abs(answers[0].odds - answers[1].odds).max() < 1e-4
    seen = [differ.encode(_picture(seed), ALL) for seed in (5, 6)]
    heard = [differ.compare(photo, [good, each]) for each in seen]
    assert np.abs(heard[0].odds - heard[1].odds).max() > 1e-3
