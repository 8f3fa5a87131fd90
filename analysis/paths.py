"""The one place that knows where the project's files are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
TEMPLATES = ROOT / "analysis" / "templates"
