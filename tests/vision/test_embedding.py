"""Vectors and maps: known sizes, known places, the same from both backends, no torch when warm."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file

from vision import weights
from vision.embedding import Embedder

timm = pytest.importorskip("timm")
torch = pytest.importorskip("torch")

_ROOT = Path(__file__).resolve().parents[2]


def _picture(height: int, width: int, seed: int = 0) -> np.ndarray:
    """A smooth random picture with all colours."""
    coarse = np.random.default_rng(seed).random((height // 8 + 2, width // 8 + 2, 3))
    full = np.kron(coarse, np.ones((8, 8, 1)))[:height, :width]
    return (full * 255).astype(np.uint8)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="module")
def fast(cache: Path) -> Embedder:
    pytest.importorskip("openvino", reason="OpenVINO is the fast path")
    return Embedder("openvino", cache=cache, threads=1)


@pytest.fixture(scope="module")
def reference() -> Embedder:
    return Embedder("torch", threads=1)


def test_vectors_have_length_one_and_equal_crops_are_equal(fast: Embedder) -> None:
    crop, other = _picture(90, 130), _picture(90, 130, seed=1)
    found = fast.embed([crop, crop, other])
    assert found.shape == (3, 1280)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert found[0] @ found[1] == pytest.approx(1, abs=1e-5)
    assert found[0] @ found[2] < 0.999


def test_a_vector_does_not_depend_on_its_company(fast: Embedder) -> None:
    crops = [_picture(60, 60, seed) for seed in range(19)]
    together = fast.embed(crops)
    assert np.allclose(together[18], fast.embed(crops[18:])[0], atol=1e-5)


def test_no_crops_give_no_vectors(fast: Embedder) -> None:
    assert len(fast.embed([])) == 0


def test_colour_order_matters(fast: Embedder) -> None:
    red = np.zeros((64, 64, 3), np.uint8)
    red[..., 0] = 255
    similar = fast.embed([red, red[..., ::-1]])
    assert similar[0] @ similar[1] < 0.99


@pytest.mark.parametrize("size", [(96, 160), (33, 47), (1, 1), (224, 31)])
def test_maps_have_the_size_of_the_picture_over_their_stride(
    fast: Embedder, size: tuple[int, int]
) -> None:
    maps = fast.pyramid(_picture(*size))
    assert fast.strides == (2, 4, 8, 16)
    assert [found.shape[0] for found in maps] == [16, 24, 40, 112]
    for found, stride in zip(maps, fast.strides, strict=True):
        assert found.shape[1:] == (-(-size[0] // stride), -(-size[1] // stride))
        assert found.dtype == np.float32


def test_a_changed_spot_changes_the_maps_at_that_place(fast: Embedder) -> None:
    before = np.full((128, 192, 3), 128, np.uint8)
    after = before.copy()
    after[32:40, 144:152] = 255
    for found, was, stride in zip(
        fast.pyramid(after), fast.pyramid(before), fast.strides, strict=True
    ):
        change = np.abs(found - was).sum(axis=0)
        row, column = np.unravel_index(change.argmax(), change.shape)
        assert abs(row * stride - 36) <= 2 * stride
        assert abs(column * stride - 148) <= 2 * stride


def test_a_picture_moved_by_whole_cells_moves_its_maps(fast: Embedder) -> None:
    wide = _picture(160, 256)
    here, moved = fast.pyramid(wide[:, :192]), fast.pyramid(wide[:, 32:224])
    finest = here[0][:, 20:60, 36:80] - moved[0][:, 20:60, 20:64]
    assert np.abs(finest).max() < 1e-3


def test_both_backends_agree(fast: Embedder, reference: Embedder) -> None:
    for size in ((96, 160), (70, 45)):
        picture = _picture(*size, seed=3)
        assert np.abs(fast.embed([picture]) - reference.embed([picture])).max() < 1e-5
        for found, wanted in zip(fast.pyramid(picture), reference.pyramid(picture), strict=True):
            assert found.shape == wanted.shape
            assert np.abs(found - wanted).max() < 1e-4 * np.abs(wanted).max()


def test_the_version_is_the_hash_of_the_weights(
    fast: Embedder, reference: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of both networks; of the backbone alone where the head is left out."""
    head = weights.difference_head()
    assert head is not None
    both = hashlib.sha256(f"{weights.find().sha256} {head.sha256}".encode()).hexdigest()
    assert fast.version == reference.version == f"sha256:{both}"
    monkeypatch.setenv("TOUCHSTONE_HEAD", "")
    assert Embedder().version == f"sha256:{weights.find().sha256}"


def test_threads_of_torch_are_left_as_they_were(reference: Embedder) -> None:
    before = torch.get_num_threads()
    reference.embed([_picture(40, 40)])
    assert torch.get_num_threads() == before


def test_results_are_the_callers_own(fast: Embedder) -> None:
    first = fast.pyramid(_picture(64, 64))[0]
    kept = first.copy()
    fast.pyramid(_picture(64, 64, seed=9))
    assert np.array_equal(first, kept)


_WARM = """
import sys, pathlib, socket
def refuse(*args, **kwargs):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
import numpy as np
from vision.embedding import Embedder
embedder = Embedder("openvino", cache=pathlib.Path(sys.argv[1]), threads=1)
embedder.embed([np.zeros((9, 9, 3), np.uint8)])
embedder.pyramid(np.zeros((9, 9, 3), np.uint8))
heavy = {"torch", "timm", "openvino_telemetry"}
print(sorted(heavy & {name for name, module in sys.modules.items() if module}))
"""


def _start(cache: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", _WARM, str(cache)],
        cwd=_ROOT,
        env={"PATH": "", "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_warm_start_needs_no_torch_and_nobody_is_told(
    fast: Embedder, cache: Path, tmp_path: Path
) -> None:
    fast.warm()
    answer = _start(cache, tmp_path)
    assert answer.stderr == ""
    assert answer.stdout.strip() == "[]"
    assert not list(tmp_path.iterdir()), "usage statistics were prepared in the home folder"


def test_a_cold_start_is_quiet_and_stays_offline(tmp_path: Path) -> None:
    pytest.importorskip("openvino", reason="OpenVINO is the fast path")
    home = tmp_path / "home"
    home.mkdir()
    answer = _start(tmp_path / "cache", home)
    assert answer.returncode == 0, answer.stderr
    assert "openvino_telemetry" not in answer.stdout
    assert not (home / "intel").exists()


def test_a_damaged_cache_is_made_anew(tmp_path: Path, fast: Embedder) -> None:
    crop = _picture(50, 50)
    wanted = fast.embed([crop])
    Embedder("openvino", cache=tmp_path, threads=1).embed([crop])
    file = next(tmp_path.glob("*.bin"))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    assert np.allclose(Embedder("openvino", cache=tmp_path, threads=1).embed([crop]), wanted)
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, fast: Embedder) -> None:
    occupied = tmp_path / "a file"
    occupied.write_text("")
    crop = _picture(50, 50)
    found = Embedder("openvino", cache=occupied, threads=1).embed([crop])
    assert np.allclose(found, fast.embed([crop]))


def test_without_openvino_torch_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert Embedder("auto").backend == "torch"
    with pytest.raises(ValueError, match="pip install openvino"):
        Embedder("openvino")


def test_an_openvino_for_another_system_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ImportError("libopenvino.so: wrong ELF class")

    monkeypatch.setattr("vision.networks.import_openvino", fail)
    embedder = Embedder("auto")
    assert embedder.embed([_picture(20, 20)]).shape == (1, 1280)
    assert embedder.backend == "torch"
    with pytest.raises(ImportError):
        Embedder("openvino").embed([_picture(20, 20)])


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((4, 4, 3), np.float32),
        np.zeros((0, 4, 3), np.uint8),
    ],
)
def test_wrong_pixels_are_named(fast: Embedder, wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="uint8"):
        fast.embed([wrong])
    with pytest.raises(ValueError, match="uint8"):
        fast.pyramid(wrong)


def test_an_unknown_backend_is_named() -> None:
    with pytest.raises(ValueError, match="abacus"):
        Embedder("abacus")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("architecture", "patch", "options"),
    [
        ("vit_small_patch14_dinov2", 14, {"img_size": 28}),
        ("vit_small_patch16_dinov3", 16, {"img_size": 32}),
    ],
)
def test_a_transformer_of_staff_gives_vectors_and_maps(
    architecture: str, patch: int, options: dict[str, int], tmp_path: Path
) -> None:
    small = {"depth": 5, "embed_dim": 32, "num_heads": 2, **options}
    torch.manual_seed(3)
    network = timm.create_model(architecture, pretrained=False, num_classes=0, **small)
    save_file(network.state_dict(), tmp_path / "tiny.safetensors")
    weights.register(
        tmp_path / "tiny.safetensors", architecture, folder=tmp_path, name="tiny", options=small
    )
    picture = _picture(60, 100)
    answers = []
    for backend in ("auto", "torch"):
        embedder = Embedder(backend, "tiny", folder=tmp_path, threads=1)
        maps = embedder.pyramid(picture)
        assert embedder.strides == (patch,) * 4
        assert {found.shape for found in maps} == {(32, -(-60 // patch), -(-100 // patch))}
        assert not np.allclose(maps[0], maps[3])
        answers.append(embedder.embed([picture, picture[:, ::-1]]))
    assert answers[0].shape == (2, 32)
    assert np.abs(answers[0] - answers[1]).max() < 1e-5
