"""Every reason for which a scan leaves a file aside has words; what the system says is kept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.aside_words import WORDED, aside_reason
from vision import formats
from vision.scan.contents import contents_of
from vision.scan.files import files_below


def test_whatever_is_no_picture_has_words() -> None:
    named = {what for _, what, _ in formats._FOREIGN} | set(formats._SIDE_FILES.values())
    assert named <= WORDED
    for told in (formats.recognise, files_below, contents_of):
        assert _told(Path(told.__code__.co_filename)) <= WORDED


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("text, not a picture", "text, not a picture"),
        ("Text, not a picture", "Text, not a picture"),
        ("", ""),
        ("it cannot be opened (permission denied)", "it cannot be opened (permission denied)"),
    ],
)
def test_reasons_are_told(why: str, said: str) -> None:
    assert aside_reason(why) == said


def _told(file: Path) -> set[str]:
    """The plain texts with which a module makes a Foreign or an Aside."""
    calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    found = set()
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        at = {"Foreign": 0, "Aside": 2}.get(name)
        if at is not None and len(call.args) > at and isinstance(call.args[at], ast.Constant):
            found.add(call.args[at].value)
    return found
