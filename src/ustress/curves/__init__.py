"""Par and zero-coupon curves, durations and forwards: arithmetic of bonds, no data, no model."""
