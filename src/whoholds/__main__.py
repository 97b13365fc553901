"""`python -m whoholds` is the command `whoholds`."""

import sys

from whoholds.cli import main

if __name__ == "__main__":
    sys.exit(main())
