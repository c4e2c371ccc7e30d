"""Reading a reader's own file by a mapping: CSV, Parquet or Excel to observations or bars."""
