"""How a gallery of thousands of products opens, searches and scrolls, on two cores.

    python -m tests.benchmarks.gallery_sizes [--products 2000] [--keep FOLDER]

Pictures are tiny and drawn, and stand in a real workspace. Their features are of the real shape:
each reference gets 400 descriptors from photos of the demo, a little spoilt, and two vectors as
the network gives; they lie in the real index on disk. With --keep, a second call measures the
gallery that the first one made.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

import vision
from app.places import assets_dir
from app.store import Contents, KeptReference, Workspace
from vision.features import LocalFeatures, ReferenceFeatures, local_features

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vision import Gallery, Reference

DESCRIPTORS = 400
VECTOR = (2, 1280)
SPOILT = 6.0  # standard deviation, in units of descriptors


class Drawn:
    """Features of references that no picture has: the same ones for the same reference."""

    def __init__(self) -> None:
        files = sorted((assets_dir() / "demo" / "gallery").rglob("*.jpg"))[::3]
        found = [local_features(vision.read(each, max_side=1400).pixels) for each in files]
        self._pool = np.concatenate([each.descriptors for each in found])

    def of(self, reference: Reference) -> ReferenceFeatures:
        random = np.random.default_rng(int(reference.sha256[:16], 16))
        chosen = self._pool[random.integers(0, len(self._pool), DESCRIPTORS)]
        local = LocalFeatures(np.zeros((DESCRIPTORS, 2)), spoilt(chosen, random), 1.0)
        vectors = random.standard_normal(VECTOR, dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return ReferenceFeatures(local, (200, 150), vectors, np.zeros((8, 8), np.uint8))

    def photo(self, reference: Reference) -> LocalFeatures:
        """A photo that shows a quarter of a reference's descriptors among 500 of other things."""
        random = np.random.default_rng(int(reference.sha256[16:32], 16))
        shown = spoilt(self.of(reference).local.descriptors[::4], random)
        other = spoilt(self._pool[random.integers(0, len(self._pool), 500)], random)
        mixed = random.permutation(np.concatenate([shown, other]))
        return LocalFeatures(np.zeros((len(mixed), 2)), mixed, 1.0)


def spoilt(descriptors: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    changed = descriptors + random.normal(0, SPOILT, descriptors.shape)
    return np.clip(changed, 0, 255).astype(np.uint8)


def make(folder: Path, products: int, sides: int, references: int) -> None:
    """A workspace with so many references, all in one change."""
    moment, kept = datetime.now(UTC), []
    names = ("front", "back", "label", "top")
    for number in range(products * sides * references):
        product, rest = divmod(number, sides * references)
        random = np.random.default_rng(number)
        block = random.integers(0, 256, (15, 20, 3), dtype=np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(block).resize((200, 150), Image.Resampling.BICUBIC).save(buffer, "JPEG")
        data = buffer.getvalue()
        sha256 = hashlib.sha256(data).hexdigest()
        file = folder / "originals" / sha256[:2] / f"{sha256[2:]}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        kept.append(
            KeptReference(
                id=f"{number:032x}",
                product=f"Product {product:04d}",
                side=names[rest // references],
                sha256=sha256,
                suffix=".jpg",
                file_name=f"{number}.jpg",
                width=200,
                height=150,
                vouched_by="benchmark",
                batch=f"B{number % 7}",
                added_at=moment,
            )
        )
    with Workspace(folder) as workspace:
        workspace.hold(Contents(references=tuple(kept)))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(name: str, act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    took = time.perf_counter() - start
    say(f"{name}: {took:.2f} s")
    return took


def memory(name: str) -> None:
    """What the process holds; pages of files that the system may drop at any time apart."""
    facts = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    own, files = (int(facts[each].split()[0]) / 1024 for each in ("RssAnon", "RssFile"))
    say(f"memory, {name}: {own:.0f} MiB of its own, {files:.0f} MiB of files")


def fed(gallery: Gallery, drawn: Drawn) -> Gallery:
    """The gallery, whose index asks for drawn features instead of reading pictures."""
    gallery._far_search()._read = drawn.of
    return gallery


def search(gallery: Gallery, drawn: Drawn, queries: int) -> None:
    """How long the shortlist takes, and how often it is right."""
    random = np.random.default_rng(1)
    references = gallery.references
    took, first, listed = [], 0, 0
    for place in random.integers(0, len(references), queries):
        wanted = references[place]
        photo = drawn.photo(wanted)
        vectors = random.standard_normal((6, VECTOR[1]), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        start = time.perf_counter()
        found = gallery.nearest(photo, vectors)
        took.append(time.perf_counter() - start)
        sides = [(each.product, each.side) for each in found]
        listed += (wanted.product, wanted.side) in sides
        first += bool(sides) and sides[0] == (wanted.product, wanted.side)
    say(
        f"search, {queries} photos: median {statistics.median(took):.3f} s, longest "
        f"{max(took):.3f} s; the right side first in {first}, listed in {listed}",
    )


def scroll(folder: Path) -> None:
    """The longest frame while 30,000 pictures are scrolled through in the gallery's widgets."""
    from PySide6.QtCore import QCoreApplication

    from app import tasks
    from app.messages import Messages
    from app.panes.application import made_application
    from app.panes.workspace_bench import WorkspaceBench
    from app.settings import Settings, window_state
    from app.views import theme
    from app.window import Window

    application = made_application()
    theme.apply(application, "light")
    home = Path(tempfile.mkdtemp(prefix="touchstone-"))
    bench = WorkspaceBench(folder)
    state = window_state(home / "w.ini")
    window = Window(bench, Settings(home / "s.ini"), Messages(), state)
    window.resize(1366, 768)
    window.show()
    window.go_to("gallery")
    pane = window.gallery

    def until(done: Callable[[], bool]) -> None:
        while not done():
            QCoreApplication.processEvents()
            time.sleep(0.001)

    def listed() -> None:
        pane.reload()
        until(lambda: pane.sides.rowCount() > 0)

    timed("sides listed in the window", listed)
    references = tuple(one for row in pane.sides.all_rows for one in row.references)
    start = time.perf_counter()
    pane.reference_list.show_references(references)
    QCoreApplication.processEvents()
    say(f"{len(references)} pictures put into the list: {time.perf_counter() - start:.2f} s")
    for name, view in (("pictures", pane.reference_list), ("sides", pane.side_list)):
        frames = []
        bar = view.verticalScrollBar()
        for step in range(400):
            start = time.perf_counter()
            bar.setValue(bar.maximum() * step // 400)
            view.viewport().repaint()
            QCoreApplication.processEvents()
            frames.append(time.perf_counter() - start)
            end = time.perf_counter() + 0.008
            while time.perf_counter() < end:
                QCoreApplication.processEvents()
        frames.sort()
        say(
            f"scrolling the {name} from end to end: median frame {frames[200] * 1000:.1f} ms, "
            f"99 % within {frames[395] * 1000:.1f} ms, longest {frames[-1] * 1000:.1f} ms",
        )
    tasks.stop(20)
    window.close()
    bench.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=2000)
    parser.add_argument("--sides", type=int, default=3)
    parser.add_argument("--references", type=int, default=5)
    parser.add_argument("--queries", type=int, default=30)
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    folder = wanted.keep or Path(tempfile.mkdtemp(prefix="touchstone-sizes-"))
    drawn = Drawn()
    if not (folder / "touchstone.db").exists():
        count = wanted.products, wanted.sides, wanted.references
        timed("made", lambda: make(folder, *count))
    memory("before")
    opened: list[Gallery] = []
    with Workspace(folder) as workspace:
        timed("gallery opened", lambda: opened.append(workspace.gallery(None)))
        gallery = fed(opened[0], drawn)
        say(f"references: {len(gallery.references)}")
        timed("its version told", lambda: gallery.version)
        timed("what lacks is indexed", lambda: [None for _ in gallery.get_ready()])
        again = workspace.gallery(None)
        timed("index opened and sorted", lambda: [None for _ in fed(again, drawn).get_ready()])
        memory("index opened")
        search(again, drawn, wanted.queries)
        memory("after searching")
        one = again.references[0]
        again.drop(one.id)
        again.add(one)
        timed("one dropped and added, found again", lambda: search(again, drawn, 1))
    scroll(folder)
    memory("with the window")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
