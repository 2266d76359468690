# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every code these readers say has its sentence."""

import re
from pathlib import Path

from halles.doors.ui.refusals import SENTENCES
from halles.integrations import woocommerce

CODE = re.compile(r'"(imports\.[a-z_]+)"')


def test_every_code_of_ours_has_a_sentence() -> None:
    said = {
        code
        for file in Path(woocommerce.__file__).parent.glob("*.py")
        for code in CODE.findall(file.read_text())
    }
    assert len(said) > 10
    assert said - SENTENCES.keys() <= {"imports.quantity_negative"}  # said by `values` too
