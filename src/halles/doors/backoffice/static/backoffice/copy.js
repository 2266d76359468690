// SPDX-License-Identifier: AGPL-3.0-or-later
// What a field says, copied by one press; the page says that it is, or that it is selected and one's finger does the rest.
// Without this script the field can be selected.

self.halles ??= {};

// Some browsers forbid it, or know only the old way.
halles.copy = async (field) => {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  const said = document.querySelector("[data-said]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await halles.copy(document.getElementById(button.dataset.copy));
    said.textContent = copied ? said.dataset.done : said.dataset.selected;
  });
}
