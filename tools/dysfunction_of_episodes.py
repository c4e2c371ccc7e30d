"""Print the dysfunction index measured on every dated episode's days.

python tools/dysfunction_of_episodes.py

Between `low` (what is missing is nought) and `high` (what is missing has its whole weight).
"""

from __future__ import annotations

from ustress.calibrate.episodes import load_episodes
from ustress.core.errors import CannotError
from ustress.workflows.functioning import measured_dysfunction


def main() -> None:
    print("| day | bought | S, low to high | depth | spread | wedge | funding | missing |")
    print("|---|---|---|---|---|---|---|---|")
    for episode in load_episodes():
        for day in episode.looked_at:
            print(row(day.isoformat(), "yes" if episode.fed_bought else "no"))


def row(day: str, bought: str) -> str:
    try:
        found = measured_dysfunction(day)
    except CannotError as gap:
        return f"| {day} | {bought} | cannot be computed | | | | | {gap} |"
    parts = [
        f"{found.parts[name]:.2f}" if name in found.parts else "-"
        for name in ("depth", "spread", "wedge", "funding")
    ]
    missing = "; ".join(f"{name}: {why}" for name, why in found.missing.items())
    if found.low is None or found.high is None:
        return f"| {day} | {bought} | cannot be computed | {' | '.join(parts)} | {missing} |"
    return (
        f"| {day} | {bought} | {found.low:.2f} to {found.high:.2f} | {' | '.join(parts)} | "
        f"{missing} |"
    )


if __name__ == "__main__":
    main()
