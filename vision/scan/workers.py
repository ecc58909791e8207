"""The threads of a scan: one lists, one reads ahead, some judge. All that waits is bounded.

They are daemons: a photo that takes long does not keep a stopped program from ending.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vision.errors import DamagedPicture, PictureError
from vision.memory import give_back, part_large_memory
from vision.scan.answers import Failed, Remembered, Repeated
from vision.scan.channel import Channel
from vision.scan.contents import Contents, contents_of
from vision.scan.files import Aside, ListedFile, files_below
from vision.scan.trial import check_bearable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from vision.scan.answers import Answer
    from vision.scan.control import ScanControl
    from vision.scan.judging import Judge

_TIDY = 8  # photos after which a thread gives free memory back
_READ_AHEAD = 96 << 20  # bytes of files that wait to be judged


class ScanMemory(Protocol):
    """What is known from earlier; asked from a thread of its own."""

    def sha256_of(self, file: ListedFile) -> str | None:
        """The content of a file that is unchanged since it was last read, None if not known."""

    def has(self, sha256: str) -> bool:
        """Whether an answer to this content is kept, and holds for gallery, model and limits."""

    def begin(self, sha256: str) -> bool:
        """A content goes in work. Whether it was in work, too, when an earlier run broke off."""

    def finish(self, sha256: str) -> None:
        """It is no longer in work."""


class NoMemory:
    """Everything is new."""

    def sha256_of(self, file: ListedFile) -> str | None:
        """Nothing is known."""
        del file
        return None

    def has(self, sha256: str) -> bool:
        """Nothing is kept."""
        del sha256
        return False

    def begin(self, sha256: str) -> bool:
        """Nothing broke off."""
        del sha256
        return False

    def finish(self, sha256: str) -> None:
        """Nobody asks."""


@dataclass(frozen=True, slots=True)
class _Job:
    file: ListedFile
    contents: Contents


class Workers:
    """Everything of one scan that goes on beside the caller. `answers` is what comes out."""

    def __init__(
        self,
        folders: Sequence[Path | str],
        judge: Judge,
        *,
        control: ScanControl,
        memory: ScanMemory,
        count: int,
    ) -> None:
        self._folders, self._judge = folders, judge
        self._control, self._memory = control, memory
        self._count = count
        self._listed: Channel[ListedFile | Aside] = Channel(1 << 30)
        self._jobs: Channel[_Job] = Channel(2 * count, _READ_AHEAD)
        self.answers: Channel[Answer] = Channel(count)
        self.mistake: Exception | None = None
        self._threads: list[threading.Thread] = []
        self._at_work = 1  # whoever has still to begin the judging
        self._guard = threading.Lock()

    def begin_reading(self) -> None:
        """List and read ahead; judging needs the gallery to be ready."""
        part_large_memory()
        self._start(self._list, "scan-list")
        self._start(self._read, "scan-read")

    def begin_judging(self) -> None:
        """Judge what was read."""
        for number in range(self._count):
            self._start(self._judge_all, f"scan-judge-{number}")
        self._one_less_at_work()

    def end(self, patience_s: float) -> None:
        """Drop all work; waits at most so long for the threads to notice."""
        self._control.finish()
        for channel in (self._listed, self._jobs, self.answers):
            channel.close()
        until = time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _start(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)
        self._threads.append(thread)
        with self._guard:
            self._at_work += 1
        thread.start()

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - of ours: told by the thread that asked
            self.mistake = error
            self._control.stop()
        self._one_less_at_work()

    def _one_less_at_work(self) -> None:
        with self._guard:
            self._at_work -= 1
            if not self._at_work:
                self.answers.end()

    def _list(self) -> None:
        for found in files_below(self._folders):
            if self._control.is_stopped or not self._listed.put(found):
                break
            self._control.count_listed()
        self._control.count_listed(is_all=True)
        self._listed.end()

    def _read(self) -> None:
        first: dict[str, str] = {}  # path of each content
        while (found := self._listed.get()) is not None and self._control.may_go_on():
            answer = found if isinstance(found, Aside) else self._looked_into(found, first)
            if isinstance(answer, _Job):
                self._jobs.put(answer, len(answer.contents.data))
            else:
                self.answers.put(answer)
        self._jobs.end()

    def _looked_into(self, file: ListedFile, first: dict[str, str]) -> Answer | _Job:
        begun = time.perf_counter()
        known = self._memory.sha256_of(file)
        if known is not None and (known in first or self._memory.has(known)):
            return self._without_judging(file, known, first) or Remembered(file, known)
        try:
            found = contents_of(file)
        except (PictureError, MemoryError) as error:
            return Failed(file, error, seconds=time.perf_counter() - begun)
        if isinstance(found, Aside):
            return found
        if not found.data:  # nothing is no content that two files share
            return _Job(file, found)
        return self._without_judging(file, found.sha256, first) or _Job(file, found)

    def _without_judging(
        self, file: ListedFile, sha256: str, first: dict[str, str]
    ) -> Remembered | Repeated | None:
        """Answer by what came earlier, in this scan or before it."""
        earlier = first.setdefault(sha256, file.path)
        if earlier != file.path:
            return Repeated(file, sha256, earlier)
        return Remembered(file, sha256) if self._memory.has(sha256) else None

    def _judge_all(self) -> None:
        done = 0
        while (job := self._jobs.get()) is not None and self._control.may_go_on():
            self.answers.put(self._judged(job))
            del job
            done += 1
            if done % _TIDY == 0:
                give_back()

    def _judged(self, job: _Job) -> Answer:
        """Judge a photo; first try it apart where it may be what brought an earlier run down."""
        sha256 = job.contents.sha256
        begun = time.perf_counter()
        try:
            if self._memory.begin(sha256):
                check_bearable(job.contents, job.file.path)
            return self._judge(job.file, job.contents)
        except DamagedPicture as error:
            return Failed(job.file, error, sha256, time.perf_counter() - begun)
        finally:
            self._memory.finish(sha256)
