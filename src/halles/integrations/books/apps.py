# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """Label for ever: `via_books` (ADR-0001)."""

    name = "halles.integrations.books"
    label = "via_books"

    def ready(self) -> None:
        """Lists of books can be read."""
        from halles.domain.tradeitems.ports import register
        from halles.integrations.books.list_file import SOURCE

        register(SOURCE)
