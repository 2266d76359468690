# SPDX-License-Identifier: AGPL-3.0-or-later
"""A supplier's or one's own table, with French or English headers or none; and the table that we export ourselves.

`headers` says what names of columns mean, `layout` how a whole table is read, `lines` what its cells are, `articles` makes
drafts of rows; `proposals` guesses at a table without header, for a person to say yes to. `writer` writes our own table, with
`photos` beside it.
"""

from halles.domain.imports.spreadsheet.headers import OUR_COLUMNS, OUR_MARK
from halles.domain.imports.spreadsheet.proposals import propose
from halles.domain.imports.spreadsheet.reader import READER
from halles.domain.imports.spreadsheet.writer import WRITER

__all__ = ["OUR_COLUMNS", "OUR_MARK", "READER", "WRITER", "propose"]
