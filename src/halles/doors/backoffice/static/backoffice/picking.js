// SPDX-License-Identifier: AGPL-3.0-or-later
// The picking list is as others left it, unless somebody reads in a fold; on paper all folds are open.
{
  const EVERY = 20_000;
  setInterval(() => {
    const list = document.getElementById("liste");
    if (!document.hidden && !list.querySelector("details[open]")) htmx.trigger(list, "refresh");
  }, EVERY);
  addEventListener("beforeprint", () => {
    document.querySelectorAll("#liste details").forEach((fold) => (fold.open = true));
  });
  const print = document.querySelector("[data-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
