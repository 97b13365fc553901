"""Readings go out: a table for a terminal, records, GeoJSON, and the exchange form of the scorer.

Every writer here takes readings and yields pieces of text. They are the local command's and so show all that the
report says; what is served or published to others passes a redaction before it comes here (DESIGN §7), which belongs
beside these writers as a step `Reading → Reading`.
"""

CAVEAT = "reported control, not access, safety or sovereignty"
"""What stands on every output: the reading of news is no advice on where it is safe to go."""
