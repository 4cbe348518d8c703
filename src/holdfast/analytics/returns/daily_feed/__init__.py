"""The Department's daily feed of children's social care, as JSON. Begin at reader.py."""
