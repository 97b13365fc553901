"""Bytes become reports: decoding, canonical text, header and dateline, language, and a reader per format."""
