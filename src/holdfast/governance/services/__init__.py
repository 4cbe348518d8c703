"""Every write of the governance room. By noun; import from here.

Each checks the permission, refuses in plain words, and writes its one trail row.
"""

__all__: list[str] = []
