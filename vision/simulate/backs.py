"""Lay a brand out on its back: what it is made of, a table, codes, the maker and the batch line."""

# ruff: noqa: E501 (one part of a table a line, so that columns can be compared)

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vision.simulate.artwork import Sheet
from vision.simulate.elements import Code, Element, Logo, Panel, Pattern, Scene, Text, UnitBox
from vision.simulate.fonts import Face
from vision.simulate.layouts import front
from vision.simulate.marks import MARK_KINDS

if TYPE_CHECKING:
    from vision.simulate.brands import Brand
    from vision.simulate.marks import Colour

_Rows = tuple[tuple[str, str], ...]
_FOOD: _Rows = (("能量 Energy", "kJ"), ("蛋白质 Protein", "g"), ("脂肪 Fat", "g"),
                ("碳水化合物 Carbohydrate", "g"), ("钠 Sodium", "mg"))  # fmt: skip
_DEVICE: _Rows = (("输入 Input", "V"), ("输出 Output", "W"), ("重量 Weight", "g"),
                  ("容量 Capacity", "mAh"))  # fmt: skip
_CARE: _Rows = (("透明质酸 Hyaluronate", "mg"), ("酸碱度 Acidity", "pH"), ("净含量 Volume", "ml"))
_TABLET: _Rows = (("维生素C Vitamin C", "mg"), ("锌 Zinc", "mg"), ("蔗糖 Sucrose", "g"),
                  ("钠 Sodium", "mg"))  # fmt: skip
_TABLES = {
    "classic": ("营养成分 Nutrition", "每100 g", _FOOD),
    "hero": ("Nutrition 营养成分表", "per 100 g", _FOOD),
    "poster": ("参数 Data", "rated", _DEVICE),
    "mosaic": ("营养成分 Per serving", "每份", _FOOD),
    "tech": ("规格 Specification", "typical", _DEVICE),
    "minimal": ("成分 Composition", "每瓶", _CARE),
    "wide": ("每片含量 Each tablet", "%NRV", _TABLET),
}
_HEADS = (
    ("产品说明 About this product", "配料 Ingredients"),
    ("关于本品 Good to know", "主要成分 Made of"),
    ("温馨提示 Please note", "成分 Contents"),
    ("使用须知 How to use", "原料 What is inside"),
    ("品牌故事 Our story", "材料 Materials"),
)
_RANGES = {"kJ": (300, 2300), "g": (2, 60), "mg": (20, 900), "V": (5, 20), "W": (20, 65),
           "mAh": (500, 20000), "pH": (5, 7), "ml": (30, 50)}  # fmt: skip
_ADVICE_CN = ("请置于阴凉干燥处，避免阳光直射。", "开封后请尽快使用，并拧紧瓶盖。", "请在成人看护下使用。",
              "如包装破损，请勿使用。", "使用前请仔细阅读说明。", "请远离火源与高温。")  # fmt: skip
_ADVICE_EN = ("Keep in a cool, dry place.", "Once opened, use within thirty days.",
              "Children only with an adult.", "Do not use if the seal is broken.",
              "Read the leaflet before first use.", "Keep away from fire and heat.")  # fmt: skip


def back(brand: Brand, *, batch: str = "L2604A 17") -> Sheet:
    """Lay out the back of a package, of the same size as its front.

    Args:
        brand: whose package.
        batch: what the batch line says; it differs from item to item.
    """
    shape = front(brand)
    if shape.width > shape.height:
        return _wide_back(brand, batch, shape.width, shape.height)
    return _tall_back(brand, batch, shape.width, shape.height)


def _tall_back(brand: Brand, batch: str, width: float, height: float) -> Sheet:
    paper, ink, p = _paper(brand), _ink(brand), brand.palette
    right = width - 44
    mirrored = _mirrored(brand)
    left, far = (right - 220, 44.0) if mirrored else (44.0, right - 136)
    marks = far + 148 if mirrored else left + 230
    parts = [
        Element("ground", (0, 0, width, height), Panel(paper)),
        Element("head", (0, 0, width, 150), Panel(p.deep)),
        Element("head_line", (0, 150, width, 158), Panel(p.accent)),
        _logo(brand, (44, 28, 138, 122)),
        _line("name", (160, 34, width - 200, 88), brand.latin, Face.SANS_BOLD, p.light, 0.78),
        _line("name_cn", (160, 90, width - 200, 126), f"{brand.chinese} {brand.kind_cn}", Face.SANS, p.light, 0.76),
        Element("picture", (width - 190, 0, width, 150), _strip(brand)),
        *_sections(brand, 44, right, 178),
        Element("barcode", (left, 790, left + 220, 918), Code(brand.code)),
        Element("qr", (far, 784, far + 136, 920), Code(_address(brand))),
        *_care_marks(brand, (marks, 796), ink),
        _line("batch", (marks, 868, marks + 140, 896), batch, Face.MONO, ink, 0.8),
        _line("maker", (44, 942, right, 976), f"{brand.chinese}制造  Made by {brand.latin.title()} Works", Face.SANS, ink, 0.56),
    ]  # fmt: skip
    return Sheet(f"{brand.latin} back", width, height, paper, tuple(parts))


def _sections(brand: Brand, x0: float, x1: float, top: float) -> list[Element]:
    """Stack explanation, table and contents in an order of the brand's own."""
    ink, deep = _ink(brand), brand.palette.deep
    head, made_of = _heads(brand)
    plain = Face.SERIF if brand.seed % 3 == 0 else Face.SANS
    size = 17.0 + brand.seed % 4
    rows = len(_TABLES[brand.layout][2]) + 1
    parts: list[Element] = []
    y = top
    for section in np.random.default_rng(brand.seed + 7).permutation(3):
        if section == 0:
            parts += [
                _line("about_head", (x0, y, x1, y + 32), head, Face.SANS_BOLD, deep, 0.72),
                _block("about_cn", (x0, y + 38, x1, y + 124), _about_cn(brand), plain, ink, size),
                _block("about_en", (x0, y + 128, x1, y + 206), _about_en(brand), Face.SERIF, ink, size - 2),
            ]  # fmt: skip
            y += 222
        elif section == 1:
            parts += _table(brand, (x0, y, x1, y + _row(brand) * rows))
            y += _row(brand) * rows + 20
        else:
            parts += [
                _line("made_of_head", (x0, y, x1, y + 28), made_of, Face.SANS_BOLD, deep, 0.74),
                _block("made_of", (x0, y + 32, x1, y + 92), f"{brand.made_of_cn}\n{brand.made_of_en}", plain, ink, 17),
            ]  # fmt: skip
            y += 108
    return parts


def _wide_back(brand: Brand, batch: str, width: float, height: float) -> Sheet:
    paper, ink, p = _paper(brand), _ink(brand), brand.palette
    column = 742.0 if _mirrored(brand) else 0.0
    x = 40.0 if _mirrored(brand) else 286.0
    left, right = (x, x + 320) if _mirrored(brand) else (x + 378, x)
    head, made_of = _heads(brand)
    parts = [
        Element("ground", (0, 0, width, height), Panel(paper)),
        Element("side", (column, 0, column + 258, height), Panel(p.deep, p.middle)),
        Element("side_line", (x - 28, 22, x - 24, height - 22), Panel(p.accent)),
        _logo(brand, (column + 69, 36, column + 189, 156)),
        _line("name", (column + 20, 172, column + 238, 216), brand.latin, Face.SANS_BOLD, p.light, 0.8, "centre"),
        _line("name_cn", (column + 20, 218, column + 238, 258), brand.chinese, Face.SANS_BOLD, p.light, 0.76, "centre"),
        Element("qr", (column + 64, 290, column + 194, 420), Code(_address(brand))),
        *_care_marks(brand, (column + 64, 446), p.light),
        _line("batch", (column + 28, 530, column + 230, 558), batch, Face.MONO, p.light, 0.76, "centre"),
        _line("about_head", (x, 30, x + 674, 62), head, Face.SANS_BOLD, p.deep, 0.72),
        _block("about_cn", (x, 68, x + 674, 132), _about_cn(brand), Face.SANS, ink, 19),
        _block("about_en", (x, 138, x + 674, 190), _about_en(brand), Face.SERIF, ink, 17),
        *_table(brand, (right, 208, right + 354, 420)),
        _line("made_of_head", (left, 210, left + 296, 240), made_of, Face.SANS_BOLD, p.deep, 0.72),
        _block("made_of", (left, 246, left + 296, 312), f"{brand.made_of_cn}\n{brand.made_of_en}", Face.SANS, ink, 17),
        Element("picture", (left, 318, left + 296, 420), _strip(brand)),
        Element("rule", (x, 436, x + 674, 439), Panel(p.middle)),
        Element("dots", (x + 274, 460, x + 674, 560), Pattern("dots", _soft(p.middle, paper), 16)),
        Element("barcode", (x, 456, x + 250, 584), Code(brand.code)),
        _line("kind", (x + 274, 470, x + 674, 520), brand.kind_en, Face.SERIF_BOLD, p.deep, 0.64),
        _line("maker", (x + 274, 566, x + 674, 594), f"{brand.chinese}制造  Made by {brand.latin.title()} Works", Face.SANS, ink, 0.6),
    ]  # fmt: skip
    return Sheet(f"{brand.latin} back", width, height, paper, tuple(parts))


def _table(brand: Brand, box: UnitBox) -> list[Element]:
    ink, p = _ink(brand), brand.palette
    rng = np.random.default_rng(brand.seed)
    x0, y0, x1, y1 = box
    title, per, rows = _TABLES[brand.layout]
    step = min(_row(brand), (y1 - y0) / (len(rows) + 1))
    box = (x0, y0, x1, y0 + step * (len(rows) + 1))
    split = x0 + (x1 - x0) * (0.5 + 0.04 * (brand.seed % 5))
    parts = [
        Element("table_frame", box, Panel(None, None, "box", 6, 2.5, ink)),
        Element("table_head", (x0, y0, x1, y0 + step), Panel(p.middle, None, "box", 6)),
        _line("table_title", (x0 + 10, y0 + 4, split, y0 + step - 4), title, Face.SANS_BOLD, (255, 255, 255), 0.68),
        _line("table_per", (split, y0 + 4, x1 - 10, y0 + step - 4), per, Face.SANS_BOLD, (255, 255, 255), 0.66, "right"),
    ]  # fmt: skip
    for row, (label, unit) in enumerate(rows, 1):
        top, bottom = y0 + step * row, y0 + step * (row + 1)
        value = f"{rng.integers(*_RANGES[unit])} {unit}"
        parts += [
            Element(f"table_line{row}", (x0, top - 1, x1, top + 1), Panel(ink)),
            _line(f"fact{row}", (x0 + 10, top + 4, split, bottom - 3), label, Face.SANS, ink, 0.62),
            _line(f"value{row}", (split, top + 4, x1 - 10, bottom - 3), value, Face.SANS_BOLD, ink, 0.64, "right"),
        ]  # fmt: skip
    return parts


def _care_marks(brand: Brand, at: tuple[float, float], colour: Colour) -> list[Element]:
    x, y = at
    order = np.random.default_rng(brand.seed).permutation(len(MARK_KINDS))[:3]
    return [
        Element(
            f"care{i}",
            (x + 46 * i, y, x + 46 * i + 38, y + 38),
            Logo(MARK_KINDS[kind], brand.seed + i, colour, (206, 204, 198), "R"),
        )
        for i, kind in enumerate(order)
    ]


def _line(
    name: str,
    box: UnitBox,
    words: str,
    face: Face,
    colour: Colour,
    share: float,
    align: str = "left",
) -> Element:
    return Element(name, box, Text(words, face, (box[3] - box[1]) * share, colour, align))


def _block(name: str, box: UnitBox, words: str, face: Face, colour: Colour, size: float) -> Element:
    return Element(name, box, Text(words, face, size, colour, "left", 0.0, 1.36))


def _logo(brand: Brand, box: UnitBox) -> Element:
    p = brand.palette
    letter = brand.chinese[0] if brand.mark == "seal" else brand.latin[0]
    return Element("logo", box, Logo(brand.mark, brand.seed, p.accent, p.light, letter))


def _mirrored(brand: Brand) -> bool:
    return brand.seed // 2 % 2 == 1


def _row(brand: Brand) -> float:
    """Height of a table row."""
    return 33.0 + 2 * (brand.seed % 4)


def _heads(brand: Brand) -> tuple[str, str]:
    return _HEADS[brand.seed % len(_HEADS)]


def _strip(brand: Brand) -> Scene:
    p = brand.palette
    return Scene(brand.scene, brand.seed + 1, (p.deep, p.middle, p.light))


def _about_cn(brand: Brand) -> str:
    advice = "".join(_ADVICE_CN[i] for i in _advice(brand))
    return f"{brand.chinese}{brand.kind_cn}，{brand.line_cn.replace(' · ', '，')}。{advice}"


def _about_en(brand: Brand) -> str:
    advice = " ".join(_ADVICE_EN[i] for i in _advice(brand))
    return f"{brand.kind_en}. {brand.line_en}. {advice}"


def _advice(brand: Brand) -> list[int]:
    order = np.random.default_rng(brand.seed).permutation(len(_ADVICE_CN))
    return [int(i) for i in order[:3]]


def _address(brand: Brand) -> str:
    return f"https://{brand.latin.lower().replace(' ', '')}.example/{brand.code[-5:]}"


def _paper(brand: Brand) -> Colour:
    """Light paper with a tint of the brand."""
    red, green, blue = (round(246 * 0.72 + c * 0.28) for c in brand.palette.light)
    return red, green, blue


def _ink(brand: Brand) -> Colour:
    ink = brand.palette.ink
    return ink if sum(ink) < 300 else (38, 34, 36)


def _soft(colour: Colour, paper: Colour) -> Colour:
    red, green, blue = (round(a * 0.3 + b * 0.7) for a, b in zip(colour, paper, strict=True))
    return red, green, blue
