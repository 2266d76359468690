# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where an address lies, from a service that speaks as the French address base does (`HALLES_GEOCODER`)."""
