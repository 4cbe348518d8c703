"""Question sets, the forms that ask them, and what counts their answers."""
