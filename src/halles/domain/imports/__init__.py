# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue comes in: any table a shop may hand over, and what people type in its cells.

`sources` says what a file is; `sheets` opens tables, `bundles` a ZIP of tables and pictures, `wxr` a WordPress export;
`values` makes of a cell a price, a rate, a code… or says precisely why not.
"""
