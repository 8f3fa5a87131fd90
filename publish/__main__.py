"""The command line: python -m publish COMMAND; publish/build.py lists them."""

import sys

from publish import environment

if __name__ == "__main__":
    environment.enter("publish", sys.argv[1:])
    from publish import build

    sys.exit(build.main(sys.argv[1:]))
