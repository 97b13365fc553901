"""Measures of fusion: made-up wars with a known truth. See docs/reference/fusion.md."""
