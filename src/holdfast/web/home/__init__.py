"""Each role's home: one sentence that answers its question, at most five things worst first, and links to the rest.

By who reads it: leading, practising, measuring, taking_part, looking_on, running. What they share is asked once
(asked.py) and said alike (things.py). Rule: a home asks a fixed number of questions, shows nothing the account may not
open, and says in a sentence when there is nothing to say.
"""
