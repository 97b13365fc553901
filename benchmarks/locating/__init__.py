"""Measures of locating: answer key, name pairs, unseen spellings, geoparsing sets, speed. See docs/reference/measuring-locating.md."""
