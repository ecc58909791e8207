from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from app.messages import Kind, Message, Messages, is_worlds_fault
from vision import FileUnreachable, NotAlignable


def collected(messages: Messages) -> list[Message]:
    said: list[Message] = []
    messages.said.connect(said.append)
    return said


def test_say_fills_the_fields(qapp: QObject) -> None:
    messages = Messages()
    said = collected(messages)
    messages.say("Removed {name}.", name="a.jpg")
    assert [(one.kind, one.text()) for one in said] == [(Kind.INFO, "Removed a.jpg.")]


def test_a_file_that_cannot_be_read_is_a_notice_with_its_name(qapp: QObject) -> None:
    messages = Messages()
    said = collected(messages)
    messages.fail(FileUnreachable("/x/cat.jpg", "no such file", "Check the name."))
    assert said[0].kind is Kind.WARNING
    assert "cat.jpg" in said[0].text()
    assert said[0].details == ""


def test_a_mistake_of_ours_offers_details(qapp: QObject, caplog: object) -> None:
    messages = Messages()
    said = collected(messages)
    try:
        [][1]
    except IndexError as error:
        messages.fail(error)
    assert said[0].kind is Kind.MISTAKE
    assert "IndexError" in said[0].details
    assert "test_messages.py" in said[0].details
    assert "IndexError" not in said[0].text()


def test_whose_fault() -> None:
    assert is_worlds_fault(NotAlignable(inliers=1, needed=25))
    assert is_worlds_fault(OSError(28, "No space left on device"))
    assert is_worlds_fault(MemoryError())
    assert not is_worlds_fault(ValueError("x"))
    assert not is_worlds_fault(KeyboardInterrupt())


class Shouting(QTranslator):
    def translate(self, _context: str, source: str, *_rest: object) -> str:
        return source.upper()

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


def test_a_message_is_said_again_in_another_language(qapp: QCoreApplication) -> None:
    message = Message(Kind.INFO, "ready")
    assert message.text() == "ready"
    translator = Shouting()
    qapp.installTranslator(translator)
    try:
        assert message.text() == "READY"
    finally:
        qapp.removeTranslator(translator)
    assert message.text() == "ready"


def test_undo_travels_with_the_message(qapp: QObject) -> None:
    messages, done = Messages(), []
    said = collected(messages)
    messages.say("Removed.", undo=lambda: done.append(1))
    assert said[0].undo is not None
    said[0].undo()
    assert done == [1]
