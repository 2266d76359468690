// SPDX-License-Identifier: AGPL-3.0-or-later
// The communes a shop delivers to, as chips: one searches by name or code and adds by one press. They are the lines of
// the text area that is sent, and that people without a script write themselves.

const WAIT = 200; // milliseconds after the last letter

function button(words, press) {
  const item = document.createElement("li");
  const made = document.createElement("button");
  const said = document.createElement("span");
  made.type = "button";
  made.className = "chip";
  said.textContent = words;
  made.append(said);
  made.addEventListener("click", press);
  item.append(made);
  return item;
}

function enhance(place) {
  const area = place.querySelector("textarea");
  const [pick, chosen, search, found] = ["pick", "chosen", "search", "found"].map((name) =>
    place.querySelector(`[data-${name}]`),
  );
  const cross = place.querySelector("template").content;
  const field = place.closest(".field");
  const lines = () => area.value.split(/[\n,;]/).map((line) => line.trim()).filter(Boolean);
  let timer = 0;
  let asked = "";

  const show = (now) => {
    area.value = now.join("\n");
    chosen.replaceChildren(
      ...now.map((line) => {
        const item = button(line, () => {
          show(lines().filter((other) => other !== line));
          search.focus();
        });
        item.firstChild.setAttribute("aria-label", `${chosen.dataset.remove} ${line}`);
        item.querySelector("span").append(cross.cloneNode(true));
        return item;
      }),
    );
    chosen.hidden = now.length === 0;
  };
  const add = (line) => {
    show([...new Set([...lines(), line])]);
    found.replaceChildren();
    search.value = asked = "";
    search.focus();
  };
  const look = async () => {
    const typed = search.value.trim();
    if (typed === asked) return;
    asked = typed;
    const answer = typed.length > 1 ? await fetch(`${place.dataset.zones}?q=${encodeURIComponent(typed)}`) : null;
    const offers = answer?.ok ? await answer.json() : [];
    if (asked === typed) found.replaceChildren(...offers.map(({ line, words }) => button(words, () => add(line))));
  };

  search.id = `${area.id}_search`;
  field?.querySelector("label")?.setAttribute("for", search.id);
  const described = area.getAttribute("aria-describedby");
  if (described) search.setAttribute("aria-describedby", described);
  const help = field?.querySelector(".help");
  if (help) help.hidden = true;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  search.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    await look();
    found.querySelector("button")?.click();
  });
  // What was typed and not chosen is sent as it stands: the house says whether it can be meant.
  area.form.addEventListener("submit", () => {
    if (search.value.trim()) area.value = [...lines(), search.value.trim()].join("\n");
  });
  area.hidden = true;
  pick.hidden = false;
  show(lines());
}

document.querySelectorAll("[data-zones]").forEach(enhance);
