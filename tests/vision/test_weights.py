"""Networks come from verified files only, offline, and say what to do when they cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from vision import weights
from vision.errors import WeightsCorrupt, WeightsMissing

timm = pytest.importorskip("timm")
torch = pytest.importorskip("torch")

_ROOT = Path(__file__).resolve().parents[2]
_TINY = {"depth": 4, "embed_dim": 32, "num_heads": 2, "img_size": 28}


@pytest.fixture
def tiny_file(tmp_path: Path) -> Path:
    """Random weights of a very small DINOv2, as staff would bring the real ones."""
    torch.manual_seed(7)
    network = timm.create_model(
        "vit_small_patch14_dinov2", pretrained=False, num_classes=0, **_TINY
    )
    path = tmp_path / "我的 model.safetensors"
    save_file(network.state_dict(), path)
    return path


def test_every_entry_of_the_manifest_is_complete() -> None:
    entries = weights.models()
    assert weights.default_name() in entries
    for entry in entries.values():
        assert entry.title
        assert entry.origin.startswith("https://")
        assert entry.licence
        assert timm.is_model(entry.architecture)
        assert len(entry.mean) == len(entry.std) == 3
        assert len(entry.blocks) == len(entry.strides) == 4
        assert entry.is_registered == bool(entry.package)


def test_the_manifest_agrees_with_timm_about_the_pixels() -> None:
    for entry in weights.models().values():
        facts = timm.get_pretrained_cfg(entry.architecture)
        assert (tuple(facts.mean), tuple(facts.std)) == (entry.mean, entry.std)


def test_the_default_knows_a_tabby_cat() -> None:
    data = pytest.importorskip("skimage.data", reason="scikit-image has the picture of the cat")
    cv2 = pytest.importorskip("cv2")
    picture = data.chelsea()
    height, width = picture.shape[:2]
    left = (width - height) // 2
    square = cv2.resize(picture[:, left : left + height], (224, 224), interpolation=cv2.INTER_AREA)
    shown = torch.from_numpy(square.astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
    with torch.inference_mode():
        assert int(weights.load(weights.find())(shown).argmax()) == 285


def test_all_tensors_of_the_default_are_used_in_order() -> None:
    model = weights.find()
    file = list(torch.load(weights.verified(model), weights_only=True).values())
    network = list(weights.load(model).state_dict().values())
    assert len(file) == len(network) == 296
    assert all(torch.equal(ours, theirs) for ours, theirs in zip(network, file, strict=True))


def test_locating_runs_no_code_of_the_package(tmp_path: Path) -> None:
    package = tmp_path / "carrier"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('was run')")
    (package / "a.bin").write_bytes(b"abc")
    program = (
        "import sys; from dataclasses import replace; from vision import weights;"
        f"sys.path.insert(0, {str(tmp_path)!r});"
        "print(weights.locate(replace(weights.find(), package='carrier', file='a.bin')))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=_ROOT, capture_output=True, text=True, timeout=60
    )
    assert answer.stdout.strip() == str(package / "a.bin")


def test_a_missing_package_says_what_to_install() -> None:
    model = replace(weights.find(), package="no_such_package_here")
    with pytest.raises(WeightsMissing, match="pip install no_such_package_here"):
        weights.locate(model)


def test_a_missing_file_of_the_package_says_how_to_mend_it() -> None:
    model = replace(weights.find(), file="models/gone.pth")
    with pytest.raises(WeightsMissing, match="pip install --force-reinstall"):
        weights.load(model)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(WeightsMissing, match="efficientnet-lite0"):
        weights.find("resnet-of-the-future")


def test_a_model_that_staff_must_bring_says_so() -> None:
    with pytest.raises(WeightsMissing, match="does not come with the program") as caught:
        weights.load(weights.find("dinov2-small"))
    assert "vit_small_patch14_dinov2" in str(caught.value)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    model = weights.find()
    data = bytearray(weights.locate(model).read_bytes())
    data[len(data) // 2] ^= 1
    copy = tmp_path / "copy.pth"
    copy.write_bytes(data)
    with pytest.raises(WeightsCorrupt, match=model.sha256):
        weights.load(replace(model, package="", file=str(copy)))


def test_a_file_that_would_run_code_is_refused_unrun(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (tmp_path / "was run",))

    trap = tmp_path / "trap.pth"
    torch.save({"a": Trap()}, trap)
    model = replace(
        weights.find(), package="", file=str(trap), sha256=weights._sha256("trap", trap)
    )
    with pytest.raises(WeightsCorrupt, match="no tensors that can be read"):
        weights.load(model)
    assert not (tmp_path / "was run").exists()


def test_tensors_of_another_shape_are_refused(tmp_path: Path) -> None:
    model = weights.find()
    tensors = torch.load(weights.verified(model), weights_only=True)
    first = next(iter(tensors))
    for name, damaged in {
        "short": dict(list(tensors.items())[:-1]),
        "long": {**tensors, "more": torch.zeros(1)},
        "shape": {**tensors, first: torch.zeros(1)},
    }.items():
        path = tmp_path / f"{name}.pth"
        torch.save(damaged, path)
        changed = replace(model, package="", file=str(path), sha256=weights._sha256(name, path))
        with pytest.raises(WeightsCorrupt, match="do not fit tf_efficientnet_lite0"):
            weights.load(changed)


def test_a_file_of_staff_is_registered_and_found_again(tiny_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    entry = weights.register(
        tiny_file,
        "vit_small_patch14_dinov2.lvd142m",
        folder=folder,
        name='tiny "二"',
        options=_TINY,
    )
    assert weights.find('tiny "二"', folder=folder) == entry
    assert (entry.input_size, entry.blocks, entry.strides) == (28, (0, 1, 2, 3), (14,) * 4)
    assert "apache" in entry.licence.lower()
    loaded = weights.load(entry).state_dict()
    assert all(torch.equal(loaded[key], value) for key, value in load_file(tiny_file).items())


def test_the_folder_can_be_named_by_the_environment(
    tiny_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = dict(_TINY)
    weights.register(tiny_file, "vit_small_patch14_dinov2", folder=tmp_path, options=options)
    assert "vit_small_patch14_dinov2" not in weights.models()
    monkeypatch.setenv("TOUCHSTONE_MODELS", str(tmp_path))
    assert weights.find("vit_small_patch14_dinov2").options["depth"] == 4


def test_registering_keeps_the_earlier_entries(tiny_file: Path, tmp_path: Path) -> None:
    for name in ("one", "two", "one"):
        weights.register(
            tiny_file, "vit_small_patch14_dinov2", folder=tmp_path, name=name, options=_TINY
        )
    assert {"one", "two"} <= set(weights.models(folder=tmp_path))
    assert (tmp_path / "models.toml").read_text(encoding="utf-8").count("[[model]]") == 2
    assert {path.name for path in tmp_path.iterdir()} == {"models.toml", tiny_file.name}


def test_a_known_architecture_takes_name_and_licence_from_the_manifest() -> None:
    draft = weights._described("vit_small_patch16_dinov3", None)
    assert draft.name == "dinov3-small"
    assert "DINOv3" in draft.licence


def test_a_convolutional_file_of_staff_gives_fine_stages() -> None:
    draft = weights._described("tf_efficientnet_lite0", None)
    assert draft.strides == (2, 4, 8, 16)
    assert draft.any_size


def test_the_wrong_architecture_is_refused_and_nothing_written(
    tiny_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(WeightsCorrupt, match="do not fit vit_small_patch16_dinov3"):
        weights.register(
            tiny_file,
            "vit_small_patch16_dinov3",
            folder=tmp_path,
            options={"depth": 4, "embed_dim": 32, "num_heads": 2},
        )
    assert not (tmp_path / "models.toml").exists()


def test_what_cannot_be_registered(tiny_file: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="timm architecture"):
        weights.register(tiny_file, "vit_of_nobody", folder=tmp_path)
    with pytest.raises(WeightsMissing, match="Check the path"):
        weights.register(tmp_path / "none", "vit_small_patch14_dinov2", folder=tmp_path)
    text = tmp_path / "text.safetensors"
    text.write_text("not tensors")
    with pytest.raises(WeightsCorrupt, match="safetensors"):
        weights.register(text, "vit_small_patch14_dinov2", folder=tmp_path, options=_TINY)


def test_a_registered_file_that_changes_is_refused(tiny_file: Path, tmp_path: Path) -> None:
    entry = weights.register(tiny_file, "vit_small_patch14_dinov2", folder=tmp_path, options=_TINY)
    tiny_file.write_bytes(tiny_file.read_bytes() + b" ")
    with pytest.raises(WeightsCorrupt, match="register it again"):
        weights.load(entry)
    tiny_file.unlink()
    with pytest.raises(WeightsMissing, match="Put it back"):
        weights.load(entry)


@pytest.mark.parametrize("text", ["[[model]\n", '[[model]]\nname = "x"\n', "model = 3\n"])
def test_a_damaged_manifest_of_staff_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "models.toml").write_text(text)
    with pytest.raises(WeightsCorrupt, match=r"models\.toml"):
        weights.models(folder=tmp_path)


def test_values_of_the_manifest_survive_writing() -> None:
    import tomllib

    text = 'C:\\路径\\"a"\x7f\n🙂'
    assert tomllib.loads(f"a = {weights._value(text)}") == {"a": text}
    assert json.loads(weights._value(True)) is True
