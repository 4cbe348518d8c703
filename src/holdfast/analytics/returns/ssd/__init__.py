"""The Standard Safeguarding Dataset as a return: a folder of its tables. Begin at reader.py."""
