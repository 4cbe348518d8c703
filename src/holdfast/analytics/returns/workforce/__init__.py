"""The Department's social work workforce return, as XML or CSV. Begin at reader.py."""
