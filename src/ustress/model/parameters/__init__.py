"""The model's parameters as data: value, unit, range, source and level of evidence of each.

from ustress.model.parameters import load_parameters
load_parameters().value("lam0_bp_per_100bn")
"""

from ustress.model.parameters.table import ParameterInfo, ParameterTable, load_parameters

__all__ = ["ParameterInfo", "ParameterTable", "load_parameters"]
