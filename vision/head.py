"""The learned difference head: a photo and its references -> same, different or cannot judge."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from vision import ink

if TYPE_CHECKING:
    import torch

STRIDES = (2, 4, 8, 16)  # of the backbone's maps that the head reads
CLASSES = ("same", "different", "cannot judge")
_PAIR_WIDTHS = (24, 32, 40, 48)  # channels of a pair at each stride
_WIDTHS = (24, 32, 48, 64)  # channels of the decoder at each stride
_DETAIL = 32  # channels learned from the pixels themselves
_LOCAL = 8  # pixels of a cell of the coarse grid on which local contrast is taken out
_SHARPNESS = 12.0  # of the soft match
_FACTS = 5
_TONES = 2  # numbers that give the hue of a place, whatever its brightness
_TINTED = (0, 2)  # places in STRIDES at which hues are compared
_INKS = 3  # numbers that give the brightness of a place: red, green, blue
_INKED = (0, 1, 2)  # places in STRIDES at which the amount of ink is compared
_DARK = 0.15  # brightness, of 1, below which hue fades out
_FIRST_ODDS = (2.0, -2.0, -0.5)  # most places are the same: what an untrained head answers


def kept_channels(module: Any, place: int) -> int:
    """Return how many channels are compared as they are at one of STRIDES."""
    tones = _TONES if place in _TINTED else 0
    return int(module.frozen[place]) + tones + (_INKS if place in _INKED else 0)


def build(channels: tuple[int, ...]) -> Any:
    """Make the head, untrained.

    Args:
        channels: of the backbone's maps at STRIDES.

    Returns:
        A torch module. `encode(pixels, seen, maps)` prepares pictures: `pixels` (n, 3, h, w)
        float32 0 to 255, h and w multiples of 16; `seen` (n, 1, h, w) float32; `maps` the
        backbone's. `compare(photo, references, seen)` takes what `encode` gave for b photos and
        for b x r references, with `seen` (b, r, h, w), and answers logits (b, 3, h/2, w/2) in the
        order of CLASSES. `forward` does both for one photo.

    Source: pooling over a set without order, Zaheer et al., Deep Sets, NeurIPS 2017; top-down
    decoder, Lin et al., Feature Pyramid Networks, CVPR 2017.
    """
    import torch
    from torch import nn
    from torch.nn import functional as F  # noqa: N812 - the name that torch itself uses

    class Block(nn.Module):
        """Two convolutions beside a straight way, which alone counts in the beginning."""

        def __init__(self, width: int) -> None:
            super().__init__()
            self.first = nn.Conv2d(width, width, 3, padding=1)
            self.second = nn.Conv2d(width, width, 3, padding=1)
            with torch.no_grad():
                self.second.weight.mul_(0.2)

        def forward(self, values: torch.Tensor) -> torch.Tensor:
            return torch.relu(values + self.second(torch.relu(self.first(values))))

    class Scale(nn.Module):
        """Compare a photo with each of its references at one stride, then pool over these."""

        def __init__(
            self,
            count: int,
            frozen: int,
            width: int,
            out: int,
            *,
            matched: bool,
            tinted: bool,
            inked: bool,
        ) -> None:
            super().__init__()
            self.matched, self.tinted, self.inked = matched, tinted, inked
            self.frozen = frozen
            self.own = nn.Conv2d(count, width, 1)
            self.other = nn.Conv2d(count, width, 1)
            self.apart = nn.Conv2d(frozen + (_FACTS if matched else 0), width, 1, bias=False)
            self.pair = nn.Conv2d(width, width, 1)
            if tinted:
                self.tint = nn.Conv2d(3 * _TONES, width, 1, bias=False)
                nn.init.zeros_(self.tint.weight)
            if inked:
                self.ink = nn.Conv2d(2 * _INKS, width, 1, bias=False)
                nn.init.zeros_(self.ink.weight)
            self.pooled = nn.Conv2d(3 * width, out, 1)

        def prepare(
            self, values: torch.Tensor, frozen: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
            return frozen, self.own(values), self.other(values)

        def forward(
            self,
            photo: tuple[torch.Tensor, ...],
            other: tuple[torch.Tensor, ...],
            seen: torch.Tensor,
        ) -> torch.Tensor:
            """Photo parts (b, c, h, w), reference parts (b·r, c, h, w), seen (b, r, h, w)."""
            count = seen.shape[1]
            rows, columns = seen.shape[2:]
            weight = seen.flatten(0, 1).unsqueeze(1)
            mine, own = photo[:2]
            if len(mine) > 1:  # one photo alone stands against all references as it is
                mine, own = (part.repeat_interleave(count, 0) for part in (mine, own))
            with torch.no_grad():
                known = self.frozen
                toned = known + (_TONES if self.tinted else 0)
                theirs = other[0]
                apart = self._apart(mine[:, :known], theirs[:, :known], weight)
                if self.tinted:
                    tones = self._tones(mine[:, known:toned], theirs[:, known:toned])
                if self.inked:
                    left = ink.left_over(mine[:, toned:], theirs[:, toned:], weight)
                    inks = torch.cat([left, left.abs()], 1)
            inner = own + other[2] + self.apart(apart)
            if self.tinted:
                inner = inner + self.tint(tones)
            if self.inked:
                inner = inner + self.ink(inks)
            inner = self.pair(torch.relu(inner))
            if len(photo[0]) == 1:  # references lie where the pictures do: layouts stay as they are
                axis, weight = 0, seen.transpose(0, 1).to(inner.dtype)
            else:
                axis, weight = 1, seen.unsqueeze(2).to(inner.dtype)
                inner = inner.reshape(-1, count, inner.shape[1], rows, columns)
            keep = axis == 0
            total = weight.sum(axis, keepdim=keep)
            shown = total.clamp(max=1.0)
            mean = (inner * weight).sum(axis, keepdim=keep) / total.clamp(min=1.0)
            hidden = 16.0 * (1 - weight)
            most = (inner - hidden).amax(axis, keepdim=keep) * shown
            least = (inner + hidden).amin(axis, keepdim=keep) * shown
            found: torch.Tensor = self.pooled(torch.relu(torch.cat([mean, most, -least], 1)))
            return found

        @staticmethod
        def _tones(mine: torch.Tensor, theirs: torch.Tensor) -> torch.Tensor:
            """Tell how hues differ: at all, beyond the whole cast, and beyond what is near."""
            away = F.avg_pool2d(mine - theirs, 3, stride=1, padding=1, count_include_pad=False)
            overall = away - away.mean((2, 3), keepdim=True)
            coarse = F.avg_pool2d(away, 4)
            near = F.avg_pool2d(coarse, 9, stride=1, padding=4, count_include_pad=False)
            near = F.interpolate(near, size=away.shape[2:], mode="bilinear", align_corners=False)
            return torch.cat([away.abs(), overall.abs(), (away - near).abs()], 1)

        def _apart(
            self, mine: torch.Tensor, theirs: torch.Tensor, seen: torch.Tensor
        ) -> torch.Tensor:
            """Tell how features differ from the best of a small window, and where that lies."""
            if not self.matched:
                return (mine - theirs).abs()
            rows, columns = mine.shape[2:]
            padded = F.pad(theirs, (1, 1, 1, 1), mode="replicate")
            moved = [
                padded[:, :, down : down + rows, across : across + columns]
                for down in range(3)
                for across in range(3)
            ]
            likeness = torch.stack([(mine * each).mean(1) for each in moved], 1).float()
            share = torch.softmax(likeness * _SHARPNESS, 1)
            matched = moved[0] * share[:, 0:1].to(mine.dtype)
            for place in range(1, 9):
                matched = matched + moved[place] * share[:, place : place + 1].to(mine.dtype)
            across = share[:, 2::3].sum(1) - share[:, 0::3].sum(1)
            down = share[:, 6:9].sum(1) - share[:, 0:3].sum(1)
            facts = torch.stack(
                [likeness.amax(1), likeness[:, 4], across, down, seen[:, 0].float()], 1
            )
            return torch.cat([(mine - matched).abs(), facts.to(mine.dtype)], 1)

    class DifferenceHead(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.frozen = channels
            self.detail = nn.Conv2d(4 * 9 + channels[0], _DETAIL, 3, padding=1)
            counts = (_DETAIL, *channels[1:])
            self.scales = nn.ModuleList(
                [
                    Scale(
                        count,
                        frozen,
                        width,
                        out,
                        matched=place > 0,
                        tinted=place in _TINTED,
                        inked=place in _INKED,
                    )
                    for place, (count, frozen, width, out) in enumerate(
                        zip(counts, channels, _PAIR_WIDTHS, _WIDTHS, strict=True)
                    )
                ]
            )
            self.context = nn.Conv2d(_WIDTHS[-1], _WIDTHS[-1], 1)
            self.blocks = nn.ModuleList([Block(width) for width in _WIDTHS])
            self.last = Block(_WIDTHS[0])
            self.ups = nn.ModuleList(
                [nn.Conv2d(coarse, fine, 1) for fine, coarse in itertools.pairwise(_WIDTHS)]
            )
            self.answer = nn.Conv2d(_WIDTHS[0], len(CLASSES), 1)
            with torch.no_grad():
                self.answer.weight.mul_(0.3)
                self.answer.bias.copy_(torch.tensor(_FIRST_ODDS))  # type: ignore[union-attr]

        def encode(
            self, pixels: torch.Tensor, seen: torch.Tensor, maps: tuple[torch.Tensor, ...]
        ) -> tuple[tuple[torch.Tensor, ...], ...]:
            with torch.no_grad():
                fine = F.pixel_unshuffle(self._shown(pixels, seen), 2).to(maps[0].dtype)
                levels = [self._evened(found) for found in maps]
                tones, bright = self._hues(pixels), pixels / 127.5 - 1.0
                kept = []
                for place, level in enumerate(levels):
                    parts = [level.float()]
                    if place in _TINTED:
                        parts.append(F.avg_pool2d(tones, STRIDES[place]))
                    if place in _INKED:
                        parts.append(F.avg_pool2d(bright, STRIDES[place]))
                    kept.append(torch.cat(parts, 1))
            first = torch.relu(self.detail(torch.cat([fine, levels[0]], 1)))
            values = [first, *levels[1:]]
            return tuple(
                scale.prepare(value, level)  # type: ignore[operator]
                for scale, value, level in zip(self.scales, values, kept, strict=True)
            )

        def compare(
            self,
            photo: tuple[tuple[torch.Tensor, ...], ...],
            references: tuple[tuple[torch.Tensor, ...], ...],
            seen: torch.Tensor,
        ) -> torch.Tensor:
            found = [
                scale(photo[place], references[place], F.max_pool2d(seen, STRIDES[place]))
                for place, scale in enumerate(self.scales)
            ]
            values = found[-1]
            values = values + self.context(values.mean((2, 3), keepdim=True))
            values = self.blocks[3](values)
            for place in (2, 1, 0):
                up = F.interpolate(self.ups[place](values), scale_factor=2, mode="nearest")
                values = self.blocks[place](found[place] + up)
            answer: torch.Tensor = self.answer(self.last(values))
            return answer

        def forward(
            self, pixels: torch.Tensor, seen: torch.Tensor, maps: tuple[torch.Tensor, ...]
        ) -> torch.Tensor:
            """One photo first, then its references."""
            encoded = self.encode(pixels, seen, maps)
            photo = tuple(tuple(part[:1] for part in scale) for scale in encoded)
            others = tuple(tuple(part[1:] for part in scale) for scale in encoded)
            return self.compare(photo, others, seen[1:].transpose(0, 1))

        @staticmethod
        def _evened(found: torch.Tensor) -> torch.Tensor:
            """Bring each place to mean 0 and deviation 1 over its channels."""
            away = found - found.mean(1, keepdim=True)
            return away * torch.rsqrt(away.square().mean(1, keepdim=True) + 1e-2)

        @staticmethod
        def _hues(pixels: torch.Tensor) -> torch.Tensor:
            """Return red against green, and both against blue, each over the brightness."""
            red, green, blue = pixels[:, 0:1] / 255, pixels[:, 1:2] / 255, pixels[:, 2:3] / 255
            bright = (red + green + blue) / 3
            sure = (bright / _DARK).clamp(max=1.0) / (bright + 0.05)
            return torch.cat([(red - green) * sure, (0.5 * (red + green) - blue) * sure], 1)

        def _shown(self, pixels: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
            """Return the picture as it is, its exposure evened, and its local contrast."""
            raw = pixels / 127.5 - 1.0
            area = seen.sum((2, 3), keepdim=True).clamp(min=1.0)
            away = raw - (raw * seen).sum((2, 3), keepdim=True) / area
            spread = (away.square() * seen).sum((2, 3), keepdim=True) / area
            even = away * torch.rsqrt(spread + 4e-3)
            apart = raw - self._slow(raw)
            contrast = apart * torch.rsqrt(self._slow(apart.square()) + 2e-3)
            return torch.cat([raw, even, contrast], 1)

        @staticmethod
        def _slow(values: torch.Tensor) -> torch.Tensor:
            """Average over about five cells, smoothly."""
            coarse = F.avg_pool2d(values, _LOCAL)
            coarse = F.pad(coarse, (2, 2, 2, 2), mode="replicate")
            coarse = F.avg_pool2d(coarse, 5, stride=1)
            return F.interpolate(
                coarse, size=values.shape[2:], mode="bilinear", align_corners=False
            )

    return DifferenceHead()
