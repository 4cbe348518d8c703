"""The canonical tables: what every return is turned into. Contracts here; rows are Parquet in the store.

Names follow the Standard Safeguarding Dataset without its "ssd_". Not here: reading files (returns/) or counting
(indicators/). Rule: a column means the same whichever return supplied it.
"""
