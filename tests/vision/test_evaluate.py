from __future__ import annotations

import csv
import json
from dataclasses import asdict

import cv2
import numpy as np
import pytest

from vision.embedding import Embedder
from vision.errors import TruthUnreadable
from vision.evaluate import evaluate
from vision.judged_photos import centre
from vision.judging import judge

COLUMNS = ("file", "set", "role", "product_id", "label", "region", "notes")
KEYS = {
    "retrieval": {"recall_at_1", "recall_at_5", "n", "ci95"},
    "open_set": {"false_accept_rate", "n", "ci95"},
    "separation": {
        "auroc",
        "tpr_at_1pct_fpr",
        "tpr_at_5pct_fpr",
        "coverage",
        "auroc_covered",
        "n_genuine",
        "n_other",
        "alarmed",
        "found",
        "ci95",
        "by_kind",
    },
    "localisation": {
        "top_region_hit",
        "top3_region_hit",
        "region_recall",
        "false_regions_per_genuine_photo",
        "n",
        "ci95",
        "top3_ci95",
        "region_recall_ci95",
        "false_regions_ci95",
    },
    "paired": {"win_rate", "n", "ci95"},
    "seconds_per_photo": {"p50", "p95"},
}

STAGES = {"references": (7, 7), "sides": (2, 2), "photos": (7, 7), "references left out": (6, 6)}


def artwork(seed):
    """Print that no other seed has: strokes, discs and a word."""
    rng = np.random.default_rng(seed)
    image = np.full((480, 640, 3), rng.integers(170, 230, 3), np.uint8)
    for _ in range(110):
        start, end = (tuple(int(v) for v in rng.integers(0, (640, 480))) for _ in range(2))
        ink = tuple(int(v) for v in rng.integers(10, 200, 3))
        cv2.line(image, start, end, ink, int(rng.integers(1, 6)), cv2.LINE_AA)
        cv2.circle(image, end, int(rng.integers(3, 14)), ink, -1, cv2.LINE_AA)
    return image


def photographed(image, seed):
    """A slightly tilted, moved photo with a little noise."""
    rng = np.random.default_rng(seed)
    corners = np.float32([(0, 0), (639, 0), (639, 479), (0, 479)])
    moved = corners + rng.uniform(-14, 14, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    seen = cv2.warpPerspective(image, matrix, (640, 480), borderMode=cv2.BORDER_REFLECT)
    noisy = seen.astype(np.float32) + rng.normal(0, 2, seen.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def altered(image):
    """The same photo with a dark sign put on it at (400..520, 200..290)."""
    changed = image.copy()
    changed[200:290, 400:520] = (20, 20, 25)
    cv2.putText(changed, "XO", (410, 275), cv2.FONT_HERSHEY_SIMPLEX, 2.5, (250, 250, 250), 9)
    return changed


def row(file, role, product, label="genuine", region="", notes="", of_set="labels"):
    return (file, of_set, role, product, label, region, notes)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    """Two products of three references; a genuine and an altered query of each; and rubbish."""
    folder = tmp_path_factory.mktemp("truth")
    (folder / "images").mkdir()
    rows = []
    for seed, product in enumerate(("one", "two")):
        print_of = artwork(seed)
        for number in range(3):
            name = f"images/{product}_ref{number}.png"
            cv2.imwrite(str(folder / name), photographed(print_of, 10 * seed + number))
            rows.append(row(name, "reference", product))
        photo = photographed(print_of, 10 * seed + 5)
        cv2.imwrite(str(folder / f"images/{product}_q.png"), photo)
        cv2.imwrite(str(folder / f"images/{product}_q_sign.png"), altered(photo))
        rows.append(row(f"images/{product}_q.png", "query", product))
    mask = np.zeros((480, 640), np.uint8)
    mask[200:290, 400:520] = 255
    cv2.imwrite(str(folder / "mask.png"), mask)
    signed = {"label": "counterfeit", "notes": "planted sign; large"}
    rows += [
        row("images/one_q_sign.png", "query", "one", region="400 200 520 290", **signed),
        row("images/two_q_sign.png", "query", "two", region="mask.png", **signed),
        row("images/gone.png", "query", "one"),
        row("images/gone.png", "reference", "one"),
        row("manifest.csv", "query", "two", "defect", region="no mask"),
        row("images/one_q.png", "query", "one", "unknown"),
        row("images/one_q.png", "judge", "one"),
        row("images/one_q.png", "query", "nobody knows it", of_set="alone"),
    ]
    path = folder / "manifest.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def evaluation(manifest, told, tmp_path_factory):
    def progress(stage, done, total):
        told.append((stage, done, total))

    return evaluate(manifest, cache=tmp_path_factory.mktemp("cache"), progress=progress)


@pytest.fixture(scope="module")
def records(manifest, tmp_path_factory):
    """Of the altered queries alone, among one reference of each product."""
    lines = manifest.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if "_ref0" in line or "_sign" in line]
    path = manifest.with_name("few.csv")
    path.write_text("\n".join([lines[0], *wanted]) + "\n", encoding="utf-8")
    cache = tmp_path_factory.mktemp("few")
    return judge(path, cache=cache, progress=lambda *_: None, embedder=Embedder()).records


@pytest.fixture(scope="module")
def labels(evaluation):
    return evaluation.sets["labels"]


def test_two_at_once_say_the_same(manifest, evaluation, tmp_path):
    told = []
    both = evaluate(manifest, cache=tmp_path, progress=lambda *step: told.append(step), workers=2)
    assert _without_seconds(both) == _without_seconds(evaluation)
    assert {stage: (done, total) for stage, done, total in told} == STAGES


def _without_seconds(evaluation):
    facts = asdict(evaluation)
    for part in (facts["overall"], *facts["sets"].values(), *facts["products"].values()):
        del part["seconds_per_photo"]
    return facts


def test_there_is_somebody_to_work(manifest, tmp_path):
    with pytest.raises(ValueError, match="at least 1 worker, found 0"):
        evaluate(manifest, cache=tmp_path, progress=lambda *_: None, workers=0)


def test_every_photo_is_counted_once(evaluation, labels):
    outcomes = dict(labels.outcomes)
    assert outcomes.pop("unreadable") == 2
    assert outcomes.pop("bad_row") == 1
    assert outcomes.pop("reference_unreadable") == 1
    assert "failed" not in outcomes
    assert sum(outcomes.values()) == 4 + 6  # queries, and references left out once
    assert labels.images == 14
    assert evaluation.overall.images == 15


def test_products_are_found(labels):
    assert labels.retrieval.n == 4 + 6 + 2
    assert labels.retrieval.recall_at_1 == pytest.approx(10 / 12)  # two cannot be read
    assert labels.open_set.n == 10


def test_a_photo_is_never_a_stranger_to_itself(records):
    assert len(records) == 2
    for record in records:
        assert record.first == record.product
        assert record.rank == 1
        assert record.stranger is not None
        assert record.stranger != record.product
        assert record.outcome == "gallery_too_thin"
        assert record.suspicion is not None


def test_altered_photos_stand_apart(labels):
    found = labels.separation
    assert found.coverage == pytest.approx(10 / 12)
    assert (found.n_genuine, found.n_other) == (1 + 2 + 6, 1 + 2)
    assert found.auroc_covered == 1.0
    assert set(found.by_kind) == {"sign", "defect"}
    assert found.by_kind["sign"]["tpr_at_5pct_fpr"] == 1.0
    assert (labels.paired.win_rate, labels.paired.n) == (1.0, 2)


def test_regions_lie_on_the_planted_signs(labels):
    found = labels.localisation
    assert found.n == 2
    assert found.top_region_hit == 1.0
    assert found.region_recall == 1.0


def test_a_photo_without_any_reference_is_no_miss(evaluation):
    alone = evaluation.sets["alone"]
    assert alone.outcomes == {"not_in_gallery": 1}
    assert alone.retrieval.n == 0
    assert alone.open_set.n == 0
    assert alone.separation.coverage == 0.0


def test_overall_and_products_add_up(evaluation):
    assert set(evaluation.products) == {"one", "two", "nobody knows it"}
    parts = evaluation.products.values()
    assert sum(part.retrieval.n for part in parts) == evaluation.overall.retrieval.n
    assert evaluation.products["one"].retrieval.ci95 is None
    low, high = evaluation.overall.retrieval.ci95
    assert low <= evaluation.overall.retrieval.recall_at_1 <= high


def test_the_answer_is_plain_and_complete(evaluation):
    told = json.loads(json.dumps(asdict(evaluation), allow_nan=False))
    assert set(told) == {"overall", "sets", "products", "versions"}
    assert set(told["versions"]) == {"model", "gallery", "thresholds"}
    assert all(version.startswith("sha256:") for version in told["versions"].values())
    for part in (told["overall"], *told["sets"].values(), *told["products"].values()):
        assert set(part) == {"images", "outcomes", *KEYS}
        assert all(set(part[name]) == keys for name, keys in KEYS.items())


@pytest.mark.usefixtures("evaluation")
def test_progress_comes_for_each_photo(told):
    last = {stage: (done, total) for stage, done, total in told}
    assert last == STAGES
    assert len(told) == sum(total for _, total in STAGES.values())


def test_an_unusable_manifest_is_refused(tmp_path):
    (tmp_path / "manifest.csv").write_text("a,b\n1,2\n")
    with pytest.raises(TruthUnreadable, match="no column"):
        evaluate(tmp_path / "manifest.csv", cache=tmp_path, progress=lambda *_: None)


def test_an_empty_manifest_has_no_figures(tmp_path):
    (tmp_path / "manifest.csv").write_text("file,role,product_id,label\n")
    found = evaluate(tmp_path / "manifest.csv", cache=tmp_path, progress=lambda *_: None)
    assert found.overall.images == 0
    assert found.overall.separation.auroc is None
    assert found.sets == {}


def test_centre_of_area_not_of_corners():
    triangle = ((3000.0, 2000.0), (3030.0, 2000.0), (3000.0, 2030.0))
    assert centre(triangle) == pytest.approx((3010, 2010))
    crowded = ((0, 0), (10, 0), (10, 10), (9, 10), (8, 10), (0, 10))
    assert centre(crowded) == pytest.approx((5, 5))
    assert centre(((4, 4), (8, 4))) == pytest.approx((6, 4))
