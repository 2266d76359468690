# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Comment faire »: what a merchant reads in two minutes about each screen.

A topic is a short Markdown file in each language (`fr/peser.md`, `en/peser.md`), read on a screen and on a code forge
alike. **Bold** is a label exactly as a screen of ours says it; what another program says stands in italics.
"""
