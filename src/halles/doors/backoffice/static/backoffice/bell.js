// SPDX-License-Identifier: AGPL-3.0-or-later
// The bell's page: whether this device rings, how it can, and a ring to try it. Permission is asked by a press alone.
const PATIENCE = 20000; // milliseconds for a ring to come by way of the maker's service

const root = document.getElementById("sonnette");
let waiting;

function show(state) {
  root.querySelectorAll("[data-when]").forEach((part) => (part.hidden = part.dataset.when !== state));
}

function say(what) {
  root.querySelectorAll("[data-say]").forEach((part) => (part.hidden = part.dataset.say !== what));
}

function canRing() {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

// iPads say that they are Macs; no Mac has a screen that is touched.
function isApple() {
  return /iPad|iPhone|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
}

function isApplication() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

async function subscribed() {
  const registration = await navigator.serviceWorker.ready;
  return registration.pushManager.getSubscription();
}

// The server knows a browser by the digest of its address.
async function row(subscription) {
  if (!subscription) return null;
  const octets = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  const digest = [...new Uint8Array(octets)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
  return root.querySelector(`[data-device="${digest}"]`);
}

async function look() {
  if (!window.isSecureContext) return show("insecure");
  if (!canRing()) return show(isApple() && !isApplication() ? "home" : "unsupported");
  if (Notification.permission === "denied") return show("denied");
  const mine = Notification.permission === "granted" && (await row(await subscribed()));
  if (mine) mine.querySelector("[data-this]").hidden = false;
  show(mine ? "on" : "off");
}

async function turnOn() {
  say("");
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return show(permission === "denied" ? "denied" : "off");
  try {
    const registration = await navigator.serviceWorker.ready;
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    const applicationServerKey = root.dataset.key;
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const { endpoint, keys } = made.toJSON();
    const answer = await fetch(root.dataset.add, { method: "POST", body: new URLSearchParams({ endpoint, ...keys }) });
    if (!answer.ok) throw new Error(answer.status);
    location.reload();
  } catch (error) {
    console.warn(error);
    say("not-on");
  }
}

function heard(what) {
  clearTimeout(waiting);
  say(what);
}

root.querySelector("[data-turn-on]").addEventListener("click", turnOn);

root.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.matches("[data-try]")) return;
  if (event.detail.xhr.status !== 204) return heard("refused");
  heard("waiting");
  // Another device is heard by whoever holds it.
  if (event.target.closest(".device").querySelector("[data-this]").hidden) return;
  waiting = setTimeout(() => say("silent"), PATIENCE);
});

// A device that is removed here stops on its own side too.
root.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-remove]");
  if (!form || form.closest(".device").querySelector("[data-this]").hidden) return;
  event.preventDefault();
  await (await subscribed())?.unsubscribe();
  form.submit();
});

navigator.serviceWorker?.addEventListener("message", (event) => {
  if (event.data?.trial && root.querySelector(`[data-id="${event.data.trial}"]`)) heard("rang");
});

look();
