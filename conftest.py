"""Tests, and the kernels that nbval starts for them, run in the same surroundings as the build."""

from publish import environment

environment.prepare()
