"""The workspace: gallery, originals and records of one team, in one folder. No Qt."""

from app.store.approvals import Proposal, ProposalState
from app.store.audit import AuditEntry
from app.store.contents import Contents, KeptLength, KeptReference, KeptZones
from app.store.differences import Change, ChangeKind, Thing
from app.store.drafts import Draft, draft_of
from app.store.errors import (
    ApprovalError,
    ApprovalNeeded,
    EntryRefused,
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
    ProposalOutdated,
    SamePerson,
    SharedGalleryAway,
    SnapshotDamaged,
    SnapshotError,
    StoreError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceUnwritable,
)
from app.store.findings import Finding, Opinion, Subject
from app.store.importing import ImportRow
from app.store.in_work import InWork
from app.store.merging import Conflict, ConflictKind, Keep, Merge
from app.store.originals import Tidy
from app.store.records import Recorded
from app.store.scales import LONGEST_MM, KnownLength
from app.store.scans import Judgement, ScanBook, ScannedFile, ScanRecord
from app.store.shared_places import SharedPlace, read_place, shown_address, write_place
from app.store.snapshots import Snapshot
from app.store.travel import Travelled
from app.store.workspace import Workspace

__all__ = [
    "LONGEST_MM",
    "ApprovalError",
    "ApprovalNeeded",
    "AuditEntry",
    "Change",
    "ChangeKind",
    "Conflict",
    "ConflictKind",
    "Contents",
    "Draft",
    "EntryRefused",
    "Finding",
    "GalleryFileDamaged",
    "GalleryFileError",
    "ImportRow",
    "InWork",
    "Judgement",
    "Keep",
    "KeptLength",
    "KeptReference",
    "KeptZones",
    "KnownLength",
    "ManifestUnreadable",
    "Merge",
    "MergeConflicts",
    "NameTaken",
    "NewerGalleryFile",
    "NewerWorkspace",
    "NoSuchProposal",
    "NoSuchReference",
    "NoSuchSnapshot",
    "NotAGalleryFile",
    "Opinion",
    "OriginalDamaged",
    "OriginalError",
    "OriginalMissing",
    "OriginalsMissing",
    "OtherSeal",
    "Proposal",
    "ProposalDecided",
    "ProposalOutdated",
    "ProposalState",
    "Recorded",
    "SamePerson",
    "ScanBook",
    "ScanRecord",
    "ScannedFile",
    "SharedGalleryAway",
    "SharedPlace",
    "Snapshot",
    "SnapshotDamaged",
    "SnapshotError",
    "StoreError",
    "Subject",
    "Thing",
    "Tidy",
    "Travelled",
    "Workspace",
    "WorkspaceBusy",
    "WorkspaceDamaged",
    "WorkspaceUnwritable",
    "draft_of",
    "read_place",
    "shown_address",
    "write_place",
]
