"""Asserted, hedged or denied, on the events of UW factuality. See docs/reference/measuring.md."""
