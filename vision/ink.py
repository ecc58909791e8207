"""How much ink lies at a place: what brightness is left once light and contrast are made to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

_LEAST_CONTRAST = 0.05  # of the range of -1 to 1: below it brightness is not made to fit
_MOST_APART = 4.0  # deviations
_NEAR, _COARSE = 9, 4  # cells over which light is taken as even; of so many pixels
_HARDLY_SEEN = 1e-3


def left_over(mine: torch.Tensor, theirs: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
    """Tell what brightness of a photo is left once its reference's is fitted to it by place.

    Blur moves ink about, but leaves as much of it: averages over some pixels know bolder from
    blurred strokes, where single pixels do not.

    Args:
        mine: brightness of the photo (n, c, h, w) float32, -1 to 1; h and w multiples of 4.
        theirs: of the reference, the same shape.
        seen: (n, 1, h, w) float32, 0 where the reference shows nothing.

    Returns:
        (n, c, h, w) in deviations of what is near, at most 4: negative where the photo is darker
        than light, contrast and the reference explain; 0 where nothing is seen.

    Source: a linear fit for each neighbourhood, He and Sun, Fast Guided Filter, 2015.
    """
    import torch
    from torch.nn import functional as F  # noqa: N812 - the name that torch itself uses

    mine, theirs = (
        F.avg_pool2d(each, 3, stride=1, padding=1, count_include_pad=False)
        for each in (mine, theirs)
    )
    weight = F.avg_pool2d(seen, _COARSE) + _HARDLY_SEEN
    shown = F.avg_pool2d(weight, _NEAR, stride=1, padding=_NEAR // 2)

    def near(values: torch.Tensor) -> torch.Tensor:
        coarse = F.avg_pool2d(values, _COARSE) * weight
        return F.avg_pool2d(coarse, _NEAR, stride=1, padding=_NEAR // 2) / shown

    centre, middle = near(mine), near(theirs)
    spread = (near(theirs.square()) - middle.square()).clamp(min=0.0)
    own = (near(mine.square()) - centre.square()).clamp(min=0.0)
    both = near(mine * theirs) - centre * middle
    gain = both.clamp(min=0.0) / (spread + _LEAST_CONTRAST**2)
    fit = torch.cat([gain, centre - gain * middle, 1 / (own.sqrt() + _LEAST_CONTRAST)], 1)
    fit = F.interpolate(fit, size=mine.shape[2:], mode="bilinear", align_corners=False)
    slope, base, unit = fit.chunk(3, 1)
    apart = (mine - slope * theirs - base) * unit
    return apart.clamp(-_MOST_APART, _MOST_APART) * seen
