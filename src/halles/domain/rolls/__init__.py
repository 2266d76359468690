# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many photographs handed over at once, which find their articles by what their files are called.

A roll is what was handed over, a shot one photograph of it. `rules` reads names, `finding` holds them against a shop's articles,
`kept` has the files; preparing a photograph is the catalogue's (`catalogue.pictures`).
"""
