"""The library as a whole: everything is named once, described, and there."""

import pytest

from simulation import statistics


def test_every_name_of_the_page_is_there_and_every_function_is_on_the_page():
    named = {line.split()[0] for line in statistics.__doc__.splitlines() if line.startswith("    ")}
    assert named == set(statistics.__all__)
    for name in statistics.__all__:
        function = getattr(statistics, name)
        assert callable(function) and function.__name__ == name and function.__doc__.startswith("Return ")


def test_a_name_that_is_not_there_is_refused_by_name():
    with pytest.raises(AttributeError, match="geary"):
        statistics.geary  # noqa: B018
