"""Invented brands: what is written on their packages and in which colours; none of them exists."""

# ruff: noqa: E501 (one part of a table a line, so that columns can be compared)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vision.simulate.codes import ean13_digits
from vision.simulate.marks import MARK_KINDS, Colour
from vision.simulate.scenes import SCENE_KINDS

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a package: `ground` of the sheet, `deep`, `middle` and `light` of the brand, `accent`, `ink`."""

    ground: Colour
    deep: Colour
    middle: Colour
    light: Colour
    accent: Colour
    ink: Colour


@dataclass(frozen=True, slots=True)
class Brand:
    """Everything that the two sides of a package say."""

    latin: str
    chinese: str
    kind_en: str
    kind_cn: str
    line_en: str
    line_cn: str
    net: str
    made_of_en: str
    made_of_cn: str
    code: str
    mark: str
    scene: str
    layout: str
    palette: Palette
    seed: int


_TEA = Palette(
    (246, 240, 226), (28, 66, 52), (92, 138, 104), (226, 220, 188), (176, 44, 36), (34, 40, 36)
)
_ROSE = Palette(
    (250, 246, 244), (116, 48, 66), (206, 140, 150), (250, 226, 222), (188, 150, 96), (64, 44, 50)
)
_COCOA = Palette(
    (64, 32, 24), (44, 20, 16), (146, 84, 48), (246, 222, 182), (226, 168, 60), (252, 240, 218)
)
_VOLT = Palette(
    (18, 24, 38), (10, 14, 24), (28, 84, 160), (126, 204, 244), (255, 190, 30), (240, 246, 252)
)
_CLINIC = Palette(
    (252, 253, 253), (10, 84, 132), (60, 160, 190), (214, 238, 244), (222, 84, 48), (26, 50, 70)
)
_ROAST = Palette(
    (238, 228, 212), (58, 36, 26), (164, 102, 54), (246, 226, 190), (226, 152, 58), (50, 34, 26)
)
_CITRUS = Palette(
    (255, 250, 236), (226, 106, 20), (250, 168, 40), (255, 236, 176), (40, 122, 66), (84, 46, 14)
)
_NIGHT = Palette(
    (30, 22, 44), (44, 26, 74), (120, 76, 150), (226, 200, 236), (222, 182, 110), (246, 238, 250)
)
_SPIRIT = Palette(
    (150, 22, 26), (108, 12, 18), (196, 58, 44), (250, 222, 160), (240, 196, 104), (255, 240, 206)
)
_MINT = Palette(
    (240, 250, 246), (12, 110, 104), (74, 186, 168), (206, 242, 230), (244, 130, 96), (20, 66, 66)
)
PALETTES = (_TEA, _ROSE, _COCOA, _VOLT, _CLINIC, _ROAST, _CITRUS, _NIGHT, _SPIRIT, _MINT)

CATALOGUE: tuple[Brand, ...] = (
    Brand("LANQIAO", "岚峤", "High Mountain Green Tea", "高山绿茶", "Picked before the rain",
          "雨前采摘 · 炭火慢焙", "NET WT 125 g", "Green tea leaves", "高山群体种茶树鲜叶",
          ean13_digits("690876512301"), "mountain", "hills", "classic", _TEA, 11),
    Brand("VIRELUNE", "薇瑞澜", "Hydrating Night Serum", "夜间润泽精华液", "Calm skin by morning",
          "静夜修护 · 晨起莹润", "30 ml  1.0 fl. oz.", "Water, glycerin, squalane, rose extract",
          "水、甘油、角鲨烷、玫瑰花提取物", ean13_digits("690876512302"), "drop", "bottle",
          "minimal", _ROSE, 12),
    Brand("KORBAMEL", "可巴蜜", "Dark Caramel Chocolate", "焦糖黑巧克力", "Slow cooked in copper",
          "铜锅慢煮 · 七成可可", "100 g", "Cocoa mass, sugar, caramel, cocoa butter",
          "可可液块、白砂糖、焦糖、可可脂", ean13_digits("690876512303"), "crown", "silk",
          "hero", _COCOA, 13),
    Brand("ZANDIVOLT", "展迪伏", "Fast Power Bank", "快充移动电源", "20 000 mAh  65 W",
          "双向快充 · 智能温控", "MODEL ZV-65X", "Li-polymer cell 3.7 V 74 Wh",
          "聚合物锂离子电芯 3.7 V 74 Wh", ean13_digits("690876512304"), "bolt", "bokeh", "tech",
          _VOLT, 14),
    Brand("PELARUNEX", "佩岚宁", "Throat Relief Lozenges", "清咽润喉含片", "Soothes within minutes",
          "清凉舒缓 · 随身携带", "24 lozenges", "Pelargonium extract, menthol, honey",
          "天竺葵提取物、薄荷脑、蜂蜜", ean13_digits("690876512305"), "waves", "leaves", "wide",
          _CLINIC, 15),
    Brand("BRUMOVAR", "布穆瓦", "Single Origin Coffee", "单品手冲咖啡豆", "Roasted on Tuesdays",
          "每周二新鲜烘焙", "227 g  8 oz", "Arabica coffee beans", "阿拉比卡咖啡豆",
          ean13_digits("690876512306"), "shield", "cup", "hero", _ROAST, 16),
    Brand("TIKKOWA", "蒂可娃", "Sparkling Orange Tablets", "橙味泡腾片", "Vitamin C 1000",
          "每日一片 · 元气满满", "20 tablets", "Vitamin C, citric acid, orange powder",
          "维生素C、柠檬酸、橙果粉", ean13_digits("690876512307"), "bloom", "citrus", "wide",
          _CITRUS, 17),
    Brand("SENNOIRE", "森诺瓦", "Eau de Parfum", "夜樱香水", "Amber, iris, smoke",
          "琥珀 · 鸢尾 · 烟熏", "50 ml  1.7 fl. oz.", "Alcohol denat., parfum, water",
          "变性乙醇、香精、水", ean13_digits("690876512308"), "rings", "bokeh", "minimal",
          _NIGHT, 18),
    Brand("LICHUAN FANG", "醴川坊", "Cellar Aged Baijiu", "窖藏浓香白酒", "Old cellar No. 7",
          "古窖陈酿 · 柔和醇厚", "500 ml  52% vol", "Water, sorghum, rice, wheat",
          "水、高粱、大米、小麦", ean13_digits("690876512309"), "seal", "hills", "classic",
          _SPIRIT, 19),
    Brand("FOLUBI", "芙露比", "Fresh Mint Toothpaste", "清新薄荷牙膏", "Eight hours of breath",
          "长效清新 · 温和洁白", "120 g", "Hydrated silica, sorbitol, mint oil",
          "水合硅石、山梨醇、薄荷油", ean13_digits("690876512310"), "petals", "leaves", "wide",
          _MINT, 20),
    Brand("OHMELYRA", "欧魅乐", "Wireless Earphones", "真无线蓝牙耳机", "Quiet as snow",
          "主动降噪 · 持久续航", "MODEL OM-3", "ABS, silicone, Li-ion cell",
          "ABS、硅胶、锂离子电芯", ean13_digits("690876512311"), "knot", "silk", "poster",
          _NIGHT, 21),
    Brand("MARDOVIN", "玛朵纹", "Walnut Shortbread", "核桃酥饼", "Baked in small rounds",
          "手作酥香 · 层层松脆", "180 g", "Flour, walnut, butter, sugar",
          "小麦粉、核桃、黄油、白砂糖", ean13_digits("690876512312"), "star", "citrus", "mosaic",
          _MINT, 22),
)  # fmt: skip

_SYLLABLES = ("ba", "bri", "cor", "da", "del", "fen", "gar", "hum", "il", "jo", "kra", "lu", "mel",
              "na", "or", "pel", "qui", "ru", "sa", "tor", "ul", "ve", "wa", "xi", "yo", "zan")  # fmt: skip
_CHARACTERS = "岚峤薇瑞澜可巴蜜展迪伏佩宁布穆瓦蒂娃森诺醴川坊芙露欧魅乐玛朵纹云溪禾松柏清和雅泰"
_WORDS_EN = ("Pure", "Fresh", "Original", "Premium", "Daily", "Gentle", "Golden", "Wild", "Classic")
_THINGS = (("Soap", "香皂"), ("Tea", "茶叶"), ("Balm", "润唇膏"), ("Capsules", "软胶囊"),
           ("Cookies", "曲奇饼干"), ("Charger", "充电器"), ("Cream", "护手霜"), ("Honey", "蜂蜜"))  # fmt: skip
LAYOUTS = ("classic", "minimal", "hero", "tech", "wide", "poster", "mosaic")


def invent_brand(rng: np.random.Generator) -> Brand:
    """Make up a brand: name, words, colours, mark and layout, all from `rng`."""
    latin = "".join(_pick(rng, _SYLLABLES) for _ in range(int(rng.integers(2, 5))))
    chinese = "".join(_pick(rng, tuple(_CHARACTERS)) for _ in range(int(rng.integers(2, 4))))
    thing, thing_cn = _THINGS[int(rng.integers(len(_THINGS)))]
    words = [_pick(rng, _WORDS_EN) for _ in range(3)]
    likeness = CATALOGUE[int(rng.integers(len(CATALOGUE)))]
    return Brand(
        latin.upper() if rng.random() < 0.6 else latin.capitalize(),
        chinese,
        f"{words[0]} {thing}",
        thing_cn,
        f"{words[1]} and {words[2].lower()}",
        likeness.line_cn,
        f"{int(rng.integers(1, 40)) * 25} g",
        likeness.made_of_en,
        likeness.made_of_cn,
        ean13_digits(f"69{int(rng.integers(10**9, 10**10))}"),
        _pick(rng, MARK_KINDS),
        _pick(rng, SCENE_KINDS),
        _pick(rng, LAYOUTS),
        _shifted(PALETTES[int(rng.integers(len(PALETTES)))], rng),
        int(rng.integers(2**31)),
    )


def _pick(rng: np.random.Generator, choices: tuple[str, ...]) -> str:
    return choices[int(rng.integers(len(choices)))]


def _shifted(palette: Palette, rng: np.random.Generator) -> Palette:
    """Turn the channels of every colour by the same permutation, so that few palettes make many."""
    order = rng.permutation(3)

    def turned(colour: Colour) -> Colour:
        return colour[order[0]], colour[order[1]], colour[order[2]]

    return Palette(*(turned(getattr(palette, name)) for name in Palette.__slots__))
