"""What decides in this installation, as hashes; equal hashes decide alike on equal galleries."""

from __future__ import annotations

import hashlib
import importlib
from functools import lru_cache

from vision import calibration, weights

# Every module with a number that bears on a verdict; their constants are collected, not listed.
DECIDING = (
    "agreement", "align", "bend", "by_hand", "calibration", "cells", "code_records", "compare",
    "crops", "descriptor_index", "difference", "embedding", "faces", "features", "find", "frames",
    "further", "further_layers", "gallery", "grey", "head", "ink", "learned", "limits",
    "line_crops", "networks", "outcomes", "outline", "parts", "pins", "places", "polygons",
    "quality", "ranking", "regions", "score", "searched_part", "see_through", "shared_edges",
    "sheet", "sides", "spline", "spread", "text_lines", "text_regions", "thresholds", "zones",
    "vocabulary", "word_index", "far_search",
    "evidence.chart", "evidence.ciede2000", "evidence.codes",
    "evidence.colour", "evidence.fine", "evidence.geometry", "evidence.layer", "evidence.reading",
    "evidence.structure", "evidence.text", "evidence.visibility",
)  # fmt: skip


@lru_cache(maxsize=1)
def thresholds_version() -> str:
    """“sha256:” and a hash of every number in the code that decides."""
    facts = [fact for name in DECIDING for fact in _constants(name)]
    return "sha256:" + hashlib.sha256("\n".join(facts).encode()).hexdigest()


def judging_version() -> str:
    """“sha256:” and a hash of every threshold, of the learned head and of its calibration.

    Raises:
        WeightsError: the product's own manifest cannot be read.
    """
    facts = [thresholds_version()]
    head = weights.difference_head()
    if head is not None:
        facts += [head.sha256, str(calibration.shipped())]
    return "sha256:" + hashlib.sha256("|".join(facts).encode()).hexdigest()


def _constants(name: str) -> list[str]:
    """Return the constants of a module, a line each; those that are no plain values left out."""
    module = importlib.import_module(f"vision.{name}")
    found = []
    for each, value in sorted(vars(module).items()):
        if each.strip("_").isupper() and not callable(value):
            said = repr(value)
            if " at 0x" not in said:  # an object that has no value of its own
                found.append(f"{name}.{each} = {said}")
    return found
