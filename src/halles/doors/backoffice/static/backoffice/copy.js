// SPDX-License-Identifier: AGPL-3.0-or-later
// What a field says, copied by one press; without the clipboard it is selected, ready to be copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.querySelector("span").textContent = button.dataset.done;
    } catch {
      // it is selected
    }
  });
}
