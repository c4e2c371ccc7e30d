"""Charts (declared once), tables and the brief."""
