"""A scan as one HTML page: what came out, in numbers and plots, the worst, and what was not judged.

The page needs nothing from elsewhere: pictures and plots are within it.
"""

from __future__ import annotations

import base64
import itertools
import math
from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from PySide6.QtCore import QCoreApplication

from app.reports.scan_plots import bars, histogram
from app.reports.scan_rows import column_title, row_of
from app.reports.thumbnails import thumbnail
from app.scan_words import aside_title, repeated_title, said_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.reports.scan_contract import Facts
    from app.reports.scan_rows import Row
    from app.store import ScannedFile

_WORST: Final = 100  # photos shown with a picture
_LEFT: Final = 2000  # lines of what was not judged; the tables hold them all
_PRODUCTS: Final = 20
_SIDE: Final = 128
_SHOWN: Final = ("result", "suspicion", "file", "folder", "product", "side", "regions", "reason")
_OF_LEFT: Final = ("result", "file", "folder", "reason")  # what was not judged has no more
_COLOURS: Final = {"agrees": "#2F6FB7", "differs": "#D9731A"}
_OTHER: Final = "#7A7F87"
_STYLE: Final = """
body{font:15px/1.45 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2rem auto;
max-width:72rem;padding:0 1rem;color:#22252a;background:#fff}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{border-bottom:1px solid #ddd;padding:.35rem .5rem;text-align:left;vertical-align:top;
overflow-wrap:anywhere}
th{white-space:nowrap}h2{margin-top:2.2rem}img{display:block;max-width:8rem}
figure{margin:1rem 0}figcaption{color:#555}.warn{border-left:.3rem solid #D9731A;padding-left:.6rem}
svg text{font:12px system-ui,"Noto Sans CJK SC",sans-serif;fill:#22252a}
"""


def write_html(stream: TextIO, facts: Facts, files: Callable[[], Iterator[ScannedFile]]) -> None:
    """Write the page."""
    title = QCoreApplication.translate("scan", "Folder scan")
    write = stream.write
    write(f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title>')
    write('<meta name="viewport" content="width=device-width">')
    write(f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>")
    for folder in facts.folders:
        write(f"<p>{escape(folder)}</p>")
    if not facts.complete:
        said = QCoreApplication.translate("scan", "The scan is not complete.")
        write(f'<p class="warn">{escape(said)}</p>')
    _write_counts(stream, facts)
    _write_plots(stream, files())
    _write_worst(stream, files())
    _write_left(stream, files())
    versions = facts.versions.model_dump().items()
    write("<p><small>" + "<br>".join(escape(f"{name}: {value}") for name, value in versions))
    write("</small></p></body></html>\n")


def _write_counts(stream: TextIO, facts: Facts) -> None:
    counts = facts.counts
    rows = [
        (said_title(name), count, _COLOURS.get(name, _OTHER))
        for name, count in counts.outcomes.items()
    ]
    rows.append((repeated_title(), counts.repeated, "#C3C7CC"))
    rows += [(aside_title(kind), count, "#C3C7CC") for kind, count in counts.aside.items()]
    caption = QCoreApplication.translate("scan", "What was found: {count} in all.")
    _write_figure(stream, bars(rows), caption.format(count=counts.found))


def _write_plots(stream: TextIO, files: Iterable[ScannedFile]) -> None:
    suspicions: Counter[int] = Counter()
    products: Counter[str] = Counter()
    for file in files:
        said = file.judgement
        if said is None or said.suspicion is None:
            continue
        suspicions[min(19, max(0, math.floor(said.suspicion * 10)))] += 1
        products[said.product] += said.outcome == "differs"
    caption = QCoreApplication.translate(
        "scan", "Suspicion of the photos that could be compared: to the right, look first."
    )
    _write_figure(stream, histogram(suspicions, 20, 0.1), caption)
    worst = [(name, n, _COLOURS["differs"]) for name, n in products.most_common(_PRODUCTS) if n]
    caption = QCoreApplication.translate("scan", "Photos that differ, by product.")
    _write_figure(stream, bars(worst), caption)


def _write_figure(stream: TextIO, plot: str, caption: str) -> None:
    if plot:
        stream.write(f"<figure>{plot}<figcaption>{escape(caption)}</figcaption></figure>")


def _write_worst(stream: TextIO, files: Iterable[ScannedFile]) -> None:
    rows = (row for row in map(row_of, files) if row.values["suspicion"] is not None)
    title = QCoreApplication.translate("scan", "The most suspicious photos")
    _write_table(stream, title, itertools.islice(rows, _WORST), _SHOWN, pictures=True)


def _write_left(stream: TextIO, files: Iterable[ScannedFile]) -> None:
    rows = (row for row in map(row_of, files) if not row.was_judged)
    title = QCoreApplication.translate("scan", "What was not judged, and why")
    _write_table(stream, title, itertools.islice(rows, _LEFT), _OF_LEFT, pictures=False)
    more = sum(1 for _ in rows)
    if more:
        said = QCoreApplication.translate("scan", "And {count} more, which the tables list.")
        stream.write(f"<p>{escape(said.format(count=more))}</p>")


def _write_table(
    stream: TextIO, title: str, rows: Iterable[Row], shown: tuple[str, ...], *, pictures: bool
) -> None:
    first = next(iter(rows := iter(rows)), None)
    if first is None:
        return
    heads = "".join(f"<th>{escape(column_title(name))}</th>" for name in shown)
    extra = "<th></th>" if pictures else ""
    stream.write(f"<h2>{escape(title)}</h2><table><tr>{extra}{heads}</tr>")
    for row in itertools.chain([first], rows):
        stream.write("<tr>" + (f"<td>{_picture(row.path)}</td>" if pictures else ""))
        stream.write("".join(f"<td>{_shown(row, name)}</td>" for name in shown) + "</tr>")
    stream.write("</table>")


def _shown(row: Row, name: str) -> str:
    value = row.values[name]
    text = "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
    if name == "file":
        link = f'<a href="{escape(Path(row.path).absolute().as_uri())}">{escape(text)}</a>'
        return link + _same_photo(row)
    return escape(text)


def _same_photo(row: Row) -> str:
    first = row.values["same_photo_as"]
    if not first:
        return ""
    title = escape(column_title("same_photo_as"))
    uri = escape(Path(str(first)).absolute().as_uri())
    return f'<br><small>{title}: <a href="{uri}">{escape(Path(str(first)).name)}</a></small>'


def _picture(path: str) -> str:
    small = thumbnail(path, _SIDE)
    if small is None:
        return ""
    return f'<img alt="" src="data:image/jpeg;base64,{base64.b64encode(small).decode()}">'
