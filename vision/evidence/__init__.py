"""One file a channel: two layers of the same frame -> a map of how far they differ.

In the channel's own unit.
"""
