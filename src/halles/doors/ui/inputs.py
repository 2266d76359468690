# SPDX-License-Identifier: AGPL-3.0-or-later
"""What forms are made of, written in Python as cards are (ADR-0010): a select of fifty choices is fifty templates else."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halles.doors.ui import drawings
from halles.doors.ui.markup import NOTHING, markup

Widget = Mapping[str, Any]
STEPPER = (
    '<span class="stepper" data-stepper>'
    '<button type="button" data-step="-1" hidden aria-label="{}">{}</button>{}{}'
    '<button type="button" data-step="1" hidden aria-label="{}">{}</button></span>'
)


def plain(widget: Widget) -> SafeString:
    """An input that is nothing but its attributes."""
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return _tag("input", {"type": widget["type"], "name": widget["name"]} | value | widget["attrs"])


def select(widget: Widget) -> SafeString:
    """One of many, in a list that opens."""
    written = []
    for group, options, _index in widget["optgroups"]:
        some = SafeString("".join(_option(option) for option in options))
        written.append(markup('<optgroup label="{}">{}</optgroup>', group, some) if group else some)
    opened = _tag("select", {"name": widget["name"]} | widget["attrs"])
    return SafeString(f"{opened}{''.join(written)}</select>")


def _option(option: Widget) -> SafeString:
    return markup(
        "{}{}</option>", _tag("option", {"value": option["value"]} | option["attrs"]), option["label"]
    )


def chips(widget: Widget) -> SafeString:
    """A few, each to be pressed."""
    pressed = SafeString(
        "".join(
            markup('<label class="chip">{}<span>{}</span></label>', plain(option), option["label"])
            for _group, options, _index in widget["optgroups"]
            for option in options
        )
    )
    name = widget["attrs"].get("id")
    return markup('<div class="chips"{}>{}</div>', markup(' id="{}"', name) if name else NOTHING, pressed)


def stepper(widget: Widget) -> SafeString:
    """− 1 +."""
    unit = markup('<span class="unit">{}</span>', widget["unit"]) if widget["unit"] else NOTHING
    less, more = drawings.icon("minus", 20, ""), drawings.icon("plus", 20, "")
    return markup(STEPPER, _("Moins"), less, plain(widget), unit, _("Plus"), more)


def field(bound: BoundField) -> SafeString:
    """Label above, help below, the error in words under the input."""
    form = '<div class="field{}{}">{}{}{}{}</div>'
    typed = SafeString(str(bound))
    wrong = " wrong" if bound.errors else ""
    end = NOTHING
    if bound.use_fieldset:
        by = bound.aria_describedby
        described = markup(' aria-describedby="{}"', by) if by else NOTHING
        head = markup("<fieldset{}><legend>{} {}</legend>{}", described, bound.label, _optional(bound), typed)
        end = SafeString("</fieldset>")
    elif bound.widget_type == "checkbox":
        head = markup('<label for="{}">{}<span>{}</span></label>', bound.id_for_label, typed, bound.label)
        return markup(form, wrong, " tick", head, _error(bound), _help(bound), end)
    else:
        head = markup(
            '<label for="{}">{} {}</label>{}', bound.id_for_label, bound.label, _optional(bound), typed
        )
    return markup(form, wrong, "", head, _error(bound), _help(bound), end)


def _optional(bound: BoundField) -> SafeString:
    if bound.field.required:
        return NOTHING
    return markup('<span class="optional">{}</span>', _("facultatif"))


def _error(bound: BoundField) -> SafeString:
    if not bound.errors:
        return NOTHING
    said = " ".join(str(error) for error in bound.errors)
    icon = drawings.icon("circle-alert", 20, "")
    return markup('<p class="error" id="{}_error">{} <span>{}</span></p>', bound.auto_id, icon, said)


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return NOTHING
    return markup('<p class="help" id="{}_helptext">{}</p>', bound.auto_id, bound.help_text)


def _tag(name: str, attributes: Widget) -> SafeString:
    said = [(key, value) for key, value in attributes.items() if value is not False]
    written = "".join(f" {key}" if value is True else markup(' {}="{}"', key, value) for key, value in said)
    return SafeString(f"<{name}{written}>")


INPUTS: Mapping[str, Callable[[Widget], SafeString]] = {
    **{
        f"django/forms/widgets/{kind}.html": plain
        for kind in ("text", "email", "tel", "number", "hidden", "url", "checkbox", "date", "time")
    },
    "django/forms/widgets/select.html": select,
    "ui/widgets/chips.html": chips,
    "ui/widgets/stepper.html": stepper,
}
