"""The command line's commands, a file for each noun. Thin: parse arguments, call one service or selector, print.

Rule: Django and the analytical libraries are imported inside a command, so that `holdfast --help` answers at once.
"""
