"""The plan as a spreadsheet, out and back in: one table, the same columns in XLSX and CSV.

By step: columns (what the table holds), writing, reading (whatever somebody sends), comparing (what would change).
Rule: nothing here writes to the plan; that is services/importing.py, once somebody has seen every change.
"""
