"""Qt item models over tuples of terms; no widgets and no reading of files."""
