"""Why what somebody typed or drew cannot be kept: a reason with its facts, and the error of it."""

from __future__ import annotations

from enum import Enum

from app.store.errors import StoreError

_SHOWN = 60  # letters of what was typed


class Refusal(Enum):
    """A reason; its value ends the English sentence, and facts fill it."""

    EMPTY = "it must not be empty"
    TOO_LONG = "it has {count} characters, at most {limit} are possible"
    UNSHOWN = "it holds line breaks or characters that cannot be shown"
    NO_DAY = "a day is expected, as in 2026-01-31"
    BEFORE_FIRST = "it is before {first}"
    GTIN_LENGTH = "8, 12, 13 or 14 digits are expected"
    GTIN_DIGIT = "its last digit should be {digit}: a digit is wrong"
    FEW_CORNERS = "it needs at least three corners in the picture"
    NOWHERE = "it needs corners in the picture"
    FOUR_CORNERS = "four corners are expected, clockwise from the top left, in the picture"
    NO_REFERENCE = "it is drawn on no reference of this side"
    NO_LENGTH = "it needs a line in the picture and a length above 0"
    NO_THRESHOLD = "a number is expected, of a side above 0"
    NO_FACT = "there is no such fact"
    NO_PRODUCT = "the gallery has no product of this name"
    BYTES = "it has {size} bytes, 1 to {limit} MB are possible"
    NO_ADDRESS = "it must be written as postgresql://user@server/database"


class EntryRefused(StoreError):
    """A name, a date or an outline that cannot be kept.

    `field` says which and `refusal` why; `shown` is the beginning of what was `found`.
    """

    def __init__(self, field: str, found: str, refusal: Refusal, **facts: str | int) -> None:
        self.field = field
        self.found = found
        self.refusal = refusal
        self.facts = facts
        self.shown = found if len(found) <= _SHOWN else found[: _SHOWN - 3] + "…"
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        why = self.refusal.value.format(**self.facts)
        return f"The {self.field} “{self.shown}” cannot be kept: {why}."


class GtinRefused(EntryRefused):
    """A number that cannot be a GTIN: not as many digits, or another check digit."""

    def __init__(self, found: str, refusal: Refusal, **facts: str | int) -> None:
        super().__init__("gtin", found, refusal, **facts)


class NoSuchProduct(EntryRefused):
    """Nothing can be said of a product that the gallery does not have."""

    def __init__(self, name: str) -> None:
        super().__init__("product", name, Refusal.NO_PRODUCT)

    def _sentence(self) -> str:
        return f"The gallery has no product “{self.shown}”. “gallery list” names those it has."
