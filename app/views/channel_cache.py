"""Pictures in their channels, made once in the background and remembered while there is room."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.tasks import Lane, run
from app.views.channels import picture_in_channel
from app.views.viewing import PictureChannel

if TYPE_CHECKING:
    from collections.abc import Generator

    from app.views.pixels import Picture

_MOST_BYTES: Final = 192 << 20

_Made = tuple[PictureChannel, "Picture", "Picture"]


def made_in_channel(
    channel: PictureChannel, pictures: tuple[Picture, ...]
) -> Generator[_Made, None, None]:
    """Make them one by one, on a worker."""
    for picture in pictures:
        yield channel, picture, picture_in_channel(picture, channel)


class ChannelCache(QObject):
    """`arrived` tells that a picture that was asked for can be had now."""

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: OrderedDict[tuple[PictureChannel, int], tuple[Picture, Picture]] = OrderedDict()
        self._under_way: set[tuple[PictureChannel, int]] = set()

    def have(self, picture: Picture, channel: PictureChannel) -> Picture | None:
        """The picture in a channel; None while it has yet to be made."""
        if channel is PictureChannel.COLOUR:
            return picture
        key = (channel, _identity(picture))
        known = self._made.get(key)
        if known is None:
            return None
        self._made.move_to_end(key)
        made = known[1]
        return made if made.laid is picture.laid else _laid_alike(made, picture)

    def want(self, pictures: tuple[Picture | None, ...], channel: PictureChannel) -> None:
        """Begin to make what is not there yet; `arrived` follows for each."""
        missing = []
        for picture in pictures:
            if picture is None or not picture.buffers or channel is PictureChannel.COLOUR:
                continue
            key = (channel, _identity(picture))
            if key not in self._made and key not in self._under_way:
                self._under_way.add(key)
                missing.append(picture)
        if missing:
            run(
                made_in_channel(channel, tuple(missing)),
                lane=Lane.FILES,
                owner=self,
                on_step=self._on_made,
            )

    def clear(self) -> None:
        """Forget all: other pictures are shown now."""
        self._made.clear()

    def _on_made(self, step: _Made) -> None:
        channel, picture, made = step
        key = (channel, _identity(picture))
        self._under_way.discard(key)
        self._made[key] = (picture, made)
        while len(self._made) > 2 and self._bytes() > _MOST_BYTES:
            self._made.popitem(last=False)
        self.arrived.emit()

    def _bytes(self) -> int:
        return sum(buffer.nbytes for _, made in self._made.values() for buffer in made.buffers)


def _identity(picture: Picture) -> int:
    """Pictures that look into the same memory are one, however they are laid."""
    return id(picture.buffers[0]) if picture.buffers else 0


def _laid_alike(made: Picture, picture: Picture) -> Picture:
    return replace(made, laid=picture.laid)
