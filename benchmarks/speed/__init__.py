"""The speed and memory of the whole chain beside those of the raw pipe. See docs/reference/measuring.md."""
