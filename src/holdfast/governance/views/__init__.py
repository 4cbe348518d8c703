"""The pages of bodies, meetings, agendas, minutes and what they decide. By noun."""
