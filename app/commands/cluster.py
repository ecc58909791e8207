"""The same scan on several machines: photos are judged by the workers of a dask cluster.

Each worker opens the workspace under the same path, as on a shared disk, and makes sure that its
gallery and model are those of the machine that asks; photos are sent to it as bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

import vision
from app.commands.desk import open_desk
from app.commands.output import Refused
from app.reading import READ_SIDE
from app.reports.scanning import versions_of
from app.store import Workspace
from vision import Contents, Failed, Gallery, Judged, ListedFile, TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.reports.contract import VersionsPart
    from vision import Judge

_AHEAD: Final = 2  # photos on their way to each thread of the cluster, so that none is idle
_WAIT_S: Final = 15

OpenGallery = Callable[[str], Gallery]


class WorkerDiffers(TouchstoneError):
    """A worker of the cluster would judge by something else."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to know besides the photo."""

    workspace: str
    versions: VersionsPart
    text: bool
    open_gallery: OpenGallery


@dataclass(frozen=True, slots=True)
class Cluster:
    """Judges files elsewhere; `width` of them at once keep all workers busy."""

    judge: Judge
    width: int


def gallery_at(workspace: str) -> Gallery:
    """The gallery of a workspace, on a worker; its database stays open as long as the worker."""
    return open_desk(Workspace(workspace)).gallery


@contextmanager
def cluster_at(address: str, task: Task) -> Iterator[Cluster]:
    """Connect to the scheduler of a cluster.

    Raises:
        Refused: dask.distributed is not installed, nobody answers, or there are no workers.
    """
    try:
        import distributed  # heavy, and an extra that most installations lack
    except ImportError:
        said = QCoreApplication.translate(
            "scan",
            "Scans on several machines need dask. Install it: pip install touchstone[cluster]",
        )
        raise Refused(said) from None
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=_WAIT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        said = QCoreApplication.translate(
            "scan", "The scheduler {address} does not answer. Check its address and that it runs."
        )
        raise Refused(said.format(address=address)) from error
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            said = QCoreApplication.translate(
                "scan", "The scheduler {address} has no workers. Start some, then scan again."
            )
            raise Refused(said.format(address=address))
        yield Cluster(_judging(client, task), _AHEAD * threads)
    finally:
        client.close(timeout=_WAIT_S)


def _judging(client: Any, task: Task) -> Judge:
    def judge(file: ListedFile, contents: Contents) -> Judged | Failed:
        try:
            asked = client.submit(judge_here, task, file, contents, pure=False)
            found: Judged | Failed = asked.result()
        except Exception as error:  # noqa: BLE001 - of a worker: told, and halts if it stays so
            return Failed(file, error)
        return found

    return judge


_galleries: dict[tuple[str, str], Gallery] = {}
_opening = threading.Lock()


def judge_here(task: Task, file: ListedFile, contents: Contents) -> Judged | Failed:
    """On a worker: judge one file; the answer comes without pictures.

    Raises:
        WorkerDiffers: gallery, model, limits or program are others than where the scan was begun.
    """
    gallery = _gallery(task)
    found = vision.judge_file(file, contents, gallery, text=task.text, max_side=READ_SIDE)
    return vision.without_pictures(found)


def _gallery(task: Task) -> Gallery:
    key = (task.workspace, task.versions.gallery)
    with _opening:
        if key not in _galleries:
            gallery = task.open_gallery(task.workspace)
            own = versions_of(gallery)
            if own != task.versions:
                raise WorkerDiffers(
                    "A worker of the cluster would judge by another gallery, model or version of "
                    f"Touchstone ({own} instead of {task.versions}). Give all machines the same "
                    "workspace and the same Touchstone, and start the workers again."
                )
            _galleries[key] = gallery
        return _galleries[key]
