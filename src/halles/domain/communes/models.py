# SPDX-License-Identifier: AGPL-3.0-or-later
"""Communes, their points on the map, and the postal codes that lead to them.

They belong to no market, and nobody's act changes them: they are learnt from an open file, and stay without one.
"""

from django.db import models

from halles.kernel.points import Point


class Commune(models.Model):
    """A commune of France, or an arrondissement of Paris, Lyon or Marseille, by its code at INSEE."""

    insee = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=80)
    spelled = models.BooleanField(default=False)  # with its accents, which no table in capitals takes away
    latitude = models.IntegerField(null=True)  # 1/100,000 degree
    longitude = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="communes_whole_point",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> Point | None:
        """Where it lies, where that was said."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class PostalCode(models.Model):
    """A code by which letters reach a commune, or a place of it with a name of its own: mostly a former commune."""

    code = models.CharField(max_length=5)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="postal_codes")
    locality = models.CharField(max_length=80, blank=True)
    # The name as it is looked for. Bytes: both databases put these into the same order, so that a beginning is a range.
    sought = models.BinaryField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "commune", "locality"], name="communes_code_once")
        ]
        indexes = [models.Index(fields=["sought"], name="communes_sought")]
