// SPDX-License-Identifier: AGPL-3.0-or-later
// A page that is made to be printed. Without this script the browser's own menu does it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
