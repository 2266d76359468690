// SPDX-License-Identifier: AGPL-3.0-or-later
// While something rings: two tones every quarter of a minute, and a title that is seen from another tab. Browsers want a
// press before they make a sound: any press on any page will do, and until then a button says so.
const EVERY = 15000; // milliseconds
const TONES = [880, 659]; // hertz: a fourth downwards, as door bells have it
const LENGTH = 0.45; // seconds each

const plainTitle = document.title;
const still = matchMedia("(prefers-reduced-motion: reduce)");
let audio;
let odd = false;

function ringing() {
  return document.querySelector("#sonnerie.ringing");
}

function tones() {
  TONES.forEach((hertz, number) => {
    const [from, oscillator, gain] = [audio.currentTime + number * LENGTH, audio.createOscillator(), audio.createGain()];
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0.0001, from);
    gain.gain.exponentialRampToValueAtTime(0.6, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + LENGTH);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(from);
    oscillator.stop(from + LENGTH);
  });
}

function sound() {
  const ring = ringing();
  if (!ring?.hasAttribute("data-loud")) return;
  const silent = audio?.state !== "running";
  ring.querySelector("[data-sound]").hidden = !silent;
  if (silent) return;
  // Of several open pages one sounds.
  const once = async (lock) => {
    if (!lock) return;
    tones();
    await new Promise((after) => setTimeout(after, 1000));
  };
  navigator.locks ? navigator.locks.request("sonnerie", { ifAvailable: true }, once) : once(true);
}

function allowSound() {
  audio ??= new AudioContext();
  const button = ringing()?.querySelector("[data-sound]:not([hidden])");
  audio.resume().then(() => button && sound());
}

function title() {
  const said = ringing()?.dataset.title;
  odd = !odd;
  const wanted = said && (odd || still.matches) ? `● ${said}` : plainTitle;
  if (document.title !== wanted) document.title = wanted;
}

for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, allowSound, { capture: true });
// A page that was not there before sounds at once.
document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.id === "sonnerie" && sound());
setInterval(sound, EVERY);
setInterval(title, 1000);
// A device that is rung tells the pages it has open, which need not wait for their turn to ask.
navigator.serviceWorker?.addEventListener("message", (event) => {
  if (event.data?.rung) document.getElementById("sonnerie")?.dispatchEvent(new Event("sonne"));
});
