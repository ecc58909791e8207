"""The workspace: gallery, originals and records of one team, in one folder. No Qt."""

from app.store.approvals import Proposal, ProposalState
from app.store.audit import AuditEntry
from app.store.contents import Contents, KeptLength, KeptReference, KeptZones
from app.store.decisions import Decided, Decision, DecisionBook
from app.store.differences import Change, ChangeKind, Thing, differences
from app.store.drafts import Draft, changed, draft_of
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
    ProposalMade,
    ProposalOutdated,
    SamePerson,
    ServerSilent,
    SharedFolderMissing,
    SharedGalleryAway,
    SnapshotDamaged,
    SnapshotError,
    StoreError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceUnwritable,
)
from app.store.findings import Finding, Opinion, Subject
from app.store.gallery_files import SUFFIX as GALLERY_SUFFIX
from app.store.gallery_files import Progress
from app.store.importing import ImportRow
from app.store.in_work import InWork
from app.store.merging import Conflict, ConflictKind, Keep, Merge
from app.store.originals import Tidy
from app.store.records import Recorded
from app.store.scales import LONGEST_MM, KnownLength
from app.store.scans import Judgement, ScanBook, ScannedFile, ScanRecord
from app.store.shared_places import (
    SharedPlace,
    parted,
    read_place,
    shown_address,
    with_password,
    write_place,
)
from app.store.sharing import begin_sharing, end_sharing
from app.store.snapshots import Snapshot
from app.store.travel import Travelled
from app.store.workspace import Workspace

__all__ = [
    "GALLERY_SUFFIX",
    "LONGEST_MM",
    "ApprovalError",
    "ApprovalNeeded",
    "AuditEntry",
    "Change",
    "ChangeKind",
    "Conflict",
    "ConflictKind",
    "Contents",
    "Decided",
    "Decision",
    "DecisionBook",
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
    "Progress",
    "Proposal",
    "ProposalDecided",
    "ProposalMade",
    "ProposalOutdated",
    "ProposalState",
    "Recorded",
    "SamePerson",
    "ScanBook",
    "ScanRecord",
    "ScannedFile",
    "ServerSilent",
    "SharedFolderMissing",
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
    "begin_sharing",
    "changed",
    "differences",
    "draft_of",
    "end_sharing",
    "parted",
    "read_place",
    "shown_address",
    "with_password",
    "write_place",
]
