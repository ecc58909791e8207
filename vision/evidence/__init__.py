"""One file a channel: two layers of one frame -> how far they differ, in the channel's unit."""
