"""The room's pages: reading the plan (reading), changing it (changing), and what they print alike (cells)."""
