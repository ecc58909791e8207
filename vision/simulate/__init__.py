"""Simulated material: artwork of invented products, planted differences, photographs."""

from vision.simulate.alter import Altered, Kind, alter
from vision.simulate.artwork import Artwork, Placed, Sheet, paint
from vision.simulate.camera import Camera, Shot, photograph, sample_camera
from vision.simulate.exposure import Exposed, expose
from vision.simulate.invent import draw
from vision.simulate.optics import Optics

__all__ = [
    "Altered",
    "Artwork",
    "Camera",
    "Exposed",
    "Kind",
    "Optics",
    "Placed",
    "Sheet",
    "Shot",
    "alter",
    "draw",
    "expose",
    "paint",
    "photograph",
    "sample_camera",
]
