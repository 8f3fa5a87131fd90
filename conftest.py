"""Tests, and the kernels that nbval starts for them, run in the same surroundings as the build."""

import os

from publish import environment

environment.prepare()
# Git tells a hook which repository and index a commit is made from; a test that makes a repository of its own
# would write into those.
for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
    os.environ.pop(name, None)
