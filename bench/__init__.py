"""Speed and memory, as ratios within one run. Never part of the tests; `./run bench` runs all of it."""
