// SPDX-License-Identifier: AGPL-3.0-or-later
// Sharing a post, which `copy.js` copies. Without this script the pictures can be saved.

const post = document.querySelector("[data-post]");
const said = document.querySelector("[data-said]");
const share = document.querySelector("[data-share]");
const picture = document.querySelector("[data-picture]");
const whatsapp = document.querySelector("[data-whatsapp]");

// The picture as it is shown: nothing is fetched again, so the press still counts as one when the sheet opens.
async function file() {
  const canvas = document.createElement("canvas");
  await picture.decode();
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  return new File([blob], "publication.jpg", { type: "image/jpeg" });
}

async function send() {
  const whole = { text: post.value };
  try {
    whole.files = [await file()];
  } catch {
    // the picture did not come: the text goes alone
  }
  // Some applications take a picture or a text, not both.
  const copied = await halles.copy(post);
  if (!navigator.canShare?.(whole)) delete whole.files;
  if (copied && whole.files) said.textContent = share.dataset.also;
  try {
    await navigator.share(whole);
  } catch {
    // she changed her mind
  }
}

if (post) {
  if (navigator.share) {
    share.hidden = false;
    share.addEventListener("click", send);
  }
  post.addEventListener("input", () => {
    whatsapp.href = `https://wa.me/?text=${encodeURIComponent(post.value)}`;
  });
}
