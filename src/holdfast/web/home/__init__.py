"""The blocks of the home page, by the room whose selectors they ask. Each takes a user and a programme's code.

Not here: their order for each role (standing.py). Rule: a block asks a fixed number of questions, and an account that
may not have its facts is given an empty block, never an error.
"""
