"""Pictures on the screen: one shared viewport, and the widgets that paint through it."""
