// SPDX-License-Identifier: AGPL-3.0-or-later
// Photographs are sent one at a time, with how far it is; after an interruption only those that are missing. Without this script
// the form sends them all at once.

const form = document.querySelector("form[data-roll]");
const input = form.querySelector("input[type=file]");
const words = form.querySelector("[data-words]");
const bar = form.querySelector("[data-progress]");
const button = form.querySelector("button");
const WAITS = [1, 2, 4, 8, 16]; // seconds between tries
const sent = JSON.parse(document.getElementById("sent")?.textContent || "[]").map(([name, size]) => key(name, size));
let chosen = [];
let address = form.dataset.address;

function key(name, size) {
  return `${size} ${name.normalize("NFC").split(/\s+/).join(" ").trim()}`;
}

function choose(files) {
  chosen = [...files];
  const megabytes = Math.ceil(chosen.reduce((sum, file) => sum + file.size, 0) / 1e6);
  words.textContent = chosen.length ? `${form.dataset.chosen} ${chosen.length} (${megabytes} Mo)` : "";
}

// What was dropped, with all that is in folders.
async function filesOf(entry) {
  if (entry instanceof File) return [entry]; // of a browser that knows no folders
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) found.push(...(await filesOf(one)));
  }
}

async function drop(event) {
  event.preventDefault();
  form.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.() || item.getAsFile());
  const found = [];
  for (const entry of entries.filter(Boolean)) found.push(...(await filesOf(entry)));
  choose(found.filter((file) => !file.name.startsWith(".")));
  input.required = chosen.length === 0;
}

// A request that the network may lose is made again; what the house says is final.
async function ask(url, fields) {
  for (let tries = 0; ; tries++) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, value] of fields) body.append(name, value);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
      if (answer.ok) return answer.json();
      const said = answer.status === 409 ? await answer.json() : {};
      if (answer.status < 500) throw new Refusal(said.problem || form.dataset.stopped);
    } catch (error) {
      if (error instanceof Refusal) throw error;
    }
    if (tries === WAITS.length) throw new Refusal(form.dataset.stopped);
    words.textContent = form.dataset.waiting;
    await new Promise((done) => setTimeout(done, 1000 * WAITS[tries]));
  }
}

class Refusal extends Error {}

async function send() {
  if (!address) {
    ({ address } = await ask(form.dataset.begin, []));
    history.replaceState(null, "", address); // loaded again, the page knows what has come
  }
  const known = [...sent];
  const missing = chosen.filter((file) => {
    const place = known.indexOf(key(file.name, file.size));
    if (place >= 0) known.splice(place, 1);
    return place < 0;
  });
  bar.hidden = false;
  bar.max = chosen.length;
  let done = chosen.length - missing.length;
  for (const file of missing) {
    bar.value = done;
    words.textContent = `${form.dataset.sending} : ${done} / ${chosen.length}`;
    await ask(`${address}/envoyer`, [["photos", file]]);
    sent.push(key(file.name, file.size));
    done += 1;
  }
  bar.value = done;
  form.action = `${address}/regarder`;
  input.disabled = true; // its files have gone
  form.submit();
}

input.addEventListener("change", () => choose(input.files));
form.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", drop);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!chosen.length || button.disabled) return;
  button.disabled = true;
  send().catch((error) => {
    words.textContent = error.message;
    bar.hidden = true;
    button.disabled = false;
  });
});
choose(input.files); // a browser may keep them when one comes back
