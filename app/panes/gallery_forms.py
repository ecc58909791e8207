"""The right side of Gallery: adding references, and what is known of those and of their product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)
from typing_extensions import override

from app.panes.fact_form import OF_PRODUCT, OF_REFERENCE, FactForm
from app.panes.policy_form import PolicyForm
from app.panes.trainer_bench import Facts

if TYPE_CHECKING:
    from app.panes.reference_form import ReferenceForm
    from vision import Reference

ADD, REFERENCE, PRODUCT, POLICY = range(4)
_SEVERAL: Final = "…"  # where chosen references do not say the same


class GalleryForms(QTabWidget):
    """`said` tells references and facts of them, `product_said` a product and facts of it.

    `proof_chosen` tells references and the path of a file that proves something of them.
    """

    said = Signal(object, object)
    product_said = Signal(str, object)
    proof_chosen = Signal(object, str)

    def __init__(self, adding: ReferenceForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setUsesScrollButtons(False)
        self.facts = Facts()
        self._adding = adding
        self._chosen: tuple[Reference, ...] = ()
        self._side: tuple[str, str] | None = None
        self.reference, self.product = FactForm(OF_REFERENCE), FactForm(OF_PRODUCT)
        self.policy = PolicyForm()
        self._proof, self.proof_button = QLabel(), QPushButton()
        self._proof.setObjectName("note")
        self._proof.setWordWrap(True)
        self._proof.setTextFormat(Qt.TextFormat.PlainText)
        self.reference.add_below(self._proof, self.proof_button)
        for form in (adding, self.reference, self.product, self.policy):
            self.addTab(_scrolled(form), "")
        self.reference.keep_wished.connect(self._on_said)
        self.product.keep_wished.connect(self._on_product_said)
        self.proof_button.clicked.connect(self._on_choose_proof)
        self._retranslate()

    def set_facts(self, facts: Facts) -> None:
        """What is known of products, and what is asked for, has changed."""
        self.facts = facts
        self.policy.set_policy(facts.policy)
        self._show()

    def show_side(self, side: tuple[str, str] | None) -> None:
        """Another side is looked at."""
        self._side, self._chosen = side, ()
        self._show()

    def show_references(self, chosen: tuple[Reference, ...]) -> None:
        """Other references are chosen."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._show()

    def begin_saying(self, field: str, *, of_product: bool) -> None:
        """Let a person type a fact of the chosen references, or of the product."""
        self.setCurrentIndex(PRODUCT if of_product else REFERENCE)
        form = self.product if of_product else self.reference
        (form.edits.get(field) or self.proof_button).setFocus()

    def begin_adding(self, product: str, side: str) -> None:
        """Let a person add pictures of a side."""
        self.setCurrentIndex(ADD)
        self._adding.set_names(product, side)
        self._adding.choose_button.setFocus()

    def _show(self) -> None:
        product = self._side[0] if self._side is not None else ""
        known = self.facts.products.get(product)
        facts = known.model_dump(exclude={"product"}) if known is not None else {}
        policy = self.facts.policy
        self.product.show_facts(product, facts, policy.of_product)
        self.product.setEnabled(bool(product))
        self.policy.show_category(str(facts.get("category", "")))
        self.reference.show_facts(self._title(), self._common(), policy.of_reference)
        self.reference.setEnabled(bool(self._chosen))
        names = {each.provenance.proof_name for each in self._chosen if each.provenance.proof}
        told = self.tr("Proof: {names}").format(names=", ".join(sorted(names)))
        self._proof.setText(told if names else self.tr("No proof kept yet"))

    def _title(self) -> str:
        if not self._chosen:
            return self.tr("Choose a reference")
        if len(self._chosen) == 1:
            return self.tr("The chosen reference")
        return self.tr("{count} chosen references").format(count=len(self._chosen))

    def _common(self) -> dict[str, str]:
        """What all chosen references say alike; a sign where they do not."""
        found = {}
        for name in OF_REFERENCE:
            said = {getattr(each.provenance, name) for each in self._chosen}
            found[name] = said.pop() if len(said) == 1 else _SEVERAL if said else ""
        return found

    def _on_said(self, facts: dict[str, str]) -> None:
        kept = {name: text for name, text in facts.items() if text != _SEVERAL}
        if self._chosen and kept:
            self.said.emit(self._chosen, kept)

    def _on_product_said(self, facts: dict[str, str]) -> None:
        if self._side is not None:
            self.product_said.emit(self._side[0], facts)

    def _on_choose_proof(self) -> None:
        title = self.tr("Choose a file that shows where the item comes from")
        name, _ = QFileDialog.getOpenFileName(self, title)
        if name and self._chosen:
            self.proof_chosen.emit(self._chosen, name)

    def _retranslate(self) -> None:
        words = (self.tr("Add"), self.tr("Reference"), self.tr("Product"), self.tr("Rules"))
        for place, text in enumerate(words):
            self.setTabText(place, text)
        self.proof_button.setText(self.tr("Choose a proof…"))
        self._show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _scrolled(form: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(form)
    return area
