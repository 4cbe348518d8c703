"""The children in need census as a return: its XML read child by child. Begin at reader.py."""
