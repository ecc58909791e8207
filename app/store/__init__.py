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
from app.store.originals import Tidy
from app.store.workspace import ImportRow, Recorded, Workspace

__all__ = [
    "EntryRefused",
    "ImportRow",
    "ManifestUnreadable",
    "NewerWorkspace",
    "NoSuchReference",
    "OriginalDamaged",
    "OriginalError",
    "OriginalMissing",
    "Recorded",
    "StoreError",
    "Tidy",
    "Workspace",
    "WorkspaceBusy",
    "WorkspaceDamaged",
    "WorkspaceUnwritable",
]
