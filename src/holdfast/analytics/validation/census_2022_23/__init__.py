"""The census of 2022/23: the whole set that later years change. A file for each module of the census."""
