"""`python -m app.commands.warm`: does ahead what the first photo would have to wait for.

The last part of an installation: it converts the network for this processor and measures the demo
gallery. Nothing is lost where it fails, since the first photo has it done then.
"""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from threadpoolctl import threadpool_limits

from app.commands.demo import demo_folder
from app.commands.desk import open_desk
from app.demo import make_demo
from app.store import Workspace
from vision import Gallery, TouchstoneError


def main() -> None:
    """Fill the caches of network and demo gallery; return quickly where they are full."""
    with Workspace(demo_folder()) as workspace:
        make_demo(workspace)
        gallery = open_desk(workspace).gallery
        for _ in gallery.prepare():
            pass
        _measure_sides(gallery)
        gallery.calibrate()


def _measure_sides(gallery: Gallery) -> None:
    sides = [(product, side) for product in gallery.products() for side in gallery.sides(product)]
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(2) as pool:
        for _ in pool.map(lambda names: gallery.side_text(gallery.side_model(*names)), sides):
            pass


if __name__ == "__main__":
    with contextlib.suppress(TouchstoneError, OSError):
        main()
