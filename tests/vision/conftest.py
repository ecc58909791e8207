"""The gallery of simulated photographs, and photos of its products, that several tests share."""

from __future__ import annotations

import pytest

from tests.vision.simulated import Bench, Taken
from vision import Embedder, Gallery
from vision.simulate import Kind
from vision.simulate.fonts import missing_fonts


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Four products, one of them with a back, one too thin, one of two printings."""
    if missing_fonts():
        pytest.skip(f"drawing artwork needs fonts that are absent: {missing_fonts()}")
    return Bench(tmp_path_factory.mktemp("bench"), Embedder())


@pytest.fixture(scope="session")
def gallery(bench: Bench) -> Gallery:
    return bench.gallery


@pytest.fixture(scope="session")
def tea(bench: Bench) -> Taken:
    """A genuine photo."""
    return bench.shoot("tea", 40)


@pytest.fixture(scope="session")
def without_logo(bench: Bench) -> Taken:
    """A photo of a print whose logo is missing."""
    return bench.shoot_altered("tea", Kind.MISSING, "logo", 42)
