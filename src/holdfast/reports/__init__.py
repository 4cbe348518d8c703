"""Packs for each audience, frozen as editions with the release they came from.

Not here: the figures (performance) or positions (notice). Rule: an edition never changes; made again from its
own frozen document it is the same bytes.
"""
