"""Endgame and sanctions: the figures of each section, a module a section."""
