"""What the bytes of a file are: a format of the whitelist, or something else called by its name.

Nothing is decoded here. Formats that run code or another program (EPS, PDF, SVG) are never listed.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_SUFFIXES = {
    "JPEG": {"jpg", "jpeg", "jpe", "jfif", "jif", "mpo", "insp"},
    "PNG": {"png", "apng"},
    "WEBP": {"webp"},
    "GIF": {"gif"},
    "BMP": {"bmp", "dib", "rle"},
    "TIFF": {"tif", "tiff", "btf", "tf8"},
    "HEIF": {"heic", "heif", "heics", "heifs", "hif"},
    "AVIF": {"avif", "avifs"},
    "ICO": {"ico"},
    "PPM": {"ppm", "pgm", "pbm", "pnm", "pfm"},
    "JPEG2000": {"jp2", "j2k", "j2c", "jpc", "jpf", "jpx"},
    "QOI": {"qoi"},
    "TGA": {"tga", "icb", "vda", "vst"},
}
RAW_SUFFIXES = frozenset(
    {"3fr", "arw", "cr2", "dcr", "dng", "erf", "fff", "iiq", "kdc", "mef", "mos", "nef", "nrw"}
    | {"orf", "pef", "raw", "rw2", "rwl", "sr2", "srf", "srw"}
)

SUFFIXES = frozenset().union(*_SUFFIXES.values())

_RESAVE = "Open it in the program it came from and save it as JPEG or PNG, then choose that file."
_DEVELOP = "Develop it to JPEG first, then choose that file."
_DRAWING = "an SVG drawing"
_FETCH = "Copy or download the picture again from where it came from."
_SKIP = "Nothing to do: the picture itself lies beside it."

_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\0\0\1\0", "ICO"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
    (b"qoif", "QOI"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1"}
_HEIF_BRANDS |= {b"msf1", b"mif2", b"mif3", b"msf3"}

_FOREIGN = (
    (b"%PDF", "a PDF document", "Open it, save the page as a picture (PNG), and choose that file."),
    (b"%!PS", "an EPS or PostScript file", _RESAVE),
    (b"\xc5\xd0\xd3\xc6", "an EPS file", _RESAVE),
    (b"8BPS", "a Photoshop file (PSD)", _RESAVE),
    (b"\xff\x0a", "a JPEG XL picture", _RESAVE),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture", _RESAVE),
    (b"#?RADIANCE", "a Radiance HDR picture", _RESAVE),
    (b"#?RGBE", "a Radiance HDR picture", _RESAVE),
    (b"\x76\x2f\x31\x01", "an OpenEXR picture", _RESAVE),
    (b"FUJIFILMCCD-RAW", "a camera raw file", _DEVELOP),
    (b"DDS ", "a DDS texture", _RESAVE),
    (b"gimp xcf", "a GIMP file", _RESAVE),
    (b"\0\0\2\0", "a Windows cursor", _RESAVE),
    (b"icns", "a macOS icon", _RESAVE),
    (b"\xd7\xcd\xc6\x9a", "a Windows metafile", _RESAVE),
    (b"/* XPM */", "an XPM picture", _RESAVE),
    (b"\x59\xa6\x6a\x95", "a Sun raster picture", _RESAVE),
    (b"\x01\xda", "an SGI picture", _RESAVE),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first, then choose the picture inside."),
    (b"PK\3\4", "a ZIP archive or an Office document", "Unpack it, or save the picture out of it."),
    (b"PK\5\6", "an empty ZIP archive", _FETCH),
    (b"Rar!", "a RAR archive", "Unpack it first, then choose the picture inside."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first, then choose the picture inside."),
    (b"MZ", "a Windows program", "Do not open it; ask the sender for the picture."),
    (b"\x7fELF", "a program", "Do not open it; ask the sender for the picture."),
    (b"#!", "a script", "Do not open it; ask the sender for the picture."),
    (b"\x1aE\xdf\xa3", "a video", "Save one frame of it as JPEG or PNG, and choose that file."),
    (b"FLV\1", "a video", "Save one frame of it as JPEG or PNG, and choose that file."),
    (
        b"version https://git-lfs",
        "a Git LFS pointer, not the picture itself",
        "Run “git lfs pull”.",
    ),
    (b"\0\5\x16\7", "a side file that macOS writes beside a picture", _SKIP),
    (b"\0\5\x16\0", "a side file that macOS writes beside a picture", _SKIP),
    (b"\0\0\0\1Bud1", "a folder note of macOS", _SKIP),
)
_OTHER_PICTURES = {what for _, what, step in _FOREIGN if step in {_RESAVE, _DEVELOP}}
_OTHER_PICTURES.add(_DRAWING)
_SIDE_FILES = {
    "thumbs.db": "a thumbnail store of Windows",
    "ehthumbs.db": "a thumbnail store of Windows",
    ".ds_store": "a folder note of macOS",
    "desktop.ini": "a folder note of Windows",
}
_PICTURE_BOXES = {b"meta", b"mini", b"mdat", b"moov"}
_JPEG_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")  # of those that are no pixels' own
_SCAN, _END = 0xDA, 0xD9
_AFTER_A_SCAN = {0xC4, 0xCC, _SCAN, 0xDB, 0xDC, 0xDD, *range(0xE0, 0xF0), 0xFE}
_TGA_KINDS = b"\1\2\3\x09\x0a\x0b"
_VIDEO = "Save one frame of it as JPEG or PNG, and choose that file."


@dataclass(frozen=True, slots=True)
class Foreign:
    """Content that is no supported picture: what it is, in words, and what to do."""

    what: str
    next_step: str

    @property
    def is_side_file(self) -> bool:
        """Whether it only goes with a picture that lies beside it."""
        return self.next_step == _SKIP

    @property
    def is_other_picture(self) -> bool:
        """Whether it shows something, only in a way that is not supported."""
        return self.what in _OTHER_PICTURES


def recognise(data: bytes, name: str) -> str | Foreign:
    """Tell what `data` is: the name of a supported format, or a `Foreign`.

    Args:
        data: the file's bytes; only the first kilobytes are looked at, save for a file of zeros.
        name: its file name, for side files and for TGA, which has no signature.
    """
    head = data[:4096]
    if name.lower() in _SIDE_FILES:
        return Foreign(_SIDE_FILES[name.lower()], _SKIP)
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:1] == b"P" and head[1:2] in b"123456fF" and head[2:3] in b" \t\r\n#":
        return "PPM"
    if head[4:8] == b"ftyp":
        return _in_boxes(head)
    return _foreign(data, head, name)


def agrees(suffix: str, found: str) -> bool:
    """Tell whether a file name's ending (no dot) is one of the format; no ending claims nothing."""
    return not suffix or suffix.lower() in _SUFFIXES.get(found, set())


def suffix_of(name: str) -> str:
    """Return the ending of a file name without its dot, in lower case; "" where there is none."""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""


def is_incomplete(data: bytes, found: str) -> bool:
    """Tell whether a picture that still decodes lacks its end or fails its own checksums.

    Only the first picture counts: phones append videos and further pictures to it.
    """
    if found == "PNG":
        return _png_is_incomplete(data)
    if found == "JPEG":
        return _jpeg_is_incomplete(data)
    if found == "WEBP":
        return int.from_bytes(data[4:8], "little") + 8 > len(data) + 1
    if found in {"HEIF", "AVIF"}:
        return _boxes_are_incomplete(data)
    return False


def _png_is_incomplete(data: bytes) -> bool:
    """Check the checksum of each chunk of pixels, and that the last chunk is there."""
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind == b"IEND":
            return False
        end = at + 8 + size
        checked = kind in {b"IHDR", b"PLTE", b"IDAT"}
        if checked and zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return True
        at = end + 4
    return True


def _jpeg_is_incomplete(data: bytes) -> bool:
    """Walk the markers to the end of the first picture (ITU-T T.81, annex B)."""
    at, in_scans = 2, False
    while found := _JPEG_MARKER.search(data, at):
        at = found.end()
        code = data[at - 1]
        if code == _END:
            return False
        if in_scans and code not in _AFTER_A_SCAN:
            return True
        in_scans = in_scans or code == _SCAN
        at += int.from_bytes(data[at : at + 2], "big")
    return True


def _boxes_are_incomplete(data: bytes) -> bool:
    """Walk the top-level boxes (ISO 14496-12, 4.2): those of the picture must not be cut off."""
    at, seen = 0, set[bytes]()
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            return False
        if size < 8 or at + size > len(data):  # no box of the picture: something that follows it
            return kind in _PICTURE_BOXES or not seen & _PICTURE_BOXES
        seen.add(kind)
        at += size
    return False


def _in_boxes(head: bytes) -> str | Foreign:
    """Tell the kinds of ISO base media file apart by their brands (ISO 14496-12, box ftyp)."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[i : i + 4] for i in range(16, size - 3, 4))}
    if head[8:12] in {b"avif", b"avis"} or (brands & {b"avif", b"avis"} and b"heic" not in brands):
        return "AVIF"
    if brands & _HEIF_BRANDS:
        return "HEIF"
    if head[8:12] == b"crx ":
        return Foreign("a camera raw file", _DEVELOP)
    return Foreign("a video", _VIDEO)


def _foreign(data: bytes, head: bytes, name: str) -> str | Foreign:
    if suffix_of(name) in _SUFFIXES["TGA"] and head[1:2] in b"\0\1" and head[2:3] in _TGA_KINDS:
        return "TGA"
    for magic, what, step in _FOREIGN:
        if head.startswith(magic):
            return Foreign(what, step)
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return Foreign("a video", _VIDEO)
    if not any(data):
        return Foreign("a file of zeros: its copy failed", _FETCH)
    return _text(head) or Foreign("of no picture format that is known here", _RESAVE)


def _text(head: bytes) -> Foreign | None:
    """Name the kinds of text that are often saved under a picture's name."""
    try:
        codec = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        text = head.decode(codec, "ignore").strip().lower()
    except UnicodeError:
        return None
    if "<svg" in text and text.startswith("<"):
        return Foreign(_DRAWING, "Export it as PNG and choose that file.")
    if text.startswith(("<!doctype html", "<html", "<head", "<body")):
        return Foreign("a web page, not a picture", "Open the page and save the picture itself.")
    printable = sum(32 <= byte < 127 or byte in b"\t\r\n" for byte in head)
    if head and (printable == len(head) or codec == "utf-16"):
        return Foreign("text, not a picture", _FETCH)
    return None
