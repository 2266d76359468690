// SPDX-License-Identifier: AGPL-3.0-or-later
// What every page does beyond HTML. Everything here is a comfort: pages work without it.

// Steppers: − and + beside a number input. The input tells others by its `change` event.
function decimals(text) {
  return (String(text).split(".")[1] || "").length;
}

function press(button) {
  const input = button.closest("[data-stepper]").querySelector("input");
  const step = Number(input.step) || 1;
  const least = input.min === "" ? -Infinity : Number(input.min);
  const most = input.max === "" ? Infinity : Number(input.max);
  const wanted = (Number(input.value) || 0) + Number(button.dataset.step) * step;
  const value = Math.min(most, Math.max(least, wanted)).toFixed(Math.max(decimals(input.step), decimals(input.min)));
  if (value === input.value) return;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  announce(`${input.getAttribute("aria-label") || ""} ${value}`.trim());
}

// Said aloud by screen readers; for what changes without the page being loaded again.
function announce(words) {
  document.getElementById("annonces").textContent = words;
}

// The basket's count comes from a cookie, so that the page itself is the same for everybody.
function countBasket() {
  const place = document.querySelector("[data-count]");
  const found = document.cookie.match(/(?:^|; )panier_n=(\d{1,3})(?:;|$)/);
  if (!place) return;
  const number = found ? Number(found[1]) : 0;
  place.hidden = number === 0;
  place.textContent = number;
  place.setAttribute("aria-label", `${number} ${number > 1 ? place.dataset.many : place.dataset.one}`);
}

// A photograph just taken is shown before it is sent.
function showPhoto(input) {
  const label = input.closest("[data-photo]");
  label.querySelectorAll("img").forEach((image) => image.remove());
  for (const file of input.files) {
    const image = new Image();
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.onload = () => URL.revokeObjectURL(image.src);
    label.prepend(image);
  }
  label.classList.toggle("taken", input.files.length > 0);
}

// The chosen day stays in sight: the strip, not the page, moves, and at once, for those who want no motion.
function showChosen(root) {
  root.querySelectorAll(".days :checked").forEach((input) => {
    const chip = input.closest(".chip");
    const strip = chip.closest(".days");
    strip.scrollLeft = chip.offsetLeft - strip.offsetLeft - (strip.clientWidth - chip.offsetWidth) / 2;
  });
}

function prepare(root) {
  showChosen(root);
  root.querySelectorAll("[data-step], [data-close]").forEach((button) => (button.hidden = false));
}

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  const close = event.target.closest("[data-close]");
  if (step) press(step);
  if (close) close.closest("[data-toast]").remove();
});

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-photo]")) showPhoto(event.target);
  // A form of filters answers at once; its button stays for those without script.
  if (event.target.form?.hasAttribute("data-live")) event.target.form.requestSubmit();
});

document.addEventListener("htmx:load", (event) => {
  prepare(event.detail.elt);
  countBasket();
});
window.addEventListener("pageshow", countBasket);
prepare(document);
countBasket();
