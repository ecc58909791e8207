from __future__ import annotations

import math

import numpy as np
import pytest

from vision.figures import Record, figures_by, figures_of
from vision.ranking import (
    auroc,
    auroc_interval,
    middle_for_missing,
    ratio_interval,
    share_interval,
    tpr_at,
)
from vision.truth import Label

G, C, D = Label.GENUINE, Label.COUNTERFEIT, Label.DEFECT


def record(name="images/a.jpg", label=G, suspicion=None, **facts):
    kind = facts.pop("kind", label.value if label else "")
    given = {"set": "s", "product": "p", "left_out": False, "outcome": "agrees", **facts}
    return Record(name=name, label=label, kind=kind, suspicion=suspicion, **given)


def values(*numbers):
    return np.array(numbers, np.float64)


class TestRanking:
    def test_auroc_counts_pairs_and_ties_half(self):
        low, high = values(0, 1, 2, 5), values(1, 2, 7)
        pairs = [(h > g) + 0.5 * (h == g) for g in low for h in high]
        assert auroc(low, high) == pytest.approx(sum(pairs) / len(pairs))

    def test_auroc_of_apart_same_and_swapped(self):
        assert auroc(values(1, 2), values(3, 4)) == 1.0
        assert auroc(values(3, 4), values(1, 2)) == 0.0
        assert auroc(values(2, 2), values(2)) == 0.5

    def test_nothing_to_compare_is_none(self):
        assert auroc(values(), values(1)) is None
        assert tpr_at(values(1), values(), 0.05) is None
        assert auroc_interval(values(), [], values(1), ["a"]) is None

    def test_tpr_allows_no_false_positive_below_one_in_n(self):
        genuine = np.arange(99, dtype=np.float64)  # 1 % of 99 is less than one photo
        assert tpr_at(genuine, values(98, 98.5, 99, 97), 0.01) == 0.5

    def test_tpr_allows_exactly_the_share(self):
        genuine = np.arange(100, dtype=np.float64)
        assert tpr_at(genuine, values(98.5, 98, 99.5, 0), 0.01) == 0.5
        assert tpr_at(genuine, values(94, 94.5), 0.05) == 0.5

    def test_missing_values_get_the_middle(self):
        assert list(middle_for_missing([1.0, None, 9.0, 2.0])) == [1, 2, 9, 2]
        assert list(middle_for_missing([None, None])) == [0, 0]

    def test_interval_is_the_same_each_time_and_holds_the_figure(self):
        rng = np.random.default_rng(1)
        groups = [str(n // 4) for n in range(80)]
        low, high = rng.normal(0, 1, 80), rng.normal(1, 1, 80)
        first = auroc_interval(low, groups, high, groups)
        assert first == auroc_interval(low, groups, high, groups)
        assert first[0] < auroc(low, high) < first[1]
        assert 0.05 < first[1] - first[0] < 0.35

    def test_interval_of_shares_is_near_the_theory(self):
        hits = [n % 4 != 0 for n in range(400)]
        low, high = share_interval(hits, [str(n) for n in range(400)])
        half = 1.96 * math.sqrt(0.75 * 0.25 / 400)
        assert (low, high) == pytest.approx((0.75 - half, 0.75 + half), abs=0.01)

    def test_equal_products_leave_more_doubt_than_equal_photos(self):
        hits = [n < 300 for n in range(400)]
        alone = share_interval(hits, [str(n) for n in range(400)])
        by_product = share_interval(hits, [str(n // 50) for n in range(400)])
        assert by_product[1] - by_product[0] > 2 * (alone[1] - alone[0])

    def test_interval_of_a_ratio_weighs_each_group_by_its_whole(self):
        # Drawing two of two groups: a a, a b, b b with chances 1/4, 1/2, 1/4.
        low, high = ratio_interval([9, 0], [10, 1], ["a", "b"])
        assert (low, high) == (0.0, 0.9)
        assert ratio_interval([3, 3], [6, 6], ["a", "b"]) == (0.5, 0.5)
        assert ratio_interval([0, 0], [0, 0], ["a", "b"]) is None

    def test_interval_of_a_mean_is_near_the_theory(self):
        rng = np.random.default_rng(3)
        counts = rng.poisson(2.0, 500)
        low, high = ratio_interval(list(counts), [1] * 500, [str(n) for n in range(500)])
        half = 1.96 * counts.std() / math.sqrt(500)
        assert (low, high) == pytest.approx((counts.mean() - half, counts.mean() + half), abs=0.02)

    def test_one_product_has_no_interval(self):
        assert share_interval([True, False], ["a", "a"]) is None
        assert auroc_interval(values(1), ["a"], values(2), ["a"]) is None


class TestIntervals:
    """Products that are all alike leave no doubt; one that is unlike the others does."""

    def test_alike_products_leave_no_doubt(self):
        records = []
        for product in ("a", "b", "c"):
            own = {"product": product, "rank": 1, "stranger": ""}
            records += [record(suspicion=1.0, regions=2, **own)]
            records += [
                record("images/a_hue.jpg", C, 2.0, places=2, recalled=1, hits=(True,), **own)
            ]
        found = figures_of(records)
        assert found.retrieval.ci95 == (1.0, 1.0)
        assert found.open_set.ci95 == (0.0, 0.0)
        assert found.separation.ci95 == (1.0, 1.0)
        assert found.separation.by_kind["counterfeit"]["ci95"] == (1.0, 1.0)
        assert found.localisation.ci95 == found.localisation.top3_ci95 == (1.0, 1.0)
        assert found.localisation.region_recall_ci95 == (0.5, 0.5)
        assert found.localisation.false_regions_ci95 == (2.0, 2.0)
        assert found.paired.ci95 == (1.0, 1.0)

    def test_an_unlike_product_leaves_doubt(self):
        records = []
        for product, good in (("a", True), ("b", True), ("c", False)):
            own = {"product": product, "rank": int(good), "stranger": "" if good else "other"}
            records += [record(suspicion=1.0, regions=0 if good else 3, **own)]
            records += [
                record(
                    "images/a_hue.jpg",
                    C,
                    2.0 if good else 0.5,
                    places=1,
                    recalled=int(good),
                    hits=(good, good),
                    **own,
                )
            ]
        found = figures_of(records)
        shares = (
            found.retrieval.ci95,
            found.localisation.ci95,
            found.localisation.top3_ci95,
            found.localisation.region_recall_ci95,
            found.paired.ci95,
        )
        assert set(shares) == {(0.0, 1.0)}  # none, or only, of c is drawn in 1 of 27 draws
        assert found.open_set.ci95 == (0.0, 1.0)
        assert found.localisation.false_regions_ci95 == (0.0, 3.0)
        low, high = found.separation.ci95
        assert low < found.separation.auroc < high

    def test_one_product_has_none(self):
        found = figures_of([record(rank=1, suspicion=1.0), record(label=C, suspicion=2.0)])
        assert found.retrieval.ci95 is None
        assert found.separation.ci95 is None
        assert found.localisation.false_regions_ci95 is None


class TestSearch:
    def test_retrieval_counts_ranks(self):
        found = figures_of([record(rank=r) for r in (1, 1, 2, 5, 0, None)]).retrieval
        assert (found.recall_at_1, found.recall_at_5, found.n) == (0.4, 0.8, 5)

    def test_open_set_counts_any_stranger(self):
        found = figures_of([record(stranger=s) for s in ("", "other", "", "", None)]).open_set
        assert (found.false_accept_rate, found.n) == (0.25, 4)

    def test_nothing_searched_is_none(self):
        found = figures_of([record()])
        assert found.retrieval.recall_at_1 is None
        assert found.retrieval.n == 0
        assert found.open_set.false_accept_rate is None


class TestSeparation:
    def test_declined_photos_have_the_middle_rank(self):
        records = [record(suspicion=v) for v in (1.0, 2.0)]
        records += [record(label=C, suspicion=v) for v in (3.0, 4.0, None)]
        found = figures_of(records).separation
        assert found.auroc_covered == 1.0
        assert found.auroc == 1.0  # the middle, 2.5, is above both genuine ones
        assert found.coverage == 0.8
        assert (found.n_genuine, found.n_other) == (2, 3)

    def test_a_declined_genuine_photo_costs(self):
        records = [record(suspicion=1.0), record()]
        records += [record(label=C, suspicion=v) for v in (2.0, 4.0)]
        found = figures_of(records).separation
        assert found.auroc_covered == 1.0
        assert found.auroc == pytest.approx(3.5 / 4)  # middle 2 ties with one of two

    def test_what_is_answered_by_default_is_told_apart_from_the_order(self):
        records = [record(suspicion=v, outcome=o) for v, o in ((9.0, "agrees"), (1.0, "differs"))]
        records += [record(), record(suspicion=1.0)]
        records += [record(label=C, suspicion=0.1, outcome="differs", kind="hue")]
        records += [record(label=C, outcome="photo_unfit", kind="logo")]
        found = figures_of(records).separation
        assert (found.alarmed, found.found) == (0.25, 0.5)
        assert (found.by_kind["hue"]["found"], found.by_kind["logo"]["found"]) == (1.0, 0.0)

    def test_all_declined_say_nothing(self):
        found = figures_of([record(), record(label=C)]).separation
        assert found.auroc == 0.5
        assert found.auroc_covered is None
        assert found.coverage == 0.0

    def test_by_kind_compares_each_kind_with_all_genuine(self):
        records = [record(suspicion=v) for v in (1.0, 2.0, 3.0)]
        records += [record(label=C, kind="hue", suspicion=0.5)]
        records += [record(label=C, kind="shift", suspicion=9.0, places=1, hits=(True,))]
        kinds = figures_of(records).separation.by_kind
        assert list(kinds) == ["hue", "shift"]
        assert (kinds["hue"]["auroc"], kinds["shift"]["auroc"]) == (0.0, 1.0)
        assert kinds["hue"]["top_region_hit"] is None
        assert kinds["shift"]["top_region_hit"] == 1.0

    def test_rows_that_could_not_be_used_are_only_counted(self):
        records = [record(suspicion=1.0), record(label=None, outcome="bad_row")]
        found = figures_of(records)
        assert found.images == 2
        assert found.outcomes == {"agrees": 1, "bad_row": 1}
        assert found.separation.n_genuine == 1
        assert found.separation.coverage == 1.0


class TestLocalisation:
    def test_hits_recall_and_false_regions(self):
        records = [
            record(label=C, suspicion=2.0, places=2, recalled=2, hits=(True, False)),
            record(label=D, suspicion=2.0, places=1, recalled=0, hits=(False, False, True)),
            record(label=C, places=1),  # not compared: a miss
            record(label=C, suspicion=2.0, hits=(False,)),  # nobody knows where
            record(suspicion=1.0, regions=3, hits=(False,)),
            record(suspicion=1.0, regions=0, hits=()),
            record(),
        ]
        found = figures_of(records).localisation
        assert found.n == 3
        assert found.top_region_hit == pytest.approx(1 / 3)
        assert found.top3_region_hit == pytest.approx(2 / 3)
        assert found.region_recall == 0.5
        assert found.false_regions_per_genuine_photo == 1.5


class TestPaired:
    def test_an_altered_photo_meets_its_twin(self):
        records = [
            record("images/1_canon.jpg", suspicion=1.0),
            record("images/1_canon_hue.jpg", C, 2.0),
            record("images/1_canon_swap_letter.jpg", C, 1.0),  # a tie is no win
            record("images/2_canon_hue.jpg", C, 5.0),  # no twin
            record("other/1_canon_hue.jpg", C, 5.0),  # another folder
            record("images/1_canon_hue.png", C, 5.0),  # another format
            record("images/1_canon_bold.jpg", C),  # not compared
        ]
        found = figures_of(records).paired
        assert (found.win_rate, found.n) == (0.5, 2)

    def test_twins_are_of_one_product_and_no_left_out_reference(self):
        records = [
            record("1.jpg", suspicion=1.0, product="q"),
            record("2.jpg", suspicion=1.0, left_out=True),
            record("1_hue.jpg", C, 2.0),
            record("2_hue.jpg", C, 2.0),
        ]
        assert figures_of(records).paired.n == 0


def test_times_are_percentiles():
    found = figures_of([record(seconds=float(n)) for n in range(101)] + [record()])
    assert found.seconds_per_photo.p50 == 50
    assert found.seconds_per_photo.p95 == 95


def test_groups_get_their_own_figures():
    records = [record(product=p, rank=r) for p, r in (("b", 1), ("a", 0), ("", 0))]
    found = figures_by(records, lambda r: r.product)
    assert list(found) == ["a", "b"]
    assert found["b"].retrieval.recall_at_1 == 1.0
    assert found["a"].retrieval.recall_at_1 == 0.0


def test_no_records_no_figures():
    found = figures_of([])
    assert found.images == 0
    assert found.separation.auroc is None
    assert found.seconds_per_photo.p50 is None
