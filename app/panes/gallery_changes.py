"""Acts of a trainer from the window: done in the background, told, and taken back on wish."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal

from app.side_words import side_word
from app.store import TrainerActs
from app.tasks import Lane, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.messages import Messages
    from app.panes.trainer_bench import Act, TrainerBench
    from app.store import Changes, KeptTrait, Policy
    from vision import Reference, Vertices

_MOVED = QT_TRANSLATE_NOOP("messages", "References moved to “{product}”, “{side}”: {count}.")
_FIRST = QT_TRANSLATE_NOOP("messages", "This reference now stands for its side.")
_NOT_FIRST = QT_TRANSLATE_NOOP("messages", "The program chooses again which reference comes first.")
_STRAIGHT = QT_TRANSLATE_NOOP("messages", "The reference is used straightened. Its file stays.")
_AS_TAKEN = QT_TRANSLATE_NOOP("messages", "The reference is used as it was taken again.")
_SAID = QT_TRANSLATE_NOOP("messages", "What is known of the reference was kept: {count}.")
_PRODUCT = QT_TRANSLATE_NOOP("messages", "What is known of “{product}” was kept.")
_TRAITS = QT_TRANSLATE_NOOP("messages", "What to look at on this side was kept.")
_ASKED = QT_TRANSLATE_NOOP("messages", "What the gallery asks for was changed.")
_BACK = QT_TRANSLATE_NOOP("messages", "The change was taken back.")
_SAME = QT_TRANSLATE_NOOP("messages", "It was so already; nothing was changed.")


class GalleryChanges(QObject):
    """`changed` tells that the gallery is another one; `went_to` where references were moved."""

    changed = Signal()
    went_to = Signal(str, str)

    def __init__(self, bench: TrainerBench, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._messages = bench, messages

    def move(self, references: Sequence[Reference], product: str, side: str) -> None:
        """Let references stand under another side."""
        ids = tuple(each.id for each in references)
        act = partial(TrainerActs.move, reference_ids=ids, product=product, side=side)
        fields = {"product": product, "side": side_word(side), "count": str(len(ids))}
        self._do(act, _MOVED, fields, partial(self.went_to.emit, product, side))

    def set_canonical(self, reference: Reference, *, wanted: bool) -> None:
        """Let a reference stand for its side, or leave that to the program."""
        act = partial(TrainerActs.set_canonical, reference_id=reference.id, wanted=wanted)
        self._do(act, _FIRST if wanted else _NOT_FIRST)

    def prepare(
        self, reference: Reference, corners: Vertices | None, *, size: tuple[int, int]
    ) -> None:
        """Use a reference straightened by four corners, or as it was taken."""
        act = partial(TrainerActs.prepare, reference_id=reference.id, corners=corners, size=size)
        self._do(act, _AS_TAKEN if corners is None else _STRAIGHT)

    def say(self, references: Sequence[Reference], facts: Mapping[str, str]) -> None:
        """Say where references come from."""
        ids = tuple(each.id for each in references)
        act = partial(TrainerActs.say, reference_ids=ids, facts=dict(facts))
        self._do(act, _SAID, {"count": str(len(ids))})

    def set_product(self, product: str, facts: Mapping[str, str]) -> None:
        """Say what is known of a product."""
        act = partial(TrainerActs.set_product, name=product, facts=dict(facts))
        self._do(act, _PRODUCT, {"product": product})

    def set_traits(self, product: str, side: str, traits: tuple[KeptTrait, ...]) -> None:
        """Give a side these distinguishing features."""
        act = partial(TrainerActs.set_traits, product=product, side=side, traits=traits)
        self._do(act, _TRAITS)

    def add_proof(self, references: Sequence[Reference], file: str) -> None:
        """Keep a file that proves something of references."""
        run(
            self._bench.keep_file(Path(file)),
            lane=Lane.FILES,
            owner=self,
            on_done=partial(self._on_proof_kept, references, Path(file).name),
            on_failed=self._messages.fail,
        )

    def _on_proof_kept(self, references: Sequence[Reference], name: str, stored: str) -> None:
        self.say(references, {"proof": stored, "proof_name": name})

    def set_policy(self, policy: Policy, expected: Policy | None = None) -> None:
        """Ask for other facts and shots, instead of those that are expected."""
        run(
            self._bench.set_policy(policy, expected),
            lane=Lane.FILES,
            owner=self,
            on_done=partial(self._on_policy_set, policy),
            on_failed=self._messages.fail,
        )

    def _on_policy_set(self, policy: Policy, before: Policy) -> None:
        self._messages.say(_ASKED, undo=partial(self.set_policy, before, policy))
        self.changed.emit()

    def take_back(self, changes: Changes) -> None:
        """Undo what an act changed."""
        act = partial(TrainerActs.take_back, changes=changes)
        self._run(act, partial(self._on_taken_back))

    def _do(
        self,
        act: Act,
        said: object,
        fields: Mapping[str, str] | None = None,
        after: partial[None] | None = None,
    ) -> None:
        self._run(act, partial(self._on_done, str(said), dict(fields or {}), after))

    def _run(self, act: Act, on_done: partial[None]) -> None:
        run(
            self._bench.change(act),
            lane=Lane.MODEL,
            owner=self,
            on_done=on_done,
            on_failed=self._messages.fail,
        )

    def _on_done(
        self, said: str, fields: dict[str, str], after: partial[None] | None, changes: Changes
    ) -> None:
        if not changes:
            self._messages.say(_SAME)
            return
        if after is not None:
            after()
        self._messages.say(said, undo=partial(self.take_back, changes), **fields)
        self.changed.emit()

    def _on_taken_back(self, _changes: Changes) -> None:
        self._messages.say(_BACK)
        self.changed.emit()
