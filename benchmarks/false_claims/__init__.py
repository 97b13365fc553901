"""Claims read in texts that have nothing to do with war. See docs/reference/measuring.md."""
