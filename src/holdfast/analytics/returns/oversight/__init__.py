"""The oversight extract: supervision of cases and decisions of managers, as a council takes them from its system."""
