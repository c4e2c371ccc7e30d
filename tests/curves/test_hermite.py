import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from ustress.curves.hermite import hermite, hermite_derivative, monotone_slopes

values = st.lists(st.floats(-5.0, 20.0), min_size=3, max_size=12)


@given(values)
def test_agrees_with_scipy_by_a_second_route(ys: list[float]) -> None:
    """Second route: scipy's PCHIP is the same interpolant, value and first derivative."""
    y = np.round(np.array(ys), 6)
    x = np.cumsum(np.linspace(0.2, 3.0, y.size))
    other = PchipInterpolator(x, y)
    at = np.linspace(x[0], x[-1], 101)
    slopes = monotone_slopes(x, y)
    np.testing.assert_allclose(hermite(x, y, slopes, at), other(at), atol=1e-9)
    np.testing.assert_allclose(hermite_derivative(x, y, slopes, at), other(at, 1), atol=1e-7)


@given(values)
def test_never_leaves_the_range_of_its_neighbours(ys: list[float]) -> None:
    """Property: no overshoot between two points, and the points themselves are met exactly."""
    y = np.array(ys)
    x = np.arange(y.size, dtype=np.float64)
    slopes = monotone_slopes(x, y)
    for i in range(y.size - 1):
        inside = hermite(x, y, slopes, np.linspace(i, i + 1, 21))
        assert inside.min() >= min(y[i], y[i + 1]) - 1e-9
        assert inside.max() <= max(y[i], y[i + 1]) + 1e-9
    assert hermite(x, y, slopes, x).tolist() == y.tolist()


def test_two_points_give_their_chord() -> None:
    """Analytic limit: with two knots the interpolant is a straight line."""
    x, y = np.array([1.0, 3.0]), np.array([2.0, 6.0])
    np.testing.assert_allclose(hermite(x, y, monotone_slopes(x, y), [1.5, 2.0]), [3.0, 4.0])
