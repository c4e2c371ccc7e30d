"""Sets up `.venv` from the pinned, hashed constraints; needs Python 3.11 or later, nothing else.

Usage: python3 tools/bootstrap.py run|check
`run` installs what the program needs, `check` adds what the checks need. Doing it twice costs
nothing: a stamp of the constraints' hash says what is already there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def main(level: str) -> int:
    """Make the environment for `level` and return the exit code."""
    if level not in ("run", "check"):
        return _fail(f"unknown level '{level}'; expected run or check")
    if sys.version_info < OLDEST:
        return _again_with_newer(level)
    constraints = ROOT / "constraints" / f"{level}.txt"
    stamp = VENV / f"{level}.stamp"
    wanted = hashlib.sha256(constraints.read_bytes()).hexdigest() + f" {ROOT}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return 0
    if not PYTHON.is_file() and not _make_venv():
        return _fail(
            "could not make a virtual environment; install the packages python3-venv and "
            "python3-pip and run make again"
        )
    total = sum(1 for line in constraints.read_text().splitlines() if "==" in line)
    if not _install(["--require-hashes", "--no-deps", "-r", str(constraints)], total):
        return _fail("installing the pinned packages failed; the lines above say why")
    if not _install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)], 1):
        return _fail("installing ustress itself failed; the lines above say why")
    stamp.write_text(wanted)
    return 0


def _again_with_newer(level: str) -> int:
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            return subprocess.call([found, __file__, level])
    return _fail(
        f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}"
    )


def _make_venv() -> bool:
    """Make the environment; Debian splits venv and pip from Python, so fall back step by step."""
    _say("making .venv")
    if _quiet([sys.executable, "-m", "venv", str(VENV)]):
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    if _quiet([sys.executable, "-m", "pip", "--version"]):
        return _quiet([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    _say("Python came without venv and pip: installing python3-venv")
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get"):
        return False
    _quiet([*become, "apt-get", "update"])
    _quiet([*become, "apt-get", "install", "-y", "python3-venv", "python3-pip"])
    return _quiet([sys.executable, "-m", "venv", str(VENV)])


def _pip() -> list[str]:
    if _quiet([str(PYTHON), "-m", "pip", "--version"]):
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def _install(arguments: list[str], total: int) -> bool:
    """Run pip and turn its lines into one progress line; show them all if it fails."""
    command = [*_pip(), "install", "--progress-bar", "off", *arguments]
    lines: list[str] = []
    seen = 0
    _say(f"fetching {total} packages" if total > 1 else "installing ustress")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith(("Collecting ", "Requirement already", "Obtaining ")):
                seen += 1
                _say(
                    f"fetching {min(seen, total)} of {total}: {line.split()[1].split('=')[0]}", True
                )
            elif line.startswith("Installing collected") and total > 1:
                _say(f"installing {seen} packages (half a minute)")
    if process.returncode:
        sys.stderr.write("".join(lines[-30:]))
    return process.returncode == 0


def _quiet(command: list[str]) -> bool:
    try:
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _say(text: str, passing: bool = False) -> None:
    """One line of progress; `passing` lines overwrite each other on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[2Kset-up: {text}" + ("" if passing else "\n"))
    elif not passing:
        sys.stderr.write(f"set-up: {text}\n")
    sys.stderr.flush()


def _fail(text: str) -> int:
    sys.stderr.write(f"set-up: {text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
