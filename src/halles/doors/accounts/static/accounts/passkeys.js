// SPDX-License-Identifier: AGPL-3.0-or-later
// Passkeys, by the browser's own JSON interface. Where it is missing the page offers the code by mail alone.

const known = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON && window.isSecureContext;

async function optionsForSigningIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  const { request_options: options } = await answer.json();
  return { publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) };
}

function optionsForAdding() {
  const options = JSON.parse(document.getElementById("passkey-options").textContent);
  return { publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) };
}

// The form leaves only with the device's answer in it; a refusal is said beside the button.
function send(form, ceremony) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector(".error[hidden], .error[data-said]");
    try {
      const credential = await ceremony();
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      trouble.dataset.said = "";
      trouble.textContent = form.dataset.refused;
      trouble.hidden = false;
    }
  });
}

const signIn = document.querySelector("[data-passkey-sign-in]");
const add = document.querySelector("[data-passkey-add]");

if (known && signIn) {
  signIn.hidden = false;
  send(signIn, async () => navigator.credentials.get(await optionsForSigningIn(signIn)));
}
if (known && add) send(add, async () => navigator.credentials.create(optionsForAdding()));
if (!known && add) {
  add.hidden = true;
  document.querySelector("[data-passkey-missing]").hidden = false;
}
