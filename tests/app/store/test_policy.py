"""What a gallery asks for, and what of it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.store import EntryRefused, Gap, KeptProduct, Policy, Shots, Workspace, gaps
from app.store.tables import RuleRow
from vision import Provenance, Reference

if TYPE_CHECKING:
    from pathlib import Path

ASKED = Policy(
    of_reference=("vouched_by", "proof"),
    of_product=("gtin",),
    shots=(
        Shots(required=("front",)),
        Shots(category="shoes", required=("Front", "sole"), optional=("box",)),
    ),
)


def a_reference(number: int, product: str, side: str, vouched_by: str = "A. Lin") -> Reference:
    told = Provenance(vouched_by=vouched_by, proof="0" * 64)
    return Reference(f"r{number}", product, side, f"{number}" * 64, "", provenance=told)


def test_what_is_asked_for_is_kept_remembered_and_taken_back(tmp_path: Path) -> None:
    with Workspace(tmp_path) as opened:
        assert opened.acts.policy() == Policy()
        before = opened.acts.set_policy(ASKED)
        assert opened.acts.policy() == ASKED
        assert opened.audit(1)[0].act == "policy"
        opened.acts.set_policy(ASKED)
        assert len(opened.audit()) == 1, "asking for the same changes nothing"
        opened.acts.set_policy(before)
        assert opened.acts.policy() == Policy()


def test_a_fact_that_there_is_none_of_cannot_be_asked_for(tmp_path: Path) -> None:
    with Workspace(tmp_path) as opened, pytest.raises(EntryRefused, match="no such fact"):
        opened.acts.set_policy(Policy(of_product=("smell",)))


def test_a_policy_of_a_later_version_does_not_stop_the_work(tmp_path: Path) -> None:
    with Workspace(tmp_path) as opened:
        with opened._database.writing() as session:
            session.add(RuleRow(name="policy", value={"of_smell": ["fresh"]}))
        assert opened.acts.policy() == Policy()


def test_shots_of_a_category_go_before_those_of_all() -> None:
    assert ASKED.shots_of(" Shoes ").required == ("Front", "sole")
    assert ASKED.shots_of("tea").required == ("front",)
    assert Policy().shots_of("tea") == Shots()


def test_what_is_missing_is_named_by_product_and_side() -> None:
    products = {"Runner": KeptProduct(product="Runner", category="shoes", gtin="96385074")}
    references = (
        a_reference(1, "Runner", "front"),
        a_reference(2, "Runner", "front", vouched_by=" "),
        a_reference(3, "Tea", "back"),
    )
    assert gaps(ASKED, products, references) == (
        Gap("Runner", "sole"),
        Gap("Runner", "front", "vouched_by", ("r2",)),
        Gap("Tea", "", "gtin"),
        Gap("Tea", "front"),
    )
    assert gaps(Policy(), products, references) == ()
