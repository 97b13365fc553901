"""Measures the reading on every set of benchmarks/floors.toml and tells what was gained and lost. See docs/reference/measuring.md."""
