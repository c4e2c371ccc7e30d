"""Indicators, records and the composite over a panel, gathered in a frozen snapshot."""
