"""The workspace: gallery, originals and records of one team, in one folder. No Qt."""

from app.store.errors import (
    EntryRefused,
    ManifestUnreadable,
    NewerWorkspace,
    NoSuchReference,
    OriginalDamaged,
    OriginalError,
    OriginalMissing,
    StoreError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceUnwritable,
)
from app.store.findings import Finding, Opinion, Subject
from app.store.originals import Tidy
from app.store.scales import LONGEST_MM, KnownLength
from app.store.scans import Judgement, ScanBook, ScannedFile, ScanRecord
from app.store.workspace import ImportRow, Recorded, Workspace

__all__ = [
    "LONGEST_MM",
    "EntryRefused",
    "Finding",
    "ImportRow",
    "Judgement",
    "KnownLength",
    "ManifestUnreadable",
    "NewerWorkspace",
    "NoSuchReference",
    "Opinion",
    "OriginalDamaged",
    "OriginalError",
    "OriginalMissing",
    "Recorded",
    "ScanBook",
    "ScanRecord",
    "ScannedFile",
    "StoreError",
    "Subject",
    "Tidy",
    "Workspace",
    "WorkspaceBusy",
    "WorkspaceDamaged",
    "WorkspaceUnwritable",
]
