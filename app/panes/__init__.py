"""One file for each working area of the window."""
