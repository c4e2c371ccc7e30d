"""Replays of dated episodes: measured flows in, model against record, what is left named.

    from ustress.calibrate.replay.run import replay

`feed` puts flows on days, `left` accounts for the ten-year's move, `result` is what a replay
shows and imports nothing that simulates.
"""
