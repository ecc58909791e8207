"""`touchstone gallery move`, `first`, `straighten`, `say` and `product`: put references right."""

import string
from pathlib import Path
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication

import vision
from app import words
from app.change_words import change_sentence
from app.commands.desk import own_side
from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import Output, Refused, answering
from app.commands.proposing import changing
from app.field_words import field_name
from app.reports.versions import DoneDocument, ProductDocument, change_part
from app.store import Changes, NoSuchProduct, Workspace
from vision import Reference, Vertices

_SHORTEST_HASH = 8

ReferencesArgument = Annotated[
    list[str],
    typer.Argument(metavar="REFERENCE...", help="Picture files, ids, or starts of SHA-256 hashes."),
]
ReferenceArgument = Annotated[
    str, typer.Argument(metavar="REFERENCE", help="A picture file, an id, or the start of a hash.")
]


def move(
    context: typer.Context,
    references: ReferencesArgument,
    product: Annotated[str, typer.Option(help="Where they belong.")],
    side: Annotated[str, typer.Option(help="Which face they show.")],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Move references to another product or side."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        found = _named(opened, references)
        there = own_side(opened, product, side)
        with changing(opened, output, as_json=as_json) as target:
            changes = target.acts.move([each.id for each in found], product.strip(), there)
        _tell(changes, output, as_json=as_json)


def first(
    context: typer.Context,
    reference: ReferenceArgument,
    none: Annotated[bool, typer.Option("--none", help="Leave the choice to the program.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Choose the reference of its side that all others are laid on."""
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        (found,) = _named(opened, [reference])
        with changing(opened, output, as_json=as_json) as target:
            changes = target.acts.set_canonical(found.id, wanted=not none)
        _tell(changes, output, as_json=as_json)


def straighten(
    context: typer.Context,
    reference: ReferenceArgument,
    corners: Annotated[
        str,
        typer.Option(
            metavar="X,Y,X,Y,X,Y,X,Y",
            help="Corners of the flat side in the picture, clockwise from the top left.",
        ),
    ] = "",
    propose: Annotated[
        bool, typer.Option("--propose", help="Take the corners that the program finds.")
    ] = False,
    none: Annotated[bool, typer.Option("--none", help="Use the picture as it is again.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Straighten or crop a reference by four corners; its file is not changed."""
    if (bool(corners), propose, none).count(True) != 1:
        raise typer.BadParameter("give --corners, --propose or --none", param_hint="--corners")
    given = _corners(corners) if corners else None
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        (found,) = _named(opened, [reference])
        photo = vision.read(opened.original(found))
        if propose:
            given = vision.propose_corners(photo)
            if given is None:
                said = QCoreApplication.translate(
                    "commands", "No outline was found in “{name}”. Give the corners by hand."
                )
                raise Refused(said.format(name=reference))
        size = photo.width, photo.height
        with changing(opened, output, as_json=as_json) as target:
            changes = target.acts.prepare(found.id, given, size=size)
        _tell(changes, output, as_json=as_json)


def say(
    context: typer.Context,
    references: ReferencesArgument,
    vouched_by: Annotated[str | None, typer.Option(help="Who says it is genuine.")] = None,
    obtained: Annotated[str | None, typer.Option(help="How the item was obtained.")] = None,
    obtained_on: Annotated[str | None, typer.Option(metavar="DAY", help="When it was.")] = None,
    batch: Annotated[str | None, typer.Option(help="Production batch of the item.")] = None,
    camera: Annotated[str | None, typer.Option(help="What took the picture.")] = None,
    valid_from: Annotated[str | None, typer.Option(metavar="DAY", help="First day.")] = None,
    valid_to: Annotated[str | None, typer.Option(metavar="DAY", help="Last day.")] = None,
    proof: Annotated[
        Path | None, typer.Option(help="A file that shows it: an invoice, a letter.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Say where references come from; what is not named stays as it is."""
    said = {
        "vouched_by": vouched_by,
        "obtained": obtained,
        "obtained_on": obtained_on,
        "batch": batch,
        "camera": camera,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    facts = {name: text for name, text in said.items() if text is not None}
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        found = _named(opened, references)
        if proof is not None:
            facts |= {"proof": opened.acts.keep_file(proof), "proof_name": proof.name}
        with changing(opened, output, as_json=as_json) as target:
            changes = target.acts.say([each.id for each in found], facts)
        _tell(changes, output, as_json=as_json)


def product(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="PRODUCT", help="What the product is called.")],
    brand: Annotated[str | None, typer.Option(help="Whose brand it is.")] = None,
    gtin: Annotated[str | None, typer.Option(help="8, 12, 13 or 14 digits.")] = None,
    packaging: Annotated[str | None, typer.Option(help="Version of the packaging.")] = None,
    market: Annotated[str | None, typer.Option(help="Where it is sold.")] = None,
    category: Annotated[str | None, typer.Option(help="What kind of thing it is.")] = None,
    valid_from: Annotated[str | None, typer.Option(metavar="DAY", help="Sold from.")] = None,
    valid_to: Annotated[str | None, typer.Option(metavar="DAY", help="Sold until.")] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Tell what is known of a product, or say it."""
    said = {
        "brand": brand,
        "gtin": gtin,
        "packaging": packaging,
        "market": market,
        "category": category,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    facts = {field: text for field, text in said.items() if text is not None}
    with (
        answering(language_code(context, language)) as output,
        Workspace(workspace_folder(context, workspace)) as opened,
    ):
        if not facts:
            _tell_product(opened, name.strip(), output, as_json=as_json)
            return
        with changing(opened, output, as_json=as_json) as target:
            changes = target.acts.set_product(name.strip(), facts)
        _tell(changes, output, as_json=as_json)


def _tell_product(workspace: Workspace, name: str, output: Output, *, as_json: bool) -> None:
    found = workspace.acts.products().get(name)
    if found is None:
        raise NoSuchProduct(name)
    if as_json:
        output.document(ProductDocument(**found.model_dump()))
        return
    for field, text in found.model_dump(exclude={"product"}).items():
        output.console.print(f"{field_name(field)}: {text or '–'}", soft_wrap=True)


def _named(workspace: Workspace, names: list[str]) -> list[Reference]:
    """The references that are meant, each by its file, its id, or the start of its hash."""
    every = workspace.references()
    return [each for name in names for each in _meant(every, name)]


def _meant(every: tuple[Reference, ...], name: str) -> list[Reference]:
    text = name.removeprefix("sha256:").lower()
    if Path(name).is_file():
        text = vision.read(name, max_side=64).sha256
    is_hash = len(text) >= _SHORTEST_HASH and set(text) <= set(string.hexdigits)
    found = [each for each in every if is_hash and text in (each.id, each.sha256)]
    found = found or [each for each in every if is_hash and each.sha256.startswith(text)]
    if len({each.id for each in found}) == 1:
        return found
    said = QCoreApplication.translate(
        "commands", "“{name}” is no reference of the gallery. “gallery list --json” names them."
    )
    if found:
        said = QCoreApplication.translate(
            "commands", "“{name}” stands under several sides: {sides}. Name one by its id."
        )
    sides = words.in_a_row([words.side_name(each.product, each.side) for each in found])
    raise Refused(said.format(name=name, sides=sides))


def _corners(text: str) -> Vertices:
    try:
        numbers = [float(part) for part in text.replace(";", ",").split(",") if part.strip()]
        corners = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        vision.prepared_size(corners)
    except ValueError:
        raise typer.BadParameter(
            "expected four corners x,y,x,y,x,y,x,y, clockwise from the top left",
            param_hint="--corners",
        ) from None
    return corners


def _tell(changes: Changes, output: Output, *, as_json: bool) -> None:
    if as_json:
        output.document(DoneDocument(changes=tuple(change_part(each) for each in changes)))
        return
    for change in changes:
        output.console.print(change_sentence(change), soft_wrap=True)
    if not changes:
        said = QCoreApplication.translate("commands", "It was so already; nothing was changed.")
        output.console.print(said, soft_wrap=True)
