"""The sentences that staff read when something stood in the way.

An error of the vision layer or of the store brings an English sentence that knows its case best; it
is told as it is. Other languages tell the error's class and its facts, from the table here.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.refusal_words import ENTRY_ERRORS, limit_words, refusal_sentence
from app.side_words import product_and_side, side_word
from app.store import (
    ApprovalNeeded,
    ChangedMeanwhile,
    EntryRefused,
    FolderInTheWay,
    GalleryFileDamaged,
    GalleryFileError,
    ManifestUnreadable,
    MergeConflicts,
    NameTaken,
    NewerGalleryFile,
    NewerWorkspace,
    NoSuchProposal,
    NoSuchReference,
    NoSuchSnapshot,
    NotAGalleryFile,
    OriginalDamaged,
    OriginalError,
    OriginalMissing,
    OriginalsMissing,
    OtherSeal,
    ProposalDecided,
    ProposalMade,
    ProposalOutdated,
    SamePerson,
    ScanInWork,
    ServerSilent,
    SharedFolderMissing,
    SharedGalleryAway,
    SnapshotDamaged,
    SnapshotError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceUnwritable,
)
from vision import (
    DamagedPicture,
    FileUnreachable,
    FolderUnreachable,
    NotAlignable,
    NotAPicture,
    PictureError,
    PictureTooLarge,
    PinsUnusable,
    ScanHalted,
    TouchstoneError,
    UnknownSide,
    WeightsCorrupt,
    WeightsError,
    WeightsMissing,
)

# The most special class first: the first that fits words the error.
ERRORS: Final[tuple[tuple[type[Exception], object], ...]] = (
    *ENTRY_ERRORS,
    (
        NotAPicture,
        QT_TRANSLATE_NOOP(
            "words",
            "“{name}” is not a picture that can be read. Save it as JPEG or PNG and try again.",
        ),
    ),
    (
        DamagedPicture,
        QT_TRANSLATE_NOOP(
            "words",
            "“{name}” is damaged. Copy it again from the camera, or take the photo again.",
        ),
    ),
    (
        PictureTooLarge,
        QT_TRANSLATE_NOOP(
            "words",
            "“{name}” is larger than the limit of {limit}. Save it smaller and try again.",
        ),
    ),
    (
        FileUnreachable,
        QT_TRANSLATE_NOOP(
            "words",
            "“{name}” cannot be opened. Check that the file is there and that you may read it.",
        ),
    ),
    (
        FolderUnreachable,
        QT_TRANSLATE_NOOP(
            "words",
            "The folder “{path}” is not reachable. Nothing in it was judged. Check the disk or "
            "network connection, then scan again.",
        ),
    ),
    (
        ScanHalted,
        QT_TRANSLATE_NOOP(
            "words",
            "The scan was halted, because nothing works any more. {cause} What was judged before "
            "is kept. Mend the cause, then resume the scan.",
        ),
    ),
    (
        NotAlignable,
        QT_TRANSLATE_NOOP(
            "words",
            "Only {inliers} matching points agree, {needed} are needed. "
            "Take the photo again straight on, with the whole side sharp and in the picture.",
        ),
    ),
    (
        PinsUnusable,
        QT_TRANSLATE_NOOP(
            "words",
            "The pins do not fit the references of this side any more. Press Ctrl+R to lay the "
            "photo automatically, then set pins anew.",
        ),
    ),
    (
        WeightsMissing,
        QT_TRANSLATE_NOOP(
            "words", "The model “{name}” is not installed. Run “touchstone doctor” to see how to."
        ),
    ),
    (
        WeightsCorrupt,
        QT_TRANSLATE_NOOP(
            "words",
            "The file of the model “{name}” is not the expected one. Install Touchstone again.",
        ),
    ),
    (
        UnknownSide,
        QT_TRANSLATE_NOOP(
            "words",
            "The gallery has no product “{product}” with the side “{side}”. "
            "Choose one from the gallery's list.",
        ),
    ),
    (
        WorkspaceUnwritable,
        QT_TRANSLATE_NOOP(
            "words",
            "The folder “{path}” cannot be written. Free space there, ask for the right to write, "
            "or choose another folder.",
        ),
    ),
    (
        WorkspaceBusy,
        QT_TRANSLATE_NOOP(
            "words",
            "The workspace “{path}” is in use. Wait until the other Touchstone has finished, then "
            "try again.",
        ),
    ),
    (
        SharedGalleryAway,
        QT_TRANSLATE_NOOP(
            "words",
            "The shared gallery “{place}” cannot be reached. It can be used as it was last seen "
            "here, but not changed. Check the network, or ask whoever keeps the server.",
        ),
    ),
    (
        WorkspaceDamaged,
        QT_TRANSLATE_NOOP(
            "words",
            "The database of the workspace “{path}” is damaged. Bring back the newest copy from "
            "its folder “backups”.",
        ),
    ),
    (
        NewerWorkspace,
        QT_TRANSLATE_NOOP(
            "words",
            "The workspace “{path}” was made by a newer Touchstone. Nothing was changed. Install "
            "the newer one, or choose another workspace.",
        ),
    ),
    (
        ScanInWork,
        QT_TRANSLATE_NOOP(
            "words",
            "“{path}” is being scanned already, by another Touchstone or in another window. "
            "Nothing was changed. Wait until that scan has ended, or stop it, then scan again.",
        ),
    ),
    (
        ManifestUnreadable,
        QT_TRANSLATE_NOOP(
            "words",
            "The table “{name}” cannot be read. It must be a CSV file whose first line names the "
            "columns file, product and side.",
        ),
    ),
    (
        NoSuchReference,
        QT_TRANSLATE_NOOP(
            "words", "This reference is no longer in the gallery. Read the gallery again."
        ),
    ),
    (
        ChangedMeanwhile,
        QT_TRANSLATE_NOOP(
            "words",
            "This has been changed in the meantime: {place}. Nothing was done, so that no work of "
            "others is lost. Look at it again, then decide anew.",
        ),
    ),
    (
        NoSuchSnapshot,
        QT_TRANSLATE_NOOP(
            "words", "There is no snapshot “{name}”. Choose one from the list of snapshots."
        ),
    ),
    (
        NameTaken,
        QT_TRANSLATE_NOOP(
            "words",
            "There is a snapshot “{name}” already, and snapshots are never written over. Choose "
            "another name.",
        ),
    ),
    (
        SnapshotDamaged,
        QT_TRANSLATE_NOOP(
            "words",
            "The snapshot “{name}” is not what was kept: it was changed or damaged in the "
            "database. Nothing was restored. Use another snapshot, or a backup of the database.",
        ),
    ),
    (
        OriginalsMissing,
        QT_TRANSLATE_NOOP(
            "words",
            "The snapshot “{name}” needs {count} pictures that are no longer in the folder "
            "“originals”. Nothing was changed. Bring them back from a backup, then restore again.",
        ),
    ),
    (
        FolderInTheWay,
        QT_TRANSLATE_NOOP(
            "words",
            "“{path}” is a folder, and a gallery is written into one file. Nothing was written. "
            "Give the file a name of its own, as in tea.touchstone.",
        ),
    ),
    (
        NotAGalleryFile,
        QT_TRANSLATE_NOOP(
            "words",
            "“{name}” is no gallery of Touchstone. Nothing was loaded. Choose a file that “gallery "
            "export” wrote.",
        ),
    ),
    (
        GalleryFileDamaged,
        QT_TRANSLATE_NOOP(
            "words",
            "The gallery file “{name}” was cut off, damaged or changed. Nothing was loaded. Copy "
            "it again from where it came from, or have it exported again.",
        ),
    ),
    (
        OtherSeal,
        QT_TRANSLATE_NOOP(
            "words",
            "The seal of “{name}” is {found}, not the one that was told. Nothing was loaded. This "
            "is not the file that was sent: ask its sender.",
        ),
    ),
    (
        NewerGalleryFile,
        QT_TRANSLATE_NOOP(
            "words",
            "A newer Touchstone wrote the gallery file “{name}”. Nothing was loaded. Install the "
            "newer Touchstone.",
        ),
    ),
    (
        MergeConflicts,
        QT_TRANSLATE_NOOP(
            "words",
            "This gallery and the file contradict each other in {count} places. Nothing was "
            "loaded. Look at them, then load again and say whether yours or theirs counts.",
        ),
    ),
    (
        SharedFolderMissing,
        QT_TRANSLATE_NOOP(
            "words", "The folder “{path}” is not there. Make it where the whole team sees it."
        ),
    ),
    (
        ServerSilent,
        QT_TRANSLATE_NOOP(
            "words",
            "The server {place} does not answer, so nothing was changed. Try again later.",
        ),
    ),
    (
        ApprovalNeeded,
        QT_TRANSLATE_NOOP(
            "words",
            "This gallery changes only where two people agree. Nothing was changed. Make the "
            "change in the window: it becomes a proposal there, which another person approves.",
        ),
    ),
    (
        ProposalMade,
        QT_TRANSLATE_NOOP(
            "words",
            "This waits for a second person as proposal {number}. The gallery is as before until "
            "another person approves it.",
        ),
    ),
    (
        SamePerson,
        QT_TRANSLATE_NOOP(
            "words",
            "“{person}” cannot be the first and the second person. Nothing was changed. Let "
            "somebody else decide, under another name.",
        ),
    ),
    (
        NoSuchProposal,
        QT_TRANSLATE_NOOP(
            "words", "There is no proposal {number}. Choose one from the list of proposals."
        ),
    ),
    (
        ProposalDecided,
        QT_TRANSLATE_NOOP(
            "words",
            "Proposal {number} was decided by “{by}” already. Nothing was changed. Make a new "
            "proposal if something is still to be done.",
        ),
    ),
    (
        ProposalOutdated,
        QT_TRANSLATE_NOOP(
            "words",
            "Proposal {number} does not fit the gallery any more: {count} things that it changes "
            "have been changed since. Nothing was changed. Decline it, and make a new one.",
        ),
    ),
    (
        OriginalMissing,
        QT_TRANSLATE_NOOP(
            "words",
            "A stored picture of “{product}”, side “{side}”, is missing. Add the same picture "
            "again, or remove the reference.",
        ),
    ),
    (
        OriginalDamaged,
        QT_TRANSLATE_NOOP(
            "words",
            "A stored picture of “{product}”, side “{side}”, has changed on the disk. Add the same "
            "picture again, or remove the reference.",
        ),
    ),
    (
        MemoryError,
        QT_TRANSLATE_NOOP(
            "words", "There is not enough memory. Close other programs and try again."
        ),
    ),
    (OSError, QT_TRANSLATE_NOOP("words", "A file or folder cannot be used: {cause}.")),
)
_GONE: Final = QT_TRANSLATE_NOOP(
    "words",
    "The folder “{path}” is not reachable any more: the disk or the network connection is away.",
)
_FIELDS: Final = (
    *("inliers", "needed", "product", "side", "found", "count", "place"),
    *("person", "number", "by", "line"),
)


def error_sentence(error: BaseException) -> str:
    """What stood in the way and what to do about it."""
    for kind, text in ERRORS:
        if isinstance(error, kind):
            sentence = _say(text)
            knows_best = isinstance(error, TouchstoneError) and not isinstance(error, ScanHalted)
            if knows_best and sentence == text:
                return str(error)
            return sentence.format(**_facts(error))
    if isinstance(error, EntryRefused):
        return refusal_sentence(error)
    if isinstance(error, TouchstoneError):
        return str(error)
    template = QCoreApplication.translate("words", "Something went wrong in Touchstone: {cause}.")
    return template.format(cause=f"{type(error).__name__}: {error}".rstrip(": "))


def _cause_of_halt(error: Exception) -> str:
    if isinstance(error, FolderUnreachable):  # it was there when the scan began
        return _say(_GONE).format(path=error.path)
    return error_sentence(error)


def _say(source: object) -> str:
    return QCoreApplication.translate("words", str(source))


def _facts(error: BaseException) -> dict[str, str]:
    """The fields that the sentences may name."""
    facts = dict.fromkeys(("name", "path", "limit", "cause"), "")
    facts |= {name: str(getattr(error, name, None) or "") for name in _FIELDS}
    facts["side"] = side_word(facts["side"])
    facts["path"] = str(getattr(error, "folder", ""))
    match error:
        case PictureTooLarge():
            facts["limit"] = limit_words(error.limit)
        case WeightsError() | SnapshotError():
            facts["name"] = error.name
        case EntryRefused():
            facts["found"] = error.shown
        case ChangedMeanwhile():
            whole = QCoreApplication.translate("changes", "The whole gallery")
            facts["place"] = product_and_side(error.product, error.side) or whole
        case OriginalError() | FolderUnreachable() | FolderInTheWay() | ScanInWork():
            facts["path"] = error.path
        case ScanHalted():
            facts["cause"] = _cause_of_halt(error.error)
        case OSError():
            facts["cause"] = f"{error.strerror or error}".rstrip(".")
            facts["cause"] += f" ({error.filename})" if error.filename else ""
    if isinstance(error, (PictureError, ManifestUnreadable, GalleryFileError)):
        facts["name"] = PurePath(error.path).name or error.path
    return facts
