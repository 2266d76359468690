# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the house is put together: settings, root addresses, the `halles` command. Imported by nobody."""
