"""Tests of the web room: the frame, the components, home and the pages of no one room."""
