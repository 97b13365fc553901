"""Gold annotations → scores: how well the reading holds on annotated reports.

`align` pairs what was read with what was annotated, `metrics` counts (both pure); `gold` reads annotations and alias tables, `run` reads
the texts and joins the two, `floors` holds figures to what was once reached; `report` and `page` show them.
"""
