"""Pictures of the gallery's pages on the demo gallery: `python gallery_screenshots.py FOLDER`.

Run it on a screen (or xvfb) of the wanted size; QT_SCALE_FACTOR=2 for a fine one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

sys.path.append(str(Path(__file__).resolve().parents[2]))

from app import tasks
from app.demo import make_demo
from app.messages import Messages
from app.panes.application import made_application, speak
from app.panes.workspace_bench import WorkspaceBench
from app.places import assets_dir
from app.settings import Settings, window_state
from app.store import KeptTrait, Policy, Shots, Workspace
from app.views import theme
from app.window import Window
from tests.journeys.screenshots import LOOKS, Camera

_PATIENCE_S = 120  # the first page that compares loads the model


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--looks", type=int, default=len(LOOKS))
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="touchstone-"))
    with Workspace(home / "workspace") as workspace:
        suspects = make_demo(workspace)
        describe(workspace)
    application = made_application()
    settings, messages = Settings(home / "settings.ini"), Messages()
    speak(application, settings)
    theme.apply(application, "light")
    bench = WorkspaceBench(home / "workspace")
    window = Window(bench, settings, messages, window_state(home / "window.ini"))
    window.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
    window.show()
    window.start()
    window.inspect.add_paths((suspects[0].file,))
    for language, look in LOOKS[: wanted.looks]:
        settings.set("language", language)
        settings.set("theme", look)
        tour(window, Camera(window, wanted.folder, f"{language}-{look}"), home)
    tasks.stop()
    window.close()
    del application


def describe(workspace: Workspace) -> None:
    """What trainers say of the first side: facts, rules, a feature and two versions."""
    first = workspace.references()[0]
    of_side = [one for one in workspace.references() if one.product == first.product]
    facts = {"brand": "Brumovar", "gtin": "6908765123061", "category": "Coffee", "market": "CN"}
    workspace.acts.set_product(first.product, facts)
    area = ((120.0, 90.0), (420.0, 90.0), (420.0, 260.0), (120.0, 260.0))
    trait = KeptTrait(
        sentence="The R closes here; on copies a gap is left.",
        reference=first.sha256,
        polygon=area,
        genuine=workspace.acts.keep_file(Path(first.path)),
    )
    workspace.acts.set_traits(first.product, first.side, (trait,))
    shots = Shots(category="Coffee", required=("front", "back"), optional=("label",))
    workspace.acts.set_policy(Policy(of_reference=("vouched_by", "batch"), shots=(shots,)))
    workspace.snapshots.take("spring 2026", note="before the new batch")
    workspace.acts.say([one.id for one in of_side[:2]], {"batch": "L2519C 03"})


def tour(window: Window, camera: Camera, home: Path) -> None:
    """Every page of the gallery, in the language and look of now."""
    pane = window.gallery
    window.go_to("gallery")
    pane.reload()
    camera.wait(lambda: pane.references.rowCount() > 0, 10)
    camera.wait(lambda: all(row.thumbnail for row in pane.references.rows), 10)
    for number in range(pane.forms.count()):
        pane.forms.setCurrentIndex(number)
        pane.reference_list.selectAll()
        camera.take(f"form-{number}")
    pane.reference_list.setCurrentIndex(pane.references.index(0))
    pane.actions_book["move_reference"].trigger()
    camera.take("move")
    pane.move_bar.hide()
    pane.actions_book["straighten"].trigger()
    camera.wait(lambda: bool(pane.prepare_editor.corners), 20)
    camera.take("straighten")
    pane.show_references()
    pane.actions_book["edit_traits"].trigger()
    camera.wait(lambda: bool(pane.trait_editor.traits), _PATIENCE_S)
    pane.trait_editor.choose(0)
    camera.take("features")
    pane.show_references()
    table = home / "table.csv"
    table.write_text("file,product,side,gtin\na.jpg,Tea,front,123\n,Tea,front,\n", "utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(table))])
    pane.take(mime)
    camera.take("table")
    pane.show_references()
    photo = next(iter((assets_dir() / "demo" / "suspects").iterdir()))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    pane.take(mime)
    camera.wait(lambda: bool(pane.form.sources), 10)
    pane.forms.setCurrentIndex(0)
    camera.take("ghost")
    pane.form.clear()
    for name in pane.records.pages:
        pane.records.open(name)
        if name == "thresholds":
            pane.actions_book["thresholds"].trigger()
            camera.wait(pane.records.thresholds.use.isEnabled, _PATIENCE_S)
        camera.take(name)
    pane.records.buttons["back"].click()
    window.go_to("inspect")
    camera.wait(lambda: not window.inspect.queue.is_busy, _PATIENCE_S)
    camera.take("desk")
    window._book["keys"].trigger()
    camera.take_card(window._card)
    window._book["keys"].trigger()


if __name__ == "__main__":
    main()
