"""What others publish: tables of the Department and the Office for National Statistics, and models of neighbours.

figures.py reads a file into the values that pages set beside ours; reader.py reads any such file into the benchmark
tables, whatever its columns.
"""
