// SPDX-License-Identifier: AGPL-3.0-or-later
// The camera reads a code into a field that can also be typed in. Phones that cannot read codes never see the button.

const able = "BarcodeDetector" in window && window.isSecureContext && navigator.mediaDevices?.getUserMedia;

// A customer's square holds the address of the hand-over: only its end is the code.
function codeOf(text) {
  return text.includes("/remise/") ? decodeURIComponent(text.split("/remise/").pop()) : text;
}

async function read(video, formats) {
  const detector = new BarcodeDetector({ formats });
  while (video.srcObject) {
    const [found] = await detector.detect(video).catch(() => []);
    if (found) return codeOf(found.rawValue);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return "";
}

function fill(input, code) {
  input.value = code;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  if ("submit" in input.dataset) input.form.requestSubmit();
  else input.focus();
}

async function scan(button) {
  const dialog = button.parentElement.querySelector("dialog");
  const video = dialog.querySelector("video");
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    button.hidden = true; // no camera, or it was refused: the code is typed
    document.getElementById(button.dataset.scan).focus();
    return;
  }
  dialog.querySelector("[data-shut]").onclick = () => dialog.close();
  dialog.addEventListener("close", () => stop(video), { once: true });
  dialog.showModal();
  await video.play();
  const code = await read(video, button.dataset.formats.split(" "));
  dialog.close();
  if (code) fill(document.getElementById(button.dataset.scan), code);
}

function stop(video) {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
}

function show() {
  document.querySelectorAll("[data-scan]").forEach((button) => {
    button.hidden = false;
    button.onclick = () => scan(button);
  });
}

if (able) {
  show();
  document.addEventListener("htmx:afterSettle", show); // a form that came anew
}

// A reader at the end of a cable types the code and presses Enter: that is no wish to send the form.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-code]")) event.preventDefault();
});
