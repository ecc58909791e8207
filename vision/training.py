"""Train the difference head by self-supervision: simulated genuine and altered twins."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import pickle
import queue
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision import head, networks, pictures, weights
from vision.errors import PictureError, WeightsCorrupt
from vision.simulate.pages import PageMaker
from vision.simulate.twins import MARGIN, Lesson, lesson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from numpy.typing import NDArray

    from vision.terms import Pixels

_WEIGHTS = (1.0, 4.0, 2.0)  # of same, different, cannot judge in the cross-entropy
_TAIL = 0.005  # share of the places that are the loudest
_RANKED, _QUIETED = 0.15, 0.15  # say of ranking and of false alarms in the loss
_KEPT = 0.998  # of the running average of the weights, for each step
_LEAST_WAITING = 24  # lessons before training begins
_WARM_STEPS = 100
_PHOTO_SIDE = 1400
_POLITE = 10  # how far simulating stands back where learning wants the processor


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    `photos` and `marks` are folders of pictures that may be trained on (marks: PNG with
    transparency); `minutes` of training; `batch` lessons a step, each with two photos; `size` of
    the crops in pixels; `remembered` lessons kept to be shown again; `workers` processes that
    simulate; `seed` of the lessons; `rate` the learning rate.
    """

    photos: tuple[Path, ...] = ()
    marks: tuple[Path, ...] = ()
    minutes: float = 110.0
    batch: int = 4
    size: int = 256
    remembered: int = 2500
    workers: int = 1
    seed: int = 1
    rate: float = 2e-3
    threads: int = 2
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where training stands; `losses` are running means."""

    step: int
    minutes: float
    lessons: int
    losses: dict[str, float] = field(default_factory=dict)


def train(plan: Plan, checkpoint: Path) -> Iterator[Progress]:
    """Train, going on from `checkpoint` where it exists; it is written every few minutes.

    Args:
        plan: how.
        checkpoint: file of weights, running average, optimiser and step (torch format).

    Yields:
        Progress, every twenty steps and at the end. Closing the generator keeps what was learned.

    Raises:
        FileNotFoundError: fonts are missing.
        WeightsError: the backbone cannot be used.
    """
    import torch

    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    state = _State(plan, checkpoint)
    with _lessons(plan, state.step) as source:
        memory = _Memory(source, plan)
        memory.wait()
        begin, saved = time.monotonic(), time.monotonic()
        running: dict[str, float] = {}
        try:
            while (elapsed := (time.monotonic() - begin) / 60) < plan.minutes:
                losses = state.learn(memory.batch(), elapsed / plan.minutes)
                for name, value in losses.items():
                    running[name] = running.get(name, value) * 0.97 + 0.03 * value
                if state.step % 20 == 0:
                    yield Progress(state.step, elapsed, memory.count, dict(running))
                if time.monotonic() - saved > 180:
                    state.keep(checkpoint)
                    saved = time.monotonic()
        finally:
            state.keep(checkpoint)
        yield Progress(state.step, plan.minutes, memory.count, dict(running))


class _State:
    """The head, its running average, the optimiser and the backbone."""

    def __init__(self, plan: Plan, checkpoint: Path) -> None:
        import torch

        self._torch = torch
        self._plan = plan
        model = weights.find()
        self._backbone = networks.torch_module(model, "pyramid").to(plan.device)
        with torch.no_grad():
            maps = self._backbone(torch.zeros(1, 64, 64, 3, dtype=torch.uint8, device=plan.device))
        channels = tuple(int(found.shape[1]) for found in maps)
        self.head = head.build(channels).to(plan.device)
        self.average = {k: v.clone() for k, v in self.head.state_dict().items()}
        self._optimiser = torch.optim.AdamW(
            self.head.parameters(), lr=plan.rate, weight_decay=1e-4, betas=(0.9, 0.98)
        )
        self.step = 0
        self._since = 0
        if checkpoint.exists():
            kept = torch.load(checkpoint, map_location=plan.device, weights_only=True)
            fresh = self.head.load_state_dict(kept["head"], strict=False)
            self.average |= kept["average"]
            if not fresh.missing_keys:  # an older head starts again with what it has learned
                self._optimiser.load_state_dict(kept["optimiser"])
            self.step = int(kept["step"])

    def keep(self, checkpoint: Path) -> None:
        """Write everything that going on needs; whole or not at all."""
        fresh = checkpoint.with_suffix(".part")
        self._torch.save(
            {
                "head": self.head.state_dict(),
                "average": self.average,
                "optimiser": self._optimiser.state_dict(),
                "step": self.step,
            },
            fresh,
        )
        fresh.replace(checkpoint)

    def learn(self, lessons: Sequence[_Turned], done: float) -> dict[str, float]:
        """Take one step; `done` is the share of the training time that is over."""
        torch = self._torch
        self._since += 1
        rate = self._plan.rate * min(1.0, self._since / _WARM_STEPS)
        rate *= 0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * min(1.0, done)))
        for group in self._optimiser.param_groups:
            group["lr"] = float(rate)
        with torch.autocast(self._plan.device, dtype=torch.bfloat16):
            logits = self._answers(lessons)
        losses = _losses(logits.float(), lessons, self._plan.device)
        self._optimiser.zero_grad(set_to_none=True)
        losses["all"].backward()
        torch.nn.utils.clip_grad_norm_(self.head.parameters(), 1.0)
        self._optimiser.step()
        self.step += 1
        kept = min(_KEPT, self.step / (self.step + 10))
        with torch.no_grad():
            for name, value in self.head.state_dict().items():
                self.average[name].lerp_(value, 1 - kept)
        return {name: float(value.detach()) for name, value in losses.items()}

    def _answers(self, lessons: Sequence[_Turned]) -> Any:
        """Return logits (2 b, 3, h, w): the genuine photos first, then their altered twins."""
        torch = self._torch
        count = len(lessons)
        references = lessons[0].references.shape[0]
        pixels = np.concatenate(
            [np.stack([each.genuine for each in lessons]),
             np.stack([each.altered for each in lessons]),
             *(each.references for each in lessons)]
        )  # fmt: skip
        own = np.stack([each.seen[-1] for each in lessons])
        theirs = np.stack([each.seen[:-1] for each in lessons])
        seen = torch.from_numpy(np.concatenate([own, own, theirs.reshape(-1, *own.shape[1:])]))
        seen = seen.to(self._plan.device).float().unsqueeze(1)
        shown = torch.from_numpy(pixels).to(self._plan.device)
        with torch.no_grad():
            maps = self._backbone(shown)
        encoded = self.head.encode(shown.permute(0, 3, 1, 2).float(), seen, maps)
        twins = 2 * count
        photo = tuple(tuple(part[:twins] for part in scale) for scale in encoded)
        others = tuple(
            tuple(torch.cat([part[twins:], part[twins:]]) for part in scale) for scale in encoded
        )
        shape = (count, references, *seen.shape[2:])
        visible = seen[twins:, 0].reshape(shape)
        return self.head.compare(photo, others, torch.cat([visible, visible]))


def _losses(logits: torch.Tensor, lessons: Sequence[_Turned], device: str) -> dict[str, Any]:
    import torch
    from torch.nn import functional as F  # noqa: N812 - the name that torch itself uses

    count = len(lessons)
    different = torch.from_numpy(np.stack([each.different for each in lessons])).to(device)
    hidden = torch.from_numpy(np.stack([each.hidden for each in lessons])).to(device)
    different = F.avg_pool2d(different.unsqueeze(1), 2)
    hidden = F.avg_pool2d(hidden.unsqueeze(1), 2)
    different = torch.cat([torch.zeros_like(different), different * (1 - hidden)])
    hidden = torch.cat([hidden, hidden])
    target = torch.cat([1 - different - hidden, different, hidden], 1)
    weight = torch.tensor(_WEIGHTS, device=device).view(1, 3, 1, 1)
    shown = torch.from_numpy(np.stack([each.seen[-1] for each in lessons])).to(device).float()
    shown = -F.max_pool2d(-shown, 2).repeat(2, 1, 1)
    surprise = -(target * weight * torch.log_softmax(logits, 1)).sum(1)
    entropy = (surprise * shown).sum() / shown.sum().clamp(min=1)
    odds = logits[:, 1] - torch.logsumexp(logits[:, [0, 2]], 1)
    odds = torch.where(shown > 0, odds, -12.0)
    loud = _loudest(odds)
    shows = (different[count:].flatten(1) > 0.5).float().mean(1) > 0.0004
    apart = loud[count:].unsqueeze(1) - loud[:count].unsqueeze(0)  # from every genuine photo
    own = torch.eye(count, device=apart.device)
    ranked = (F.softplus(1.5 - apart) * (0.5 * own + 0.5 / count)).sum(1) * shows
    quiet = F.softplus(loud[:count] + 1.0)
    ranking = ranked.sum() / shows.sum().clamp(min=1)
    total = entropy + _RANKED * ranking + _QUIETED * quiet.mean()
    won = ((loud[count:] > loud[:count]) & shows).sum() / shows.sum().clamp(min=1)
    return {
        "all": total, "entropy": entropy, "ranking": ranking, "quiet": quiet.mean(), "won": won,
    }  # fmt: skip


def _loudest(odds: torch.Tensor) -> torch.Tensor:
    flat = odds.flatten(1)
    loudest: torch.Tensor = flat.topk(max(1, round(_TAIL * flat.shape[1])), 1).values.mean(1)
    return loudest


@dataclass(frozen=True, slots=True, eq=False)
class _Turned:
    """A lesson as shown once: turned, mirrored, its colours exchanged."""

    references: NDArray[np.uint8]
    genuine: Pixels
    altered: Pixels
    different: NDArray[np.float32]
    hidden: NDArray[np.float32]
    seen: NDArray[np.uint8]


class _Memory:
    """Lessons remembered, to be shown several times; new ones replace the oldest."""

    def __init__(self, source: Any, plan: Plan) -> None:
        self._source = source
        self._plan = plan
        self._kept: list[Lesson] = []
        self._place = 0
        self.count = 0
        self._rng = np.random.default_rng(plan.seed)

    def wait(self) -> None:
        """Wait until there is enough to begin with."""
        while len(self._kept) < _LEAST_WAITING:
            self._take(self._source.get(timeout=600))

    def batch(self) -> list[_Turned]:
        """Draw lessons; all with the same number of references."""
        while True:
            try:
                self._take(self._source.get_nowait())
            except queue.Empty:
                break
        fewest = min(each.references.shape[0] for each in self._kept)
        chosen = self._rng.integers(0, len(self._kept), self._plan.batch)
        most = min(self._kept[index].references.shape[0] for index in chosen)
        wanted = max(fewest, min(most, int(self._rng.choice((1, 2, 3, 3, 3, 4)))))
        return [self._turned(self._kept[index], wanted) for index in chosen]

    def _take(self, fresh: Lesson) -> None:
        self.count += 1
        if len(self._kept) < self._plan.remembered:
            self._kept.append(fresh)
        else:
            self._kept[self._place] = fresh
            self._place = (self._place + 1) % self._plan.remembered

    def _turned(self, kept: Lesson, references: int) -> _Turned:
        rng = self._rng
        chosen = rng.permutation(kept.references.shape[0])[:references]
        times, mirrored = int(rng.integers(4)), bool(rng.random() < 0.5)
        colours = rng.permutation(3) if rng.random() < 0.4 else np.arange(3)

        def turn(values: NDArray[Any]) -> NDArray[Any]:
            axes = (values.ndim - 3, values.ndim - 2) if values.shape[-1] == 3 else (-2, -1)
            turned = np.rot90(values, times, axes)
            return np.flip(turned, axes[1]) if mirrored else turned

        def picture(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
            return np.ascontiguousarray(turn(values)[..., colours])

        seen = kept.seen[[*chosen, -1]]
        return _Turned(
            picture(kept.references[chosen]),
            picture(kept.genuine),
            picture(kept.altered),
            np.ascontiguousarray(turn(kept.different)).astype(np.float32),
            np.ascontiguousarray(turn(kept.hidden)).astype(np.float32),
            np.ascontiguousarray(turn(seen)),
        )


@contextlib.contextmanager
def _lessons(plan: Plan, step: int) -> Iterator[Any]:
    """Simulate lessons in processes of their own."""
    context = multiprocessing.get_context("spawn")
    ready = context.Queue(maxsize=48)
    processes = [
        context.Process(
            target=_simulate, args=(plan, [plan.seed, step, number], ready), daemon=True
        )
        for number in range(plan.workers)
    ]
    for process in processes:
        process.start()
    try:
        yield ready
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _simulate(plan: Plan, seed: list[int], ready: Any) -> None:
    cv2.setNumThreads(1)
    if hasattr(os, "nice"):
        os.nice(_POLITE)  # learning waits for all of its threads, and lessons are kept
    rng = np.random.default_rng(seed)
    maker = PageMaker(read_photos(plan.photos), list_marks(plan.marks), size=plan.size + 2 * MARGIN)
    while True:
        made = lesson(maker, rng, size=plan.size, references=int(rng.choice((3, 3, 3, 4))))
        ready.put(_smaller(made))


def _smaller(made: Lesson) -> Lesson:
    return Lesson(
        made.references, made.genuine, made.altered,
        np.asarray(made.different, np.float16), np.asarray(made.hidden, np.float16),
        made.seen, made.kind,
    )  # fmt: skip


def read_photos(folders: Sequence[Path]) -> list[Pixels]:
    """Read every picture of some folders that is large enough to cut from."""
    found = []
    for file in (f for folder in folders for f in sorted(folder.rglob("*")) if f.is_file()):
        try:
            photo = pictures.read(file, max_side=_PHOTO_SIDE)
        except PictureError:
            continue
        if min(photo.pixels.shape[:2]) >= 180:
            found.append(np.asarray(photo.pixels))
    return found


def list_marks(folders: Sequence[Path]) -> list[Path]:
    """List the PNG files of some folders."""
    return [file for folder in folders for file in sorted(folder.rglob("*.png"))]


def export_head(checkpoint: Path, out: Path) -> str:
    """Write the running average of a checkpoint as the program uses it (safetensors).

    Returns:
        The file's SHA-256, for `weights/manifest.toml`.

    Raises:
        WeightsCorrupt: the file is no checkpoint of this training.
        OSError: it cannot be read, or `out` cannot be written.
    """
    import safetensors.torch
    import torch

    try:
        kept = torch.load(checkpoint, map_location="cpu", weights_only=True)["average"]
    except (RuntimeError, KeyError, TypeError, pickle.UnpicklingError) as error:
        raise WeightsCorrupt(
            "difference head", checkpoint, "it is no checkpoint", "Name another file, or a new one."
        ) from error
    data = safetensors.torch.save({name: value.contiguous() for name, value in kept.items()})
    fresh = out.with_name(out.name + ".part")
    fresh.write_bytes(data)
    fresh.replace(out)
    return hashlib.sha256(data).hexdigest()
