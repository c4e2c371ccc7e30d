"""Replays of dated episodes: measured flows in, model against record, what is left named."""

from ustress.calibrate.replay.feed import fed
from ustress.calibrate.replay.left import Left, left_over
from ustress.calibrate.replay.result import DayCompared, FlowFed, Replayed
from ustress.calibrate.replay.run import replay

__all__ = ["DayCompared", "FlowFed", "Left", "Replayed", "fed", "left_over", "replay"]
