from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import words
from app.text_words import difference_title, wording_phrase
from vision import Channel, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QCoreApplication


@pytest.fixture
def chinese(qapp: QCoreApplication) -> Iterator[None]:
    words.install_language("zh_CN")
    yield
    words.install_language("en")


CASES = [
    (Wording("I", "L"), "“I” instead of “L”", "“I”，而参考品为“L”"),
    (Wording("", "L"), "“L” is missing", "缺少“L”"),
    (Wording("I", ""), "“I” is not on the references", "参考品上没有“I”"),
]


@pytest.mark.parametrize(("wording", "said"), [(w, said) for w, said, _ in CASES])
def test_letters_that_differ_are_told(wording: Wording, said: str, qapp: QCoreApplication) -> None:
    assert wording_phrase(wording) == said


@pytest.mark.parametrize(("wording", "said"), [(w, said) for w, _, said in CASES])
def test_they_are_told_in_chinese(wording: Wording, said: str, chinese: None) -> None:
    assert wording_phrase(wording) == said
    assert difference_title(Channel.TEXT, wording) == f"文字：{said}"


def test_other_channels_keep_their_name(qapp: QCoreApplication) -> None:
    assert difference_title(Channel.COLOUR, None) == words.channel_name(Channel.COLOUR)
