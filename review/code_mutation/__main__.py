"""`python -m review.code_mutation`."""

import sys

from review.code_mutation import main

sys.exit(main(sys.argv[1:]))
