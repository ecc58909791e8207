"""The workspace: gallery, originals and records of one team, in one folder. No Qt."""

from app.store.audit import AuditEntry
from app.store.contents import Contents, KeptLength, KeptReference, KeptZones
from app.store.differences import Change, ChangeKind
from app.store.errors import (
    EntryRefused,
    ManifestUnreadable,
    NameTaken,
    NewerWorkspace,
    NoSuchReference,
    NoSuchSnapshot,
    OriginalDamaged,
    OriginalError,
    OriginalMissing,
    OriginalsMissing,
    SnapshotDamaged,
    SnapshotError,
    StoreError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceUnwritable,
)
from app.store.findings import Finding, Opinion, Subject
from app.store.importing import ImportRow
from app.store.originals import Tidy
from app.store.records import Recorded
from app.store.scales import LONGEST_MM, KnownLength
from app.store.snapshots import Snapshot
from app.store.workspace import Workspace

__all__ = [
    "LONGEST_MM",
    "AuditEntry",
    "Change",
    "ChangeKind",
    "Contents",
    "EntryRefused",
    "Finding",
    "ImportRow",
    "KeptLength",
    "KeptReference",
    "KeptZones",
    "KnownLength",
    "ManifestUnreadable",
    "NameTaken",
    "NewerWorkspace",
    "NoSuchReference",
    "NoSuchSnapshot",
    "Opinion",
    "OriginalDamaged",
    "OriginalError",
    "OriginalMissing",
    "OriginalsMissing",
    "Recorded",
    "Snapshot",
    "SnapshotDamaged",
    "SnapshotError",
    "StoreError",
    "Subject",
    "Tidy",
    "Workspace",
    "WorkspaceBusy",
    "WorkspaceDamaged",
    "WorkspaceUnwritable",
]
