"""Names of what programs and systems leave beside photos: no photos, and nobody's loss."""

from __future__ import annotations

from typing import Final

from vision.formats import RAW_SUFFIXES, SUFFIXES, suffix_of

_FILES: Final = frozenset(
    {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", ".ds_store", "desktop.ini", ".dropbox"}
    | {".picasa.ini", "picasa.ini", "zbthumbnail.info", ".bridgesort", ".nomedia", ".localized"}
    | {".directory", "icon\r", "albumart.xml", ".syncinfo", ".dropbox.attr"}
)
_ENDINGS: Final = frozenset(
    {"xmp", "aae", "thm", "pp3", "dop", "cos", "nksc", "on1", "lrv", "dtm", "exv", "ctg"}
    | {"md5", "sha1", "sha256", "sfv", "url", "webloc", "lnk", "ini", "picasa"}
)
_FOLDERS: Final = frozenset(
    {"@eadir", ".@__thumb", ".thumbnails", ".thumb", "__macosx", ".picasaoriginals", "#recycle"}
    | {"$recycle.bin", ".trash", ".trashes", "system volume information", "lost+found", ".git"}
    | {".spotlight-v100", ".fseventsd", ".temporaryitems", ".snapshot", "@recycle", ".stversions"}
    | {".dtrash", ".comments", "captureone"}
)
_OTHER_PICTURES: Final = frozenset(
    {"psd", "psb", "eps", "ai", "svg", "jxl", "exr", "hdr", "dds", "xcf", "cur", "icns", "wmf"}
    | {"emf", "xpm", "ras", "sgi", "pcx", "djvu", "heix", "jxr", "wdp", "fits", "flif", "bpg"}
)
_APPLE_DOUBLE: Final = "._"


def is_side_file(name: str) -> bool:
    """Tell whether a file only goes with others: settings of an editor, a thumbnail store."""
    lower = name.lower()
    return (
        lower in _FILES
        or lower.startswith(_APPLE_DOUBLE)
        or lower.startswith(".trash-")
        or suffix_of(lower) in _ENDINGS
    )


def is_side_folder(name: str) -> bool:
    """Tell whether all that a folder holds are side files, or what somebody has thrown away."""
    return name.lower() in _FOLDERS or name.lower().startswith(".trash-")


def claims_picture(name: str) -> bool:
    """Tell whether a file is named as a picture, so that its being none is worth a word."""
    return suffix_of(name) in SUFFIXES | RAW_SUFFIXES | _OTHER_PICTURES
