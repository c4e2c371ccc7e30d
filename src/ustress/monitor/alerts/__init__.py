"""Rules a reader declares in a file, evaluated on a snapshot: which fire, which cannot be told."""

from ustress.monitor.alerts.evaluate import evaluate
from ustress.monitor.alerts.language import load_alerts, parse_alerts
from ustress.monitor.alerts.rule import Alarm, Rule, State

__all__ = ["Alarm", "Rule", "State", "evaluate", "load_alerts", "parse_alerts"]
