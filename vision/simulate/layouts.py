"""Lay a brand out on its front: seven ways to arrange name, mark, picture and ornaments."""

# ruff: noqa: E501 (one part of a table a line, so that columns can be compared)

from __future__ import annotations

from typing import TYPE_CHECKING

from vision.simulate.artwork import Sheet
from vision.simulate.elements import Element, Logo, Panel, Pattern, Scene, Text, UnitBox
from vision.simulate.fonts import Face

if TYPE_CHECKING:
    from vision.simulate.brands import Brand
    from vision.simulate.marks import Colour


def front(brand: Brand) -> Sheet:
    """Lay out the front of a package."""
    return _FRONTS[brand.layout](brand)


def _text(
    name: str,
    box: UnitBox,
    words: str,
    face: Face,
    colour: Colour,
    *,
    align: str = "centre",
    tracking: float = 0.0,
    share: float = 0.86,
    column: bool = False,
) -> Element:
    """One line that fills its box's height by `share`, or a column of upright characters."""
    size = (box[2] - box[0]) * share if column else (box[3] - box[1]) * share
    paint = Text(words, face, size, colour, align, tracking, 1.12 if column else 1.4, column)
    return Element(name, box, paint)


def _logo(
    brand: Brand, box: UnitBox, main: Colour, second: Colour, *, name: str = "logo"
) -> Element:
    letter = brand.chinese[0] if brand.mark == "seal" else brand.latin[0]
    return Element(name, box, Logo(brand.mark, brand.seed, main, second, letter))


def _scene(brand: Brand, box: UnitBox, shape: str = "box") -> Element:
    p = brand.palette
    return Element(
        "picture", box, Scene(brand.scene, brand.seed, (p.deep, p.middle, p.light), shape)
    )


def _classic(brand: Brand) -> Sheet:
    p = brand.palette
    parts = (
        Element("ground", (0, 0, 700, 1000), Panel(p.ground, _mixed(p.ground, p.light, 0.6))),
        _scene(brand, (0, 560, 700, 1000)),
        Element("border_top", (0, 22, 700, 62), Pattern("meander", p.accent, 40)),
        Element("border_bottom", (0, 938, 700, 978), Pattern("meander", p.accent, 40)),
        Element("rosette", (370, 130, 670, 430), Pattern("rosette", _mixed(p.accent, p.ground, 0.45), 0, brand.seed)),
        _logo(brand, (440, 200, 600, 360), p.deep if p.ground[0] > 180 else p.accent, p.accent if p.ground[0] > 180 else p.deep),
        Element("title_card", (60, 100, 250, 232 + 165 * len(brand.chinese)), Panel(p.light, None, "box", 10, 4, p.accent)),
        _text("name_cn", (78, 118, 232, 130 + 165 * len(brand.chinese)), brand.chinese, Face.SERIF_BOLD, p.deep, column=True, share=0.92),
        _text("kind_column", (270, 118, 320, 500), brand.kind_cn, Face.SERIF, p.ink, column=True, share=0.9),
        Element("seal", (118, 128 + 165 * len(brand.chinese) + 10, 192, 202 + 165 * len(brand.chinese) + 10), Logo("seal", brand.seed, p.accent, p.light, brand.chinese[-1])),
        _text("name", (330, 455, 680, 525), brand.latin, Face.SERIF_BOLD, p.ink, tracking=0.1, share=0.8),
        _text("kind", (330, 525, 680, 562), brand.kind_en, Face.ITALIC, p.ink, share=0.72),
        Element("foot", (0, 830, 700, 930), Panel(p.deep, None)),
        _text("line_cn", (40, 842, 660, 884), brand.line_cn, Face.SERIF, p.light, tracking=0.12),
        _text("line", (40, 886, 440, 918), brand.line_en, Face.ITALIC, p.light, align="left", share=0.8),
        _text("net", (440, 886, 660, 918), brand.net, Face.SANS, p.light, align="right", share=0.8),
    )  # fmt: skip
    return Sheet(f"{brand.latin} front", 700, 1000, p.ground, parts)


def _minimal(brand: Brand) -> Sheet:
    p = brand.palette
    parts = (
        Element("ground", (0, 0, 600, 1000), Panel(p.ground, _mixed(p.ground, p.light, 0.5))),
        Element("frame", (26, 26, 574, 974), Panel(None, None, "box", 14, 2.5, p.accent)),
        _logo(brand, (215, 80, 385, 250), p.accent, p.middle),
        _text("name", (50, 285, 550, 375), brand.latin, Face.LIGHT, p.ink, tracking=0.16, share=0.8),
        _text("name_cn", (150, 380, 450, 430), brand.chinese, Face.SANS, p.ink, tracking=0.5),
        Element("rule", (250, 448, 350, 451), Panel(p.accent)),
        _scene(brand, (150, 480, 450, 780), "ellipse"),
        Element("ring", (138, 468, 462, 792), Panel(None, None, "ellipse", 0, 3, p.accent)),
        _text("kind", (60, 806, 540, 846), brand.kind_en, Face.SERIF, p.ink, share=0.84),
        _text("kind_cn", (60, 846, 540, 884), brand.kind_cn, Face.SANS, p.ink, tracking=0.12, share=0.8),
        _text("line", (60, 892, 540, 920), brand.line_en, Face.ITALIC, _mixed(p.ink, p.accent, 0.5), share=0.86),
        _text("net", (60, 930, 540, 956), brand.net, Face.SANS, p.ink, share=0.86),
    )  # fmt: skip
    return Sheet(f"{brand.latin} front", 600, 1000, p.ground, parts)


def _hero(brand: Brand) -> Sheet:
    p = brand.palette
    on_deep = p.light
    parts = (
        Element("ground", (0, 0, 740, 1000), Panel(p.ground, _mixed(p.ground, p.middle, 0.35))),
        Element("scales", (0, 0, 740, 420), Pattern("scales", _mixed(p.ground, p.middle, 0.35), 58)),
        _scene(brand, (0, 430, 740, 1000)),
        Element("sweep", (0, 350, 740, 560), Panel(p.deep, None, "wave")),
        Element("badge", (270, 40, 470, 240), Panel(p.deep, None, "ellipse", 0, 5, p.accent)),
        _logo(brand, (305, 75, 435, 205), p.accent, p.light),
        _text("name", (40, 250, 700, 355), brand.latin, Face.SERIF_BOLD, p.ink, tracking=0.05, share=0.78),
        _text("name_cn", (190, 425, 550, 500), brand.chinese, Face.SERIF_BOLD, p.accent, tracking=0.35),
        _text("kind", (60, 500, 680, 546), brand.kind_en, Face.SANS_BOLD, on_deep, share=0.76),
        Element("label", (60, 790, 430, 950), Panel(p.light, None, "box", 16, 4, p.accent)),
        _text("kind_cn", (80, 806, 410, 866), brand.kind_cn, Face.SANS_BOLD, p.deep, share=0.74),
        _text("line_cn", (80, 868, 410, 902), brand.line_cn, Face.SANS, p.deep, share=0.74),
        _text("line", (80, 902, 410, 934), brand.line_en, Face.ITALIC, p.deep, share=0.7),
        Element("medal", (560, 800, 690, 930), Panel(p.accent, None, "ellipse", 0, 4, p.light)),
        _text("medal_words", (575, 838, 675, 870), "GENUINE", Face.SANS_BOLD, p.deep, share=0.62),
        _text("net", (575, 866, 675, 896), brand.net, Face.SANS_BOLD, p.deep, share=0.8),
    )  # fmt: skip
    return Sheet(f"{brand.latin} front", 740, 1000, p.ground, parts)


def _tech(brand: Brand) -> Sheet:
    p = brand.palette
    parts = (
        Element("ground", (0, 0, 820, 1000), Panel(p.ground, p.deep)),
        _scene(brand, (0, 300, 820, 760)),
        Element("wedge", (0, 660, 820, 1000), Panel(p.deep, None, "slant")),
        Element("edge_line", (0, 290, 820, 300), Panel(p.accent)),
        Element("stripes", (560, 884, 820, 904), Pattern("stripes", p.accent, 14)),
        _logo(brand, (56, 60, 186, 190), p.accent, p.deep),
        _text("name", (210, 62, 780, 142), brand.latin, Face.CONDENSED_BOLD, p.ink, align="left", tracking=0.03, share=0.92),
        _text("name_cn", (210, 142, 780, 190), brand.chinese, Face.SANS_BOLD, p.light, align="left", tracking=0.4, share=0.78),
        _text("kind", (56, 212, 780, 272), brand.kind_en, Face.SANS, p.ink, align="left", share=0.72),
        Element("card", (500, 360, 770, 560), Panel(p.deep, None, "box", 22, 3, p.light)),
        _text("card_big", (520, 376, 750, 456), brand.line_en.split("  ")[-1], Face.SANS_BOLD, p.accent, share=0.72),
        _text("card_cn", (520, 462, 750, 500), brand.line_cn.split(" · ")[0], Face.SANS_BOLD, p.ink, share=0.74),
        _text("card_cn2", (520, 502, 750, 540), brand.line_cn.split(" · ")[-1], Face.SANS, p.ink, share=0.72),
        _text("kind_cn", (56, 796, 540, 858), brand.kind_cn, Face.SANS_BOLD, p.ink, align="left", share=0.76),
        _text("line", (56, 862, 540, 904), brand.line_en, Face.CONDENSED, p.light, align="left", share=0.8),
        _text("net", (56, 918, 540, 952), brand.net, Face.MONO, p.ink, align="left", share=0.74),
        _text("genuine", (560, 914, 780, 946), "ORIGINAL", Face.SANS_BOLD, p.accent, align="right", tracking=0.1, share=0.72),
    )  # fmt: skip
    return Sheet(f"{brand.latin} front", 820, 1000, p.ground, parts)


def _wide(brand: Brand) -> Sheet:
    p = brand.palette
    parts = (
        Element("ground", (0, 0, 1000, 620), Panel(p.ground, _mixed(p.ground, p.light, 0.7))),
        _scene(brand, (600, 0, 1000, 620)),
        Element("side", (0, 0, 26, 620), Panel(p.deep)),
        Element("divider", (592, 0, 602, 620), Panel(p.accent)),
        Element("wave", (26, 430, 592, 620), Panel(p.deep, p.middle, "wave")),
        _logo(brand, (60, 56, 190, 186), p.deep, p.accent),
        _text("name", (212, 58, 572, 138), brand.latin, Face.SANS_BOLD, p.deep, align="left", tracking=0.02, share=0.8),
        _text("name_cn", (212, 136, 572, 190), brand.chinese, Face.SANS_BOLD, p.accent, align="left", tracking=0.3, share=0.8),
        _text("kind", (60, 224, 572, 282), brand.kind_en, Face.SERIF_BOLD, p.ink, align="left", share=0.74),
        _text("kind_cn", (60, 286, 572, 350), brand.kind_cn, Face.SANS_BOLD, p.ink, align="left", share=0.78),
        Element("rule", (60, 362, 560, 365), Panel(p.middle)),
        _text("line", (60, 376, 572, 414), brand.line_en, Face.ITALIC, p.ink, align="left", share=0.76),
        _text("line_cn", (60, 500, 572, 546), brand.line_cn, Face.SANS, p.ground, align="left", tracking=0.06, share=0.76),
        _text("net", (60, 556, 572, 592), brand.net, Face.SANS_BOLD, p.ground, align="left", share=0.72),
        Element("badge", (832, 440, 972, 580), Panel(p.accent, None, "ellipse", 0, 5, p.ground)),
        _text("badge_big", (852, 468, 952, 518), brand.net.split(" ")[0], Face.SANS_BOLD, p.ground, share=0.86),
        _text("badge_small", (852, 516, 952, 544), "QUALITY", Face.SANS_BOLD, p.ground, share=0.66),
    )  # fmt: skip
    return Sheet(f"{brand.latin} front", 1000, 620, p.ground, parts)


def _poster(brand: Brand) -> Sheet:
    p = brand.palette
    parts = (
        _scene(brand, (0, 0, 960, 1000)),
        Element("disc", (150, 120, 810, 780), Panel(p.ground, None, "ellipse", 0, 8, p.accent)),
        Element("inner_ring", (176, 146, 784, 754), Panel(None, None, "ellipse", 0, 2.5, p.accent)),
        _logo(brand, (385, 180, 575, 370), p.accent, p.light),
        _text("name", (200, 396, 760, 486), brand.latin, Face.SERIF, p.ink, tracking=0.12, share=0.74),
        _text("name_cn", (260, 486, 700, 552), brand.chinese, Face.SERIF_BOLD, p.accent, tracking=0.4, share=0.8),
        _text("kind_cn", (240, 572, 720, 622), brand.kind_cn, Face.SANS, p.ink, tracking=0.1, share=0.74),
        _text("line", (300, 640, 660, 676), brand.line_en, Face.ITALIC, p.light, share=0.8),
        Element("ribbon", (60, 826, 900, 936), Panel(p.deep, None, "box", 55, 4, p.accent)),
        _text("kind", (110, 838, 850, 888), brand.kind_en, Face.CONDENSED_BOLD, p.light, tracking=0.06, share=0.82),
        _text("net", (110, 890, 850, 924), f"{brand.net}    {brand.line_cn}", Face.SANS, p.light, share=0.76),
        Element("corner", (0, 0, 960, 40), Pattern("dots", p.accent, 20)),
    )  # fmt: skip
    return Sheet(f"{brand.latin} front", 960, 1000, p.ground, parts)


def _mosaic(brand: Brand) -> Sheet:
    p = brand.palette
    parts = (
        Element("block_logo", (0, 0, 330, 360), Panel(p.deep)),
        _logo(brand, (70, 85, 260, 275), p.accent, p.light),
        _scene(brand, (330, 0, 800, 360)),
        Element("block_name", (0, 360, 560, 680), Panel(p.light)),
        _text("name", (40, 400, 520, 500), brand.latin, Face.CONDENSED_BOLD, p.deep, align="left", tracking=0.02, share=0.9),
        _text("kind", (40, 510, 520, 560), brand.kind_en, Face.SANS, p.deep, align="left", share=0.72),
        _text("line", (40, 580, 520, 626), brand.line_en, Face.ITALIC, p.deep, align="left", share=0.72),
        Element("block_cn", (560, 360, 800, 1000), Panel(p.accent)),
        _text("name_cn", (610, 396, 750, 416 + 156 * len(brand.chinese)), brand.chinese, Face.SERIF_BOLD, p.ground, column=True),
        Element("block_foot", (0, 680, 560, 1000), Panel(p.middle)),
        Element("stripes", (0, 680, 560, 712), Pattern("stripes", p.deep, 32)),
        _text("kind_cn", (40, 748, 520, 818), brand.kind_cn, Face.SANS_BOLD, p.ground, align="left", share=0.78),
        _text("line_cn", (40, 834, 520, 880), brand.line_cn, Face.SANS, p.ground, align="left", share=0.72),
        _text("net", (40, 912, 520, 958), brand.net, Face.MONO, p.ground, align="left", share=0.72),
    )  # fmt: skip
    return Sheet(f"{brand.latin} front", 800, 1000, p.ground, parts)


def _mixed(a: Colour, b: Colour, share: float) -> Colour:
    red, green, blue = (round(x * (1 - share) + y * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


_FRONTS = {
    "classic": _classic, "minimal": _minimal, "hero": _hero, "tech": _tech, "wide": _wide,
    "poster": _poster, "mosaic": _mosaic,
}  # fmt: skip
