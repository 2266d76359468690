// SPDX-License-Identifier: AGPL-3.0-or-later
// Of which commune a postal code is: written into the town's field when there is one, offered when there are several.
// Where the town has no field to type in, it is kept in a hidden one. Without script the house finds out what it can.

const MOST = 8; // chips; typing the first letters of the town narrows them

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function chip(name, city, pressed) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const words = document.createElement("span");
  label.className = "chip";
  input.type = "radio";
  input.name = "commune";
  input.checked = pressed;
  input.addEventListener("change", () => (city.value = city.dataset.proposed = name));
  words.textContent = name;
  label.append(input, words);
  return label;
}

function offer(place, names, city) {
  const typed = city.type === "hidden" || names.includes(city.value) ? "" : plain(city.value.trim());
  const shown = names.filter((name) => plain(name).startsWith(typed));
  const few = city.type === "hidden" ? shown : shown.slice(0, MOST);
  const useful = names.length > 1 || city.type === "hidden";
  place.replaceChildren(...(useful ? few : []).map((name) => chip(name, city, name === city.value)));
  place.hidden = !useful || few.length === 0;
}

// What we proposed ourselves makes room for the next proposal; what somebody typed stays.
function propose(names, city) {
  const ours = city.value.trim() === "" || city.value === city.dataset.proposed;
  if (!ours) return;
  city.value = names.length === 1 ? names[0] : "";
  city.dataset.proposed = city.value;
}

function follow(place) {
  const code = place.closest(".field").querySelector("input");
  const city = code.form.elements.city;
  let names = [];
  let asked = "";
  const look = async () => {
    const typed = code.value.replace(/\s/g, "");
    if (typed === asked) return;
    asked = typed;
    const answer = /^\d{5}$/.test(typed) ? await fetch(place.dataset.communes.replace("00000", typed)) : null;
    const found = answer?.ok ? await answer.json() : [];
    if (asked !== typed) return;
    names = found;
    propose(names, city);
    offer(place, names, city);
  };
  code.addEventListener("input", look);
  city.addEventListener("input", () => offer(place, names, city));
  if (!city.value.trim() || city.type === "hidden") look();
  else asked = code.value.replace(/\s/g, "");
}

document.querySelectorAll("[data-communes]").forEach(follow);
