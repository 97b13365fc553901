"""Source and content spans of attributions in American political news (PolNeAR). See docs/reference/measuring.md."""
