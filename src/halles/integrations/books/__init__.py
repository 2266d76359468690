# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of books, as libraries, wholesalers and databases give them: a table with ISBN, title and author."""
