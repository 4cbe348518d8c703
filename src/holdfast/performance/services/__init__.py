"""Every write of the performance room, and the slow work that ends in one.

By noun: returns, published figures, releases, what was decided. `submit_return` and `ingest_now` (intake) and
`calculate_release` (calculation) read or calculate first, outside any transaction, then call the one service that
writes what happened.
"""
