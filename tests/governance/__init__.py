"""Bodies, meetings, agendas, minutes and what they decide."""
