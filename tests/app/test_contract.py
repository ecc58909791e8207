from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from app.commands.output import json_text
from app.reports.contract import (
    InspectDocument,
    ReadDocument,
    ReadPart,
    Unreadable,
    VersionsPart,
    inspection_document,
    inspection_part,
)
from tests.app import inspection_samples as samples
from vision import Channel, CodeAgreement, CodeReading, CodeResult, Inspection, Outcome

_VERSIONS = VersionsPart(
    touchstone="1", model="sha256:a", gallery="sha256:b", thresholds="sha256:c"
)


def _printed(*inspections: Inspection | Unreadable) -> dict:
    return json.loads(json_text(inspection_document(inspections, _VERSIONS)))


def test_every_key_of_the_contract_is_there_and_no_other() -> None:
    printed = _printed(samples.inspection(Outcome.DIFFERS))
    assert set(printed) == {"schema", "versions", "inspections"}
    assert printed["schema"] == "touchstone.inspect/1"
    assert set(printed["versions"]) == {"touchstone", "model", "gallery", "thresholds"}
    [one] = printed["inspections"]
    assert set(one) == {
        "photo",
        "outcome",
        "reason",
        "next_step",
        "candidates",
        "comparison",
        "seconds",
    }
    assert set(one["photo"]) == {"path", "sha256", "width", "height", "faults"}
    assert set(one["candidates"][0]) == {"product", "side", "similarity", "inliers", "verified"}
    assert set(one["comparison"]) == {
        "product",
        "side",
        "similarity",
        "percentile",
        "genuine_pairs",
        "suspicion",
        "alignment",
        "regions",
        "codes",
        "weakest",
        "apart",
        "peak",
        "limit",
        "limit_basis",
    }
    assert set(one["comparison"]["alignment"]) == {"matrix", "error_px", "inliers", "overlap"}
    assert set(one["comparison"]["regions"][0]) == {
        "number",
        "channel",
        "polygon",
        "reference_polygon",
        "measured",
        "genuine_spread",
        "ratio",
        "reference",
        "text",
        "outside",
    }
    assert one["comparison"]["regions"][0]["text"] == {"suspect": "", "reference": ""}
    assert set(one["seconds"]) == {"read", "features", "search", "align", "evidence", "total"}


def test_parts_in_their_own_place_are_counted_and_may_be_left_out() -> None:
    inspection = samples.inspection(Outcome.AGREES)
    comparison = replace(inspection.comparison, apart=2)
    part = inspection_part(replace(inspection, comparison=comparison)).comparison
    assert part.apart == 2
    kept = part.model_dump(mode="json", by_alias=True)
    del kept["apart"]  # as in what was kept before this was told
    assert type(part).model_validate(kept).apart == 0


def test_the_figures_are_those_of_the_inspection() -> None:
    inspection = samples.inspection(Outcome.DIFFERS)
    [one] = _printed(inspection)["inspections"]
    region = one["comparison"]["regions"][1]
    assert one["outcome"] == "differs"
    assert one["photo"]["sha256"] == inspection.photo.sha256
    assert (one["photo"]["width"], one["photo"]["height"]) == (1600, 1400)
    assert region["number"] == 2
    assert region["reference"] == "sha256:" + "ab" * 32
    assert region["reference_polygon"] == [[380, 520], [470, 520], [470, 640], [380, 640]]
    assert one["comparison"]["alignment"]["matrix"] == samples.photo_matrix().tolist()


def test_a_code_that_differs_is_told_with_both_values() -> None:
    inspection = samples.inspection(Outcome.DIFFERS)
    assert inspection.comparison is not None
    first, second = inspection.comparison.regions
    square = first.polygon
    read = CodeReading("4006381333931", "EAN-13", True, square)
    differing = CodeResult(CodeAgreement.DIFFERS, read, "EAN-13", "9501101530003", square)
    unread = CodeResult(CodeAgreement.UNREADABLE, None, "QR Code", "https://a.example", square)
    regions = (replace(first, channel=Channel.CODES), second)
    changed = replace(inspection.comparison, regions=regions, codes=(differing, unread))
    [one] = _printed(replace(inspection, comparison=changed))["inspections"]
    told = one["comparison"]["codes"]
    assert [code["agreement"] for code in told] == ["differs", "unreadable"]
    assert told[0]["value"] == "4006381333931"
    assert told[0]["check_digit_ok"] is True
    assert told[0]["recorded"] == "9501101530003"
    assert np.array(told[0]["polygon"]) == pytest.approx(np.array(square))
    assert (told[1]["value"], told[1]["check_digit_ok"], told[1]["polygon"]) == ("", None, [])
    texts = [region["text"] for region in one["comparison"]["regions"]]
    assert texts[0] == {"suspect": "4006381333931", "reference": "9501101530003"}
    assert texts[1] == {"suspect": "", "reference": ""}


def test_faults_carry_box_and_fix() -> None:
    [one] = _printed(samples.inspection(Outcome.PHOTO_UNFIT))["inspections"]
    assert one["comparison"] is None
    assert one["photo"]["faults"][0]["kind"] == "glare"
    assert one["photo"]["faults"][0]["where"] == [300, 200, 900, 700]
    assert one["photo"]["faults"][0]["fix"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_comes_back_as_a_valid_document(outcome: Outcome) -> None:
    text = json_text(inspection_document([samples.inspection(outcome)], _VERSIONS))
    assert InspectDocument.model_validate_json(text).inspections[0].outcome is outcome


def test_an_unreadable_file_is_an_unfit_photo_with_its_error_as_reason() -> None:
    [one] = _printed(Unreadable("x.jpg", "", "x.jpg is no picture."))["inspections"]
    assert one["outcome"] == "photo_unfit"
    assert one["reason"] == "x.jpg is no picture."
    assert one["photo"] == {"path": "x.jpg", "sha256": "", "width": 0, "height": 0, "faults": []}
    assert one["comparison"] is None


def test_nothing_may_be_added_or_left_out() -> None:
    printed = _printed(samples.inspection(Outcome.DIFFERS))
    printed["inspections"][0]["score"] = 1
    with pytest.raises(ValidationError, match="score"):
        InspectDocument.model_validate(printed)
    del printed["inspections"][0]["score"], printed["inspections"][0]["reason"]
    with pytest.raises(ValidationError, match="reason"):
        InspectDocument.model_validate(printed)


def test_every_part_forbids_extras() -> None:
    def parts(model: type[BaseModel]) -> set[type[BaseModel]]:
        return {model}.union(*(parts(child) for child in model.__subclasses__()))

    from app.reports.contract import Document

    assert len(parts(Document)) > 10
    for part in parts(Document):
        assert part.model_config.get("extra") == ConfigDict(extra="forbid")["extra"]


def test_an_infinite_ratio_is_a_large_number_and_no_number_is_refused() -> None:
    inspection = samples.inspection(Outcome.DIFFERS)
    assert inspection.comparison is not None
    endless = replace(inspection.comparison.regions[0], ratio=math.inf, genuine_spread=0.0)
    changed = replace(inspection, comparison=replace(inspection.comparison, regions=(endless,)))
    part = inspection_part(changed)
    assert part.comparison is not None
    assert part.comparison.regions[0].ratio == 1e6
    broken = replace(inspection, comparison=replace(inspection.comparison, suspicion=math.nan))
    with pytest.raises(ValidationError):
        inspection_part(broken)


def test_a_name_that_is_no_text_comes_back_as_the_same_name() -> None:
    name = b"pi\xffcture \xe8\xaf\x95.jpg".decode("utf-8", "surrogateescape")
    text = json_text(ReadDocument(files=(ReadPart(path=name, ok=False, error=f"{name}: no."),)))
    assert "试" in text
    assert json.loads(text.encode("utf-8"))["files"][0]["path"] == name
