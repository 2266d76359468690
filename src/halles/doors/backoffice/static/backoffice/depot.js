// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of a depot is printed, its link is copied. Without this script the browser's own menu does both.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      if (!document.execCommand("copy")) return; // it is selected: one's finger does the rest
    }
    button.querySelector("span").textContent = button.dataset.done;
  });
}
