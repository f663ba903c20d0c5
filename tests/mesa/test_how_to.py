"""The page for Mesa users does what it says: its code blocks run, in order, as one program."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use_it_as_a_mesa_model.md"


@pytest.mark.filterwarnings("error::PendingDeprecationWarning")
def test_the_code_of_the_page_runs():
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)
    names = {"__name__": "page"}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    assert len(blocks) >= 8 and names["model"].tick == names["model"].params.steps
