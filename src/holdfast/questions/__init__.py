"""Question sets in versions, the forms that ask them, and the one place that counts their answers.

Not here: why somebody is asked, or what an answer leads to (audits, feedback), and how many answers make a figure
(performance). Rule: a version is never changed; a reworded question is another version, and another series.
"""
