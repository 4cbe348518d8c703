"""Work that outlives the page that asked for it (queue), and files kept under their hash (kept).

Not here: what a job does, or what a file means; the room that wants it says so. Rule: nothing queued is lost or done
twice over, and no file is ever seen half-written.
"""
