"""Where a command's answer goes: results on stdout, all else on stderr, an exit status.

Libraries print where they like, also from C; while a command works, file descriptor 1 therefore
leads to stderr, and only `Output` knows the way to the real stdout.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import re
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import typer
from PySide6.QtCore import QCoreApplication
from rich.console import Console

from app import words
from vision import TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.reports.contract import Document
    from app.words import Language

FAILED = 1
STOPPED = 130  # as a shell reports a program that Ctrl-C ended
_PLAIN_WIDTH = 120  # columns where the answer goes to a file or a pipe

_log = logging.getLogger(__name__)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Refused(TouchstoneError):
    """The request cannot be carried out; the message is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Output:
    """The real stdout and a console on each stream."""

    stream: TextIO
    console: Console
    progress: Console
    language: Language

    def document(self, document: Document) -> None:
        """Print one JSON document."""
        self.stream.write(json_text(document) + "\n")


def json_text(document: Document) -> str:
    """JSON in UTF-8; bytes of file names that are no UTF-8 come as escaped lone surrogates.

    Python and JavaScript read those back as the name they stand for.
    """
    text = json.dumps(
        document.model_dump(mode="json", by_alias=True), ensure_ascii=False, allow_nan=False
    )
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


@contextmanager
def answering(language: Language | None) -> Iterator[Output]:
    """Run the body of a command; what the world puts in its way ends it with a sentence.

    Raises:
        typer.Exit: with status 1 after a TouchstoneError, OSError or lack of memory, whose sentence
            went to stderr; also when the reader of stdout went away; 130 after Ctrl-C.
    """
    spoken = _speak(language)
    try:
        with _real_stdout() as stream:
            yield Output(
                stream=stream,
                console=_console(stream),
                progress=Console(stderr=True, highlight=False, markup=False),
                language=spoken,
            )
            stream.flush()
    except BrokenPipeError:
        _silence_stdout()
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        _say(QCoreApplication.translate("commands", "Stopped."))
        raise typer.Exit(STOPPED) from None
    except Refused as refused:
        _say(str(refused))
        raise typer.Exit(FAILED) from None
    except (TouchstoneError, OSError, MemoryError) as error:
        _log.debug("refused", exc_info=True)
        _say(words.error_sentence(error))
        raise typer.Exit(FAILED) from None


def _speak(language: Language | None) -> Language:
    wanted = language or words.system_language()
    if wanted != "en" and QCoreApplication.instance() is None:
        QCoreApplication([])
    return words.install_language(wanted)


def _say(sentence: str) -> None:
    with suppress(OSError):
        print(" ".join(sentence.split()), file=sys.stderr, flush=True)  # noqa: T201 - its purpose


def _console(stream: TextIO) -> Console:
    width = None if stream.isatty() else _PLAIN_WIDTH
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=width)


@contextmanager
def _real_stdout() -> Iterator[TextIO]:
    """The real stdout, while everything else that is printed there goes to stderr."""
    python_stdout = sys.stdout
    python_stdout.flush()
    try:
        descriptor = python_stdout.fileno()
    except (OSError, ValueError):  # replaced by an object in memory: nothing below it to guard
        descriptor = -1
    sys.stdout = sys.stderr
    try:
        if descriptor < 0:
            yield python_stdout
        else:
            with _descriptor_led_to_stderr(descriptor) as stream:
                yield stream
    finally:
        sys.stdout = python_stdout


@contextmanager
def _descriptor_led_to_stderr(descriptor: int) -> Iterator[TextIO]:
    with open(  # noqa: PTH123 - a descriptor, not a path
        os.dup(descriptor), "w", encoding="utf-8", errors="backslashreplace", newline="\n"
    ) as stream:
        os.dup2(sys.stderr.fileno(), descriptor)
        try:
            yield stream
        finally:
            _flush_c_streams()
            os.dup2(stream.fileno(), descriptor)


def _flush_c_streams() -> None:
    """What C libraries hold back would else reach the real stdout when the process ends."""
    library = "ucrtbase" if os.name == "nt" else None
    with suppress(OSError, AttributeError):
        ctypes.CDLL(library).fflush(None)


def _silence_stdout() -> None:
    """Keep the interpreter from complaining, at its end, about a pipe that nobody reads."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
