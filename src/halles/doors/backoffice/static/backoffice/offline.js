// SPDX-License-Identifier: AGPL-3.0-or-later
// Acts of « Ma boutique » (forms with `data-act`) go through the device's queue: with a network at once, without one
// later. The page says what waits, what was not done, and how old what it shows is. Without this script the forms
// are sent as forms are.
{
  const place = document.getElementById("attente");
  const words = place.dataset;
  const part = (name) => place.querySelector(`[data-${name}]`);
  const able = isSecureContext && "locks" in navigator && "timeout" in AbortSignal && "BroadcastChannel" in self;
  const queue = able && halles.queue("gestion", words.visit);
  const PATIENCE = 3000; // for an answer, before one may go on
  const EVERY = 20_000;
  const PAUSE = 2000;
  const keptAt = Number(document.body.dataset.kept) || 0;
  let seenAt = keptAt || performance.timeOrigin;
  let pausing = 0;
  let isCut = Boolean(keptAt) || !navigator.onLine;

  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  function moment(at) {
    const when = new Date(at);
    const language = document.documentElement.lang;
    const minutes = String(when.getMinutes()).padStart(2, "0");
    const time = language === "fr" ? `${when.getHours()}\u00a0h\u00a0${minutes}` : `${when.getHours()}:${minutes}`;
    const isToday = when.toDateString() === new Date().toDateString();
    return isToday ? time : `${when.toLocaleDateString(language, { weekday: "long", day: "numeric" })}, ${time}`;
  }

  // -- what the page shows of it

  function row(act, said) {
    const item = document.createElement("li");
    item.append(act.words, ` · ${moment(act.at)}`);
    if (said === undefined) return item;
    const told = document.createElement("p");
    told.textContent = said || words.unsaid;
    const link = document.createElement("a");
    Object.assign(link, { href: act.page, textContent: words.look });
    const away = document.createElement("button");
    Object.assign(away, { type: "button", className: "button quiet", textContent: words.seen });
    away.setAttribute("aria-label", `${words.seen} : ${act.words}`);
    away.onclick = () => queue.forget(act.id);
    const line = document.createElement("p");
    line.className = "line";
    line.append(link, away);
    item.append(told, line);
    return item;
  }

  async function show() {
    const acts = able ? await queue.list(words.account) : [];
    const waiting = acts.filter((act) => act.said === undefined);
    const told = acts.filter((act) => act.said !== undefined);
    part("age").hidden = !isCut;
    part("time").textContent = moment(seenAt);
    part("waiting").hidden = waiting.length === 0;
    part("number").textContent = `${waiting.length} ${waiting.length > 1 ? words.many : words.one}`;
    part("list").replaceChildren(...waiting.map((act) => row(act)));
    part("told").hidden = told.length === 0;
    part("told-list").replaceChildren(...told.map((act) => row(act, act.said)));
    place.hidden = !isCut && acts.length === 0;
    waiting.forEach(mark);
    return waiting;
  }

  // A form whose act waits looks like it.
  function mark(act) {
    const form = document.querySelector(`form[data-act="${CSS.escape(act.form)}"]`);
    if (!form || act.shop !== words.shop) return;
    if (form.elements.fait) toggle(form, act.fields.some(([name, value]) => name === "fait" && value === "1"));
    else form.querySelectorAll("button").forEach((button) => pause(button));
    form.dispatchEvent(new CustomEvent("waits", { bubbles: true }));
  }

  function pause(button) {
    button.disabled = true;
    button.textContent = words.paused;
  }

  function toggle(form, isTaken) {
    form.elements.fait.value = isTaken ? "0" : "1";
    form.querySelector("button").setAttribute("aria-pressed", isTaken);
    form.closest("li").classList.toggle("picked", isTaken);
    const count = document.querySelector("[data-picked]");
    count.textContent = document.querySelectorAll("li.picked").length;
  }

  function cut(isSo) {
    isCut = isSo;
    if (!isSo) seenAt = Date.now();
    show();
  }

  // -- doing

  async function act(form) {
    const isTold = ([name, value]) => name !== "csrfmiddlewaretoken" && name !== "key" && value.size !== 0;
    const fields = [...new FormData(form)].filter(isTold); // no photograph is one of no bytes
    const isTick = Boolean(form.elements.fait);
    const isTaken = isTick && form.elements.fait.value === "1";
    const said = {
      form: form.dataset.act,
      account: words.account,
      shop: words.shop,
      address: new URL(form.action).pathname,
      fields,
      words: isTick && !isTaken ? form.dataset.undone : form.dataset.words,
      page: form.dataset.page || location.pathname + location.search,
    };
    const button = form.querySelector("button");
    if (isTick) toggle(form, isTaken);
    else button.disabled = true; // pressed once
    let id;
    try {
      id = await queue.add(said);
    } catch {
      if (isTick) toggle(form, !isTaken);
      form.submit(); // nothing can be kept in this window
      return;
    }
    const sent = send(isTick ? 0 : id);
    if (isTick) {
      if ((await sent).answers.size) soon();
      return;
    }
    const result = await Promise.race([sent, wait(PATIENCE)]);
    const answer = result?.answers.get(id);
    if (!answer) {
      pause(button);
      await show();
      document.getElementById("annonces").textContent = part("number").textContent;
      if ((await sent).answers.has(id)) refresh(); // slow, but it went
      return;
    }
    if (!answer.done && answer.address) await queue.forget(id); // the page that follows says it
    location.assign(answer.address || location.href);
  }

  async function send(follows = 0) {
    const result = await queue.send({ account: words.account, token: token() }, follows);
    part("signed-out").hidden = result.stopped !== "signed out";
    if (result.stopped === "network") later();
    if (result.stopped || result.answers.size) isCut = result.stopped === "network";
    await show();
    return result;
  }

  // Send what waited, here or by the service worker meanwhile: what is shown may be another by then.
  async function sendLate() {
    const before = await show();
    if (before.length) await send();
    const left = before.length ? await show() : before;
    if (left.length < before.length || isCut) await lookAgain();
  }

  // What is shown is old: anew, if there is a network again.
  async function lookAgain() {
    const isLive = document.querySelector("[data-live-part]");
    const asked = isLive || fetch(words.visit, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!(await asked)) return;
    refresh();
    if (!isLive) cut(Boolean(keptAt)); // else the page says so when it has come
  }

  function refresh() {
    const live = document.querySelector("[data-live-part]");
    const isTyping = document.activeElement.matches("input, textarea, select");
    if (live) htmx.trigger(live, "refresh");
    else if (!isTyping && (keptAt || document.querySelector("form[data-act] button:disabled"))) location.reload();
  }

  // Once the walk pauses: a list that is drawn anew under a thumb loses its press.
  function soon() {
    clearTimeout(pausing);
    pausing = setTimeout(refresh, PAUSE);
  }

  // Where browsers can, what waits is sent even when the page is closed.
  function later() {
    navigator.serviceWorker?.ready.then((device) => device.sync?.register("gestion")).catch(() => {});
  }

  // -- listening

  if (able) {
    document.addEventListener("submit", (event) => {
      if (!event.target.dataset.act) return;
      event.preventDefault();
      act(event.target);
    });
    part("send").addEventListener("click", sendLate);
    queue.onChange(show);
    addEventListener("online", () => sendLate());
    document.addEventListener("visibilitychange", () => document.hidden || sendLate());
    setInterval(() => document.hidden || sendLate(), EVERY);
    sendLate();
  }
  addEventListener("offline", () => cut(true));
  document.addEventListener("htmx:sendError", () => cut(true));
  // Only what was drawn anew is of now: the bell asks by itself, and says nothing of what the page shows.
  document.addEventListener("htmx:afterSettle", (event) => event.target.matches("[data-live-part]") && cut(false));
  if (!able) show();

  // This page, and those it names, for where there is no network.
  const ahead = [location.href.split("#")[0], ...[...document.querySelectorAll("a[data-keep]")].map((link) => link.href)];
  if (!isCut && !navigator.connection?.saveData) {
    navigator.serviceWorker?.ready.then((device) => device.active.postMessage({ ahead: [...new Set(ahead)] }));
  }
}
