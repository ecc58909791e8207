"""Touchstone's face: the window, the command line, and what they keep for a person."""
