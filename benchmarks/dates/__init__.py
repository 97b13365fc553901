"""Values of dates in histories of wars (WikiWars). See docs/reference/measuring.md."""
