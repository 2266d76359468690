# SPDX-License-Identifier: AGPL-3.0-or-later
"""WooCommerce: what its exporters write is read, what its importer reads is written.

`columns` finds what each column of its CSV is, `export_file` and `wxr_file` make of a row or an item an `Entry`,
`articles` makes drafts of entries; `export_writer` goes the other way.
"""
