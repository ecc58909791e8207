"""What light, lens, sensor and file do to a picture: one frozen table of knobs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Optics:
    """Knobs of the exposure; the defaults change nothing.

    `light` the share by which the far end is darker, `light_deg` where it comes from; `stops` of
    exposure; `gamma`; `warmth` and `tint` the shares by which red against blue, and green, are
    raised; `veil` lifted blacks in [0, 1]; `soft_glare` and `sleeve` strengths in [0, 1];
    `hard_glare`, `fingers`, `cables` counts; `shadow` its darkness in [0, 1]; `defocus`, `motion`
    in thousandths of the longer side; `resample` the share of pixels a side that survive;
    `sharpen` its amount; `noise` sigma in grey levels; `jpeg` quality (0: not saved),
    `jpeg_before` that of an earlier save.
    """

    light: float = 0.0
    light_deg: float = 0.0
    stops: float = 0.0
    gamma: float = 1.0
    warmth: float = 0.0
    tint: float = 0.0
    veil: float = 0.0
    soft_glare: float = 0.0
    hard_glare: int = 0
    sleeve: float = 0.0
    fingers: int = 0
    cables: int = 0
    shadow: float = 0.0
    defocus: float = 0.0
    motion: float = 0.0
    motion_deg: float = 0.0
    resample: float = 1.0
    sharpen: float = 0.0
    noise: float = 0.0
    jpeg: int = 0
    jpeg_before: int = 0

    @classmethod
    def sample(cls, rng: np.random.Generator, hardness: float = 1.0) -> Optics:
        """Draw knobs: 0 careful, 1 ordinary, 2 careless; opaque or dazzling only above 0.5."""
        h = hardness
        rough = max(0.0, h - 0.5)

        def seldom(chance: float, low: float, high: float) -> float:
            value = float(rng.uniform(low, high))
            return value if rng.random() < chance else 0.0

        return cls(
            light=float(rng.uniform(0.04, 0.22)) * min(1.5, 0.3 + h),
            light_deg=float(rng.uniform(0, 360)),
            stops=float(rng.normal(0, 0.14 * h)),
            gamma=float(np.exp(rng.normal(0, 0.06 * h))),
            warmth=float(rng.normal(0, 0.035 * h)),
            tint=float(rng.normal(0, 0.012 * h)),
            veil=float(rng.uniform(0, 0.05)) * h,
            soft_glare=seldom(0.3 * h, 0.08, 0.3) * h,
            hard_glare=int(seldom(0.3 * rough, 1, 3)),
            sleeve=seldom(0.25 * rough, 0.2, 0.8),
            fingers=int(seldom(0.25 * rough, 1, 3)),
            cables=int(seldom(0.15 * rough, 1, 2.5)),
            shadow=seldom(0.4 * h, 0.06, 0.3),
            defocus=float(rng.uniform(0.0, 0.55)) * h,
            motion=seldom(0.25 * h, 0.4, 1.4) * h,
            motion_deg=float(rng.uniform(0, 180)),
            resample=float(rng.uniform(1 - 0.35 * min(h, 1.5), 1.0)),
            sharpen=seldom(0.5, 0.2, 0.8),
            noise=float(rng.uniform(0.6, 2.6)) * (0.4 + 0.6 * h),
            jpeg=int(rng.integers(78, 94)),
            jpeg_before=int(seldom(0.4, 70, 92)),
        )
