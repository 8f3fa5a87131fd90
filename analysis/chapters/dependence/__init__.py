"""Asymmetric dependence: the figures of the chapter, a module a section."""
