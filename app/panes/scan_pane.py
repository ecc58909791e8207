"""Scan: whole folders compared with the gallery, and their photos triaged, the worst first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.triage import TriageModel
from app.models.triage_rows import TriageRow
from app.panes.actions import ActionBook
from app.panes.awake import Awake
from app.panes.decisions import Decisions
from app.panes.earlier_scans import EarlierScans
from app.panes.intake import offer_from_mime
from app.panes.kept_watch import KeptWatch
from app.panes.outcome_chips import OutcomeChips
from app.panes.scan_acts import HEAD_ACTS, ROW_ACTS, act_words
from app.panes.scan_progress import ScanProgress
from app.panes.scan_run import ScanRun, ScanState, kept_rows
from app.panes.scan_watch import ScanWatch
from app.panes.steps import Steps
from app.panes.triage_filters import TriageFilters
from app.panes.triage_view import TriageView
from app.plain_text import tip_of
from app.store import Decided, ScanRecord
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QShowEvent

    from app.messages import Messages
    from app.models.triage_filter import Grouping, TriageFilter
    from app.panes.workbench import Workbench
    from app.store import Decision, Subject

_WAY_BACK: Final = QT_TRANSLATE_NOOP("messages", "Esc goes back to the scan, to the same row.")


class ScanPane(QWidget):
    """`photo_wished` asks for the photo in a file to be shown on the inspection desk."""

    photo_wished = Signal(object)

    def __init__(self, bench: Workbench, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._messages = bench, messages
        self._folders: tuple[str, ...] = ()
        self._last_folder = ""
        self._is_settled = True  # whether what is gone has left the table
        self._reading: Ticket | None = None
        self.model = TriageModel(self)
        self.scan = ScanRun(bench, self)
        self.decisions = Decisions(bench, messages, self)
        self.awake = Awake(self)
        self.watch = ScanWatch(messages, self)
        self._kept_watch = KeptWatch(bench.folder, messages, self)
        self.steps = Steps(self.decisions.stack, messages)
        self.actions_book = ActionBook(self)
        self._make_actions()
        self.view = TriageView(self.model)
        self.chips, self.filters = OutcomeChips(), TriageFilters()
        self.progress = ScanProgress(self.scan, self.watch)
        self.earlier = EarlierScans((self.actions_book["choose"],))
        self._title, self._hint = QLabel(), QLabel()
        self._pages, self._work = QStackedWidget(), QFrame()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._refresh()

    def _make_actions(self) -> None:
        add = self.actions_book.add
        add("choose", self.choose, icon_name="folder", keys=(QKeySequence.StandardKey.Open,))
        add("go_on", self.go_on, icon_name="go-on", keys=("Shift+R",))
        add("anew", self.judge_anew, icon_name="again")
        add("pause", self._on_pause, icon_name="pause", keys=("P",))
        add("stop", self.scan.stop, icon_name="stop", keys=("Ctrl+.",))
        add("watch", self._on_watch, icon_name="watch", keys=("W",), checked=False)
        add("earlier", self.show_earlier, icon_name="previous", keys=("Ctrl+E",))
        add("agree", self._on_agree, icon_name="agrees", keys=("A",))
        add("differ", self._on_differ, icon_name="differs", keys=("D",))
        add("later", self._on_later, icon_name="waiting", keys=("L",))
        add("take_back", self._on_take_back, icon_name="close", keys=("Backspace",))
        add("next_open", self.next_open, icon_name="next", keys=("N",))
        add("open", self._on_open, icon_name="inspect", keys=("O",))

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setMinimumWidth(120)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        for name in HEAD_ACTS:
            head.addWidget(self._button(name))
        foot = QHBoxLayout()
        foot.setSpacing(4)
        for name in ROW_ACTS:
            foot.addWidget(self._button(name))
        self._hint.setObjectName("note")
        foot.addStretch(1)
        foot.addWidget(self._hint)
        stack = QVBoxLayout(self._work)
        stack.setContentsMargins(16, 10, 12, 6)
        stack.setSpacing(6)
        stack.addLayout(head)
        stack.addWidget(self.progress)
        stack.addWidget(self.chips)
        stack.addWidget(self.filters)
        stack.addWidget(self.view, 1)
        stack.addLayout(foot)
        self._pages.addWidget(self.earlier)
        self._pages.addWidget(self._work)
        self.setFocusProxy(self.view)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _button(self, name: str) -> QWidget:
        button = self.actions_book.button(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _connect(self) -> None:
        self.scan.begun.connect(self._on_begun)
        self.scan.found.connect(self.view.add)
        self.scan.changed.connect(self._refresh_actions)
        self.scan.ended.connect(self._on_ended)
        self.scan.failed.connect(self._messages.fail)
        self.watch.arrived.connect(self._on_arrived)
        self._kept_watch.found.connect(self._on_watched_before)
        self.watch.changed.connect(self.progress.refresh)
        self.decisions.loaded.connect(self._on_decisions)
        self.decisions.changed.connect(self._on_decided)
        self.earlier.picked.connect(self.show_scan)
        self.chips.picked.connect(self.filters.set_outcome)
        self.filters.changed.connect(self._on_filter)
        self.filters.grouped.connect(self._on_grouped)
        self.view.fed.connect(self._on_fed)
        self.view.chosen.connect(self._refresh_actions)
        self.view.selectionModel().selectionChanged.connect(self._refresh_actions)
        self.view.opened.connect(self._on_opened)

    def reload(self) -> None:
        """Read earlier scans, decisions and items, in the background."""
        self.decisions.load()
        if not self._folders:
            self._kept_watch.look_up()
        fail = self._messages.fail
        scans, items = self._bench.scans(), self._bench.items()
        run(scans, lane=Lane.FILES, owner=self, on_done=self.earlier.show_scans, on_failed=fail)
        run(items, lane=Lane.FILES, owner=self, on_done=self.model.set_items, on_failed=fail)

    def choose(self) -> None:
        """Let a person choose a folder."""
        title = self.tr("Choose a folder of photos to scan")
        name = QFileDialog.getExistingDirectory(self, title, self._last_folder)
        if name:
            self._last_folder = str(Path(name).parent)
            self.start((name,))

    def take(self, mime: QMimeData) -> None:
        """Scan the folders and files that were dropped or pasted."""
        paths = offer_from_mime(mime, "").paths
        if paths:
            self.start(tuple(str(path) for path in paths))
        else:
            self._messages.warn(
                QT_TRANSLATE_NOOP("messages", "Drop folders of photos here, or files.")
            )

    def start(self, folders: tuple[str, ...]) -> None:
        """Scan folders; of what is kept from earlier, only what is new is judged."""
        if self._is_busy():
            return
        roots = tuple(dict.fromkeys(str(Path(folder).absolute()) for folder in folders))
        self._show(roots)
        self._run()

    def go_on(self) -> None:
        """Go on after a pause or stop, or look once more for what is new."""
        if self.scan.state is ScanState.PAUSED:
            self._stay_awake()
            self.scan.go_on()
        elif self._folders and not self.scan.is_under_way:
            self._run()

    def judge_anew(self) -> None:
        """Judge every photo once more, whatever is kept of it."""
        if self._folders and not self._is_busy():
            self._run(anew=True)

    def show_scan(self, record: ScanRecord) -> None:
        """Show what an earlier scan has found."""
        if self._is_busy():
            return
        self._show(record.folders)
        self.decisions.versions = record.versions
        self._reading = run(
            kept_rows(self._bench.scanned(record.id)),
            lane=Lane.FILES,
            owner=self,
            on_step=self.view.add,
            on_failed=self._messages.fail,
        )

    def show_earlier(self) -> None:
        """Go back to where scans begin."""
        self._end_watch()
        self._pages.setCurrentWidget(self.earlier)
        self.reload()
        self._refresh()

    def decide(self, decided: Decided | None) -> None:
        """Decide on the chosen photos; None takes decisions back."""
        rows = [row for row in self.view.chosen_rows if row.is_judged and row.sha256]
        self.decisions.decide((row.subject for row in rows), decided)

    def next_open(self) -> None:
        """Go to the next photo that nobody has decided on."""
        place = self.model.next_open(self.view.currentIndex().row())
        if place < 0:
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "Every photo that is shown has been decided on.")
            )
        self.view.go_to(place)

    def finish(self) -> None:
        """Keep what there is to keep, before the program ends."""
        self.scan.stop()
        self.awake.let_sleep(at_end=True)
        self.decisions.finish()

    def _on_watched_before(self, folders: tuple[str, ...]) -> None:
        """Go on with the folders that were watched when the program ended."""
        if not self._folders:  # else a person was faster
            self._show(folders)
            self.actions_book["watch"].setChecked(True)

    def _on_watch(self, wanted: bool) -> None:
        self._kept_watch.keep(self._folders if wanted else ())
        if not wanted:
            self.watch.stop()
        elif self.scan.state is not ScanState.DONE:  # what is there already comes first
            self.go_on()
        else:
            self._watch_on()

    def _watch_on(self) -> None:
        """Look for new files from now on, where that is wanted and all that is there was met."""
        if self.actions_book["watch"].isChecked() and self.scan.has_looked:
            self.watch.start(self._folders, frozenset(self.scan.met))

    def _end_watch(self) -> None:
        self.watch.stop()
        self.actions_book["watch"].setChecked(False)

    def _is_busy(self) -> bool:
        """Whether a scan is under way, which is then told: no other one may mix with it."""
        if self.scan.is_under_way:
            self._messages.warn(
                QT_TRANSLATE_NOOP("messages", "A scan is under way. Stop it first.")
            )
        return self.scan.is_under_way

    def _on_arrived(self, count: int) -> None:
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "New in the watched folder: {count}"), count=str(count)
        )
        self._run()

    def _show(self, folders: tuple[str, ...]) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._folders = folders
        self._end_watch()
        self.scan.reset()
        self.view.drop_waiting()
        self.model.clear()
        self.filters.clear()
        self.chips.choose("")
        self._pages.setCurrentWidget(self._work)
        self.view.setFocus()
        self._on_fed()
        self._refresh()

    def _run(self, *, anew: bool = False) -> None:
        if self._reading is not None:  # what it would still bring comes from the scan
            self._reading.cancel()
            self._reading = None
        self._is_settled = False
        self.watch.stop()
        self._stay_awake()
        self.scan.start(self._folders, anew=anew)

    def _stay_awake(self) -> None:
        self.awake.keep(self.tr("Touchstone scans photos"))

    def _on_begun(self, versions: Mapping[str, str]) -> None:
        self.decisions.versions = versions

    def _on_ended(self) -> None:
        self.awake.let_sleep()
        self._watch_on()
        self._settle()
        if self.scan.away and not self.watch.is_on:  # which tells of it too
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "Not reachable: {folders}. Nothing in there was judged. Check the disk or "
                    "network connection, then go on.",
                ),
                folders=", ".join(self.scan.away),
            )
        self._on_fed()
        self._refresh()

    def _settle(self) -> None:
        """Once the rows of a whole scan are in the table, those that it did not meet are gone."""
        if not self._is_settled and self.scan.is_complete and self.view.is_fed:
            self._is_settled = True
            with self.view.anchored():
                self.model.keep_only(self.scan.met)

    def _on_fed(self) -> None:
        self._settle()
        self.chips.tell(self.model.rows)
        self.filters.offer(self.model.rows)
        self._refresh_hint()
        self._refresh_actions()

    def _on_decisions(self, decisions: tuple[Decision, ...]) -> None:
        with self.view.anchored():
            self.model.set_decisions(decisions)
        self._refresh()

    def _on_decided(self, changes: tuple[tuple[Subject, Decision | None], ...]) -> None:
        with self.view.anchored():
            self.model.decide(changes)
        self._refresh()

    def _on_filter(self, wanted: TriageFilter) -> None:
        with self.view.anchored():
            self.model.show_only(wanted)
        self._refresh()

    def _on_grouped(self, grouping: Grouping) -> None:
        with self.view.anchored():
            self.model.group_by(grouping)
        self._refresh()

    def _on_pause(self) -> None:
        if self.scan.state is ScanState.PAUSED:
            self.go_on()
        else:
            self.scan.pause()
            self.awake.let_sleep()

    def _on_agree(self) -> None:
        self.decide(Decided.AGREES)

    def _on_differ(self) -> None:
        self.decide(Decided.DIFFERS)

    def _on_later(self) -> None:
        self.decide(Decided.LATER)

    def _on_take_back(self) -> None:
        self.decide(None)

    def _on_open(self) -> None:
        entry = self.view.current
        if isinstance(entry, TriageRow) and entry.is_photo:
            self._on_opened(entry)

    def _on_opened(self, row: TriageRow) -> None:
        self.photo_wished.emit(Path(row.path))
        self._messages.hint(_WAY_BACK)

    def _refresh(self) -> None:
        names = ", ".join(Path(folder).name or folder for folder in self._folders)
        self._title.setText(names)
        self._title.setToolTip(tip_of("\n".join(self._folders)))
        self.progress.refresh()
        self._refresh_actions()
        self._refresh_hint()

    def _refresh_hint(self) -> None:
        shown = self.model.shown_rows
        self._hint.setText(self.tr("Shown: {count}").format(count=f"{shown:,}"))

    def _refresh_actions(self) -> None:
        book, state = self.actions_book, self.scan.state
        is_working = self._pages.currentWidget() is self._work
        under_way = self.scan.is_under_way
        book["choose"].setEnabled(not under_way)
        book["earlier"].setEnabled(is_working and not under_way)
        book["anew"].setEnabled(is_working and not under_way)
        book["watch"].setEnabled(is_working)
        book["go_on"].setEnabled(is_working and (not under_way or state is ScanState.PAUSED))
        book["pause"].setEnabled(state in (ScanState.RUNNING, ScanState.PAUSED))
        book["stop"].setEnabled(under_way and state is not ScanState.STOPPING)
        can_decide = is_working and any(row.is_judged for row in self.view.walk_chosen())
        for name in ("agree", "differ", "later", "take_back"):
            book[name].setEnabled(can_decide)
        current = self.view.current
        book["open"].setEnabled(isinstance(current, TriageRow) and current.is_photo)
        book["next_open"].setEnabled(is_working and self.model.rowCount() > 0)

    def _retranslate(self) -> None:
        words = act_words()
        self.actions_book.reword(words)
        native = QKeySequence.SequenceFormat.NativeText
        keys = {name: self.actions_book[name].shortcut().toString(native) for name in ROW_ACTS}
        short = {name: f"{words[name]} ({keys[name]})" for name in ROW_ACTS}
        self.actions_book.shorten({**short, "go_on": self.tr("Go on"), "watch": self.tr("Watch")})
        self.view.setAccessibleName(self.tr("Photos of the scan"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._messages.end_hint(_WAY_BACK)
        super().showEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.actions_book.redraw()
        super().changeEvent(event)
