"""Make .venv from requirements.txt. Runs on any Python 3 with nothing installed; started by make.

So that an old Python can say that it is too old, nothing newer than Python 3.5 is used here.

The stamp holds the digest of what was installed, so nothing happens as long as the lock file and
pyproject.toml stay as they are.
"""

import hashlib
import os
import subprocess
import sys
from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(FOLDER, "bin", "python")
OLDEST = (3, 11)
WHEELS = os.path.join(ROOT, "wheels")
STAMP = os.path.join(FOLDER, "installed.sha256")


def fail(message: str) -> NoReturn:
    sys.exit("set-up: " + message)


def run(what: str, *command: str) -> None:
    print("set-up: " + what, flush=True)
    if subprocess.call(command, cwd=ROOT) != 0:
        fail("this step failed; what it said stands above")


def wanted(root: str = ROOT) -> str:
    """Digest of everything that decides what .venv holds."""
    total = hashlib.sha256()
    for name in ("requirements.txt", "pyproject.toml"):
        with open(os.path.join(root, name), "rb") as file:
            total.update(file.read() + b"\0")
    return total.hexdigest()


def installed() -> str:
    """Digest of what .venv was made from; empty when it is not finished."""
    try:
        with open(STAMP) as file:
            return file.read().strip()
    except OSError:
        return ""


def main() -> None:
    version = "{}.{}.{}".format(*sys.version_info)
    if sys.version_info[:2] < OLDEST:
        fail(
            "Python {}.{} or newer is needed and this is {}; ".format(*OLDEST, version)
            + "install it, or name it: make PYTHON=/path/to/python3.11"
        )
    if os.path.islink(FOLDER):
        # Several work trees share one environment; it belongs to whoever made it.
        if not os.path.exists(PYTHON):
            fail(".venv is a link to an environment that is not there; remove the link or make what it points to")
        return
    digest = wanted()
    if os.path.exists(PYTHON) and installed() == digest:
        return
    if not os.path.exists(PYTHON):
        try:
            import ensurepip  # noqa: F401  (Debian leaves it out of python3 itself)
        except ImportError:
            fail("this Python cannot make virtual environments; install its venv package (Debian: python3-venv)")
        run("making .venv with Python " + version, sys.executable, "-m", "venv", FOLDER)
    pip = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]
    if os.path.isdir(WHEELS):  # an archive that carries its packages needs no network
        pip += ["--no-index", "--find-links", WHEELS]
    run(
        "installing what requirements.txt pins, every file checked by its hash (one to three minutes)",
        *pip, "--require-hashes", "-r", "requirements.txt",
    )
    run("installing the project itself, editable", *pip, "--no-deps", "--no-build-isolation", "-e", ".")
    with open(STAMP, "w") as file:
        file.write(digest + "\n")
    print("set-up: done", flush=True)


if __name__ == "__main__":
    main()
