"""Touchstone's eyes: pictures in, aligned pairs, evidence and numbered regions out.

No Qt, no database.
"""

from vision.check.checking import check_gallery
from vision.check.flaws import CheckStage, CheckStep, Flaw, FlawKind, Mend
from vision.check.health import (
    RECORDED,
    Grade,
    Lack,
    Measure,
    Reading,
    SideHealth,
    side_healths,
)
from vision.check.last_check import LastCheck, last_check
from vision.check.shots import Shot, read_shots
from vision.check.spreads import read_spreads
from vision.compare import inspect
from vision.embedding import Embedder
from vision.errors import (
    DamagedPicture,
    FileUnreachable,
    FolderUnreachable,
    NotAlignable,
    NotAPicture,
    PictureError,
    PictureTooLarge,
    PinsUnusable,
    PinTrouble,
    ScanHalted,
    TouchstoneError,
    UnknownSide,
    WeightsCorrupt,
    WeightsError,
    WeightsMissing,
)
from vision.evaluate import evaluate
from vision.evidence.ciede2000 import ciede2000
from vision.evidence.reading import shared_reader
from vision.gallery import Gallery
from vision.inspection import (
    ChannelExcess,
    Comparison,
    Inspection,
    LimitBasis,
    Outcome,
    Reason,
    ReasonCode,
    Seconds,
)
from vision.laid_references import (
    LaidReference,
    SharpReference,
    laid_references,
    sharp_reference,
)
from vision.pictures import read, read_bytes, seems_picture
from vision.pins import FEWEST_PINS, Pin, PinFit, Pinned, PinView, fit_pins
from vision.places import as_taken, in_photo, is_bent
from vision.prepared import (
    carried_points,
    prepared_photo,
    prepared_size,
    propose_corners,
    read_reference,
)
from vision.quality import faults
from vision.scan.answers import Failed, Judged, Remembered, Repeated
from vision.scan.contents import Contents
from vision.scan.control import ScanControl
from vision.scan.engine import scan
from vision.scan.files import Aside, AsideKind, ListedFile, check_folder, check_folders, files_below
from vision.scan.judging import Judge, judge_file, without_pictures
from vision.scan.same_photos import SamePhotos
from vision.scan.workers import ScanMemory
from vision.searching import search_gallery as search
from vision.searching import search_steps
from vision.shown_colours import colour_gap, lab_from_pixels
from vision.side_figures import SideFigures
from vision.sides import SideModel
from vision.terms import (
    Alignment,
    Box,
    Candidate,
    Channel,
    CodeAgreement,
    CodeReading,
    CodeResult,
    Fault,
    FaultKind,
    Map,
    Mask,
    Matrix,
    Note,
    NoteCode,
    Photo,
    Pixels,
    Points,
    Provenance,
    Reference,
    Region,
    Vertices,
    Wording,
    Zone,
    ZoneKind,
)
from vision.threshold_counts import (
    CountedShare,
    KnownFalse,
    ThresholdEffect,
    ThresholdEvidence,
    threshold_effect,
    threshold_evidence,
)
from vision.thresholds import Thresholds
from vision.training import Plan as TrainingPlan
from vision.training import Progress as TrainingProgress
from vision.training import export_head, train
from vision.versions import judging_version, thresholds_version
from vision.zone_proposals import propose_zones
from vision.zones import carried_polygon, lost_zones, polygon_moved_off

__all__ = [
    "FEWEST_PINS",
    "RECORDED",
    "Alignment",
    "Aside",
    "AsideKind",
    "Box",
    "Candidate",
    "Channel",
    "ChannelExcess",
    "CheckStage",
    "CheckStep",
    "CodeAgreement",
    "CodeReading",
    "CodeResult",
    "Comparison",
    "Contents",
    "CountedShare",
    "DamagedPicture",
    "Embedder",
    "Failed",
    "Fault",
    "FaultKind",
    "FileUnreachable",
    "Flaw",
    "FlawKind",
    "FolderUnreachable",
    "Gallery",
    "Grade",
    "Inspection",
    "Judge",
    "Judged",
    "KnownFalse",
    "Lack",
    "LaidReference",
    "LastCheck",
    "LimitBasis",
    "ListedFile",
    "Map",
    "Mask",
    "Matrix",
    "Measure",
    "Mend",
    "NotAPicture",
    "NotAlignable",
    "Note",
    "NoteCode",
    "Outcome",
    "Photo",
    "PictureError",
    "PictureTooLarge",
    "Pin",
    "PinFit",
    "PinTrouble",
    "PinView",
    "Pinned",
    "PinsUnusable",
    "Pixels",
    "Points",
    "Provenance",
    "Reading",
    "Reason",
    "ReasonCode",
    "Reference",
    "Region",
    "Remembered",
    "Repeated",
    "SamePhotos",
    "ScanControl",
    "ScanHalted",
    "ScanMemory",
    "Seconds",
    "SharpReference",
    "Shot",
    "SideFigures",
    "SideHealth",
    "SideModel",
    "ThresholdEffect",
    "ThresholdEvidence",
    "Thresholds",
    "TouchstoneError",
    "TrainingPlan",
    "TrainingProgress",
    "UnknownSide",
    "Vertices",
    "WeightsCorrupt",
    "WeightsError",
    "WeightsMissing",
    "Wording",
    "Zone",
    "ZoneKind",
    "as_taken",
    "carried_points",
    "carried_polygon",
    "check_folder",
    "check_folders",
    "check_gallery",
    "ciede2000",
    "colour_gap",
    "evaluate",
    "export_head",
    "faults",
    "files_below",
    "fit_pins",
    "in_photo",
    "inspect",
    "is_bent",
    "judge_file",
    "judging_version",
    "lab_from_pixels",
    "laid_references",
    "last_check",
    "lost_zones",
    "polygon_moved_off",
    "prepared_photo",
    "prepared_size",
    "propose_corners",
    "propose_zones",
    "read",
    "read_bytes",
    "read_reference",
    "read_shots",
    "read_spreads",
    "scan",
    "search",
    "search_steps",
    "seems_picture",
    "shared_reader",
    "sharp_reference",
    "side_healths",
    "threshold_effect",
    "threshold_evidence",
    "thresholds_version",
    "train",
    "without_pictures",
]
