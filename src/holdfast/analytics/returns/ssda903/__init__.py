"""The SSDA903 return of children looked after: a set of CSV files. Begin at reader.py."""
