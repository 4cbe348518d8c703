"""Every write of the notice room: loading a notice, attaching its own text, and what people say of a requirement.

Each checks the permission, refuses in plain words, and writes its one trail row.
"""
