"""Units, dates, errors, status, evidence and the panel type: what every layer may use."""
