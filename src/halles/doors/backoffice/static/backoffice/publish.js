// SPDX-License-Identifier: AGPL-3.0-or-later
// Copying and sharing a post. Without this script the text can be selected and the pictures saved.

const post = document.querySelector("[data-post]");
const said = document.querySelector("[data-said]");
const share = document.querySelector("[data-share]");
const picture = document.querySelector("[data-picture]");
const whatsapp = document.querySelector("[data-whatsapp]");

// Some browsers forbid it, or know only the old way; then the words are selected, and one's finger does the rest.
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

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
  const copied = await copy(post);
  if (!navigator.canShare?.(whole)) delete whole.files;
  if (copied && whole.files) said.textContent = share.dataset.also;
  try {
    await navigator.share(whole);
  } catch {
    // she changed her mind
  }
}

if (post) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const copied = await copy(document.getElementById(button.dataset.copy));
      said.textContent = copied ? said.dataset.done : said.dataset.selected;
    });
  }
  if (navigator.share) {
    share.hidden = false;
    share.addEventListener("click", send);
  }
  post.addEventListener("input", () => {
    whatsapp.href = `https://wa.me/?text=${encodeURIComponent(post.value)}`;
  });
}
