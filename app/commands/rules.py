"""`touchstone gallery rules`: which facts and sides the gallery asks for."""

from typing import Annotated

import typer
from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication

from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import Output, answering
from app.commands.proposing import changing
from app.field_words import field_name
from app.reports.versions import RulesDocument, ShotsPart
from app.side_words import named_side, side_word
from app.store import OF_PRODUCT, OF_REFERENCE, Policy, Shots, Workspace


def rules(
    context: typer.Context,
    require: Annotated[
        list[str] | None,
        typer.Option(metavar="FACT", help="Ask for a fact of each reference or product."),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(metavar="FACT", help="Ask for it no more.")
    ] = None,
    shots: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CATEGORY:SIDE,SIDE;SIDE",
            help="Sides of a category: required; then optional. An empty category is all others.",
        ),
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Tell or change what the gallery asks for; `gallery check` names what is missing."""
    asked, gone = _facts(require, "--require"), _facts(drop, "--drop")
    given = [_shots(text) for text in shots or ()]
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        before = opened.acts.policy()
        wanted = [_with_stored_sides(each) for each in given]
        own = {each.category.casefold(): each for each in (*before.shots, *wanted)}
        after = Policy(
            of_reference=_changed(before.of_reference, asked, gone, OF_REFERENCE),
            of_product=_changed(before.of_product, asked, gone, OF_PRODUCT),
            shots=tuple(own[name] for name in sorted(own) if own[name].says_something),
        )
        if asked or gone or given:
            with changing(opened, output, as_json=as_json) as target:
                target.acts.set_policy(after, expected=before)
        _tell(after, output, as_json=as_json)


def _facts(names: list[str] | None, option: str) -> set[str]:
    wrong = [name for name in names or () if name not in (*OF_REFERENCE, *OF_PRODUCT)]
    if wrong:
        known = ", ".join(dict.fromkeys((*OF_REFERENCE, *OF_PRODUCT)))
        raise typer.BadParameter(f"“{wrong[0]}” is none of: {known}", param_hint=option)
    return set(names or ())


def _shots(text: str) -> Shots:
    category, _, sides = text.rpartition(":")
    required, _, optional = sides.partition(";")
    parts = ([each.strip() for each in part.split(",")] for part in (required, optional))
    needed, wished = (tuple(filter(None, each)) for each in parts)
    try:
        return Shots(category=category.strip(), required=needed, optional=wished)
    except ValidationError:
        raise typer.BadParameter("the name of a side is too long", param_hint="--shots") from None


def _with_stored_sides(shots: Shots) -> Shots:
    """The same with sides named as they are stored, each once."""
    needed, wished = (
        tuple(dict.fromkeys(map(named_side, names))) for names in (shots.required, shots.optional)
    )
    return shots.model_copy(update={"required": needed, "optional": wished})


def _changed(
    before: tuple[str, ...], asked: set[str], gone: set[str], known: tuple[str, ...]
) -> tuple[str, ...]:
    wanted = (set(before) | asked) - gone
    return tuple(name for name in known if name in wanted)


def _tell(policy: Policy, output: Output, *, as_json: bool) -> None:
    if as_json:
        output.document(
            RulesDocument(
                of_product=policy.of_product,
                of_reference=policy.of_reference,
                shots=tuple(ShotsPart(**each.model_dump()) for each in policy.shots),
            )
        )
        return
    lines = [
        (QCoreApplication.translate("commands", "Of a product: {names}"), policy.of_product),
        (QCoreApplication.translate("commands", "Of a reference: {names}"), policy.of_reference),
    ]
    for line, names in lines:
        said = ", ".join(field_name(name) for name in names) or "–"
        output.console.print(line.format(names=said), soft_wrap=True)
    for each in policy.shots:
        said = QCoreApplication.translate(
            "commands", "Sides of {category}: {required}; optional: {optional}"
        )
        every = QCoreApplication.translate("commands", "all other products")
        output.console.print(
            said.format(
                category=each.category or every,
                required=", ".join(map(side_word, each.required)) or "–",
                optional=", ".join(map(side_word, each.optional)) or "–",
            ),
            soft_wrap=True,
        )
