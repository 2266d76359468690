// SPDX-License-Identifier: AGPL-3.0-or-later
// On the road: what was done at a door and waits for a network is out of the way, and the next stop is open; a photograph says
// that it is taken. Without this script every stop is a fold that opens by itself.
document.addEventListener("waits", ({ target }) => {
  if (!("ends" in target.dataset)) return;
  const stop = target.closest("[data-stop]");
  if (stop.classList.contains("sent")) return;
  stop.classList.add("sent");
  stop.querySelector("details").open = false;
  const next = document.querySelector("[data-stop]:not(.sent) > details");
  if (next) next.open = true;
});

document.addEventListener("change", ({ target }) => {
  const words = target.type === "file" && target.closest("label")?.querySelector("[data-photo]");
  if (words && target.files.length) words.textContent = words.dataset.photo;
});
