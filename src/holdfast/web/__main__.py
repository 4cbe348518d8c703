"""`python -m holdfast.web` is the command line, where the `holdfast` command is not installed."""

from holdfast.web.cli import main

if __name__ == "__main__":
    main()
