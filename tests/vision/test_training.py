"""Training goes on from where it stopped, and what it writes is what the program reads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
import safetensors.torch

from vision import WeightsCorrupt, head
from vision.training import Plan, export_head, train

if TYPE_CHECKING:
    from pathlib import Path

# The optimiser's state and torch's worker processes warn of nothing; simulation needs the fonts.
PLAN = Plan(minutes=0.08, batch=1, size=64, seed=3)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    checkpoint = tmp_path_factory.mktemp("training") / "head.pt"
    *_, last = train(PLAN, checkpoint)
    return checkpoint, last.step


def test_training_goes_on_where_it_stopped(trained: tuple[Path, int]) -> None:
    checkpoint, steps = trained
    assert steps > 0
    *_, last = train(PLAN, checkpoint)
    assert last.step > steps
    assert np.isfinite(last.losses.get("all", 0.0))


def test_the_exported_head_fits_the_network(trained: tuple[Path, int], tmp_path: Path) -> None:
    out = tmp_path / "head.safetensors"
    sha256 = export_head(trained[0], out)
    assert sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert out.stat().st_size < 10_000_000
    module = head.build((16, 24, 40, 112))
    module.load_state_dict(safetensors.torch.load_file(out))


def test_what_is_no_checkpoint_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pt"
    wrong.write_bytes(b"not a checkpoint")
    with pytest.raises(WeightsCorrupt) as caught:
        export_head(wrong, tmp_path / "out.safetensors")
    assert str(wrong) in str(caught.value)
    assert not (tmp_path / "out.safetensors").exists()
