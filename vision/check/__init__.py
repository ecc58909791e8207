"""Judging a gallery: which of its references are doubtful, and what would mend it."""
