"""Every write of the governance room, by noun: bodies, meetings, agendas, minutes and what they decide.

Each checks the permission, refuses in plain words, and writes its one trail row. Rule: what nobody may do is raised as
a Forbidden, so that the trail keeps the attempt: an observer who would own, approved minutes changed.
"""
