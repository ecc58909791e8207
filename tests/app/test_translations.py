from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

_ROOT = Path(__file__).resolve().parents[2]
_TS = _ROOT / "assets" / "translations" / "touchstone_zh_CN.ts"
_FIELD = re.compile(r"\{\w*\}")

Message = tuple[str, str, str]


def messages(file: Path) -> dict[Message, ET.Element]:
    """Context, source and comment of every message, with its translation."""
    found = {}
    for context in ET.parse(file).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            key = (name, message.findtext("source", ""), message.findtext("comment", ""))
            translation = message.find("translation")
            assert translation is not None
            found[key] = translation
    return found


def test_every_string_is_translated_and_finished() -> None:
    unfinished = [
        key
        for key, translation in messages(_TS).items()
        if translation.get("type") or not (translation.text or "").strip()
    ]
    assert not unfinished


def test_translations_keep_the_fields() -> None:
    wrong = [
        source
        for (_, source, _), translation in messages(_TS).items()
        if sorted(_FIELD.findall(source)) != sorted(_FIELD.findall(translation.text or ""))
    ]
    assert not wrong


def test_translations_are_chinese() -> None:
    """Names like SHA-256 and single signs aside, a translation has a Chinese character."""
    plain = [
        translation.text
        for (_, source, _), translation in messages(_TS).items()
        if len(_FIELD.sub("", source)) > 12 and not re.search(r"[一-鿿]", translation.text or "")
    ]
    assert not plain


def test_the_machine_never_says_fake() -> None:
    said = " ".join(translation.text or "" for translation in messages(_TS).values())
    sources = " ".join(source for _, source, _ in messages(_TS))
    assert not re.search("假货|假冒|伪造|赝品|仿冒", said)
    assert not re.search(r"\b(fake|counterfeit)", sources, re.IGNORECASE)


def test_no_string_of_the_program_is_missing_and_none_is_left_over(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("pyside6-lupdate is not beside this Python")
    fresh = tmp_path / "fresh.ts"
    sources = sorted(str(file) for file in (_ROOT / "app").rglob("*.py"))
    subprocess.run(
        [tool, *sources, "-locations", "none", "-ts", str(fresh)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    # Mended with: pyside6-lupdate app/**/*.py -no-obsolete -locations none -ts <the .ts file>
    assert set(messages(fresh)) == set(messages(_TS))


def test_the_compiled_file_says_what_the_source_says(qapp: object) -> None:
    translator = QTranslator()
    assert translator.load(str(_TS.with_suffix(".qm")))
    # Mended with: pyside6-lrelease <the .ts file>
    stale = [
        key
        for key, translation in messages(_TS).items()
        if translator.translate(key[0], key[1], key[2] or None) != translation.text
    ]
    assert not stale
