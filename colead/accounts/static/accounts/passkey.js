// Passkeys: ask the browser, put its answer into the form, send the form. Every word comes from the page.
"use strict";

(() => {
  const able = Boolean(window.PublicKeyCredential && window.webauthnJSON);

  // A passkey must be able to stand alone: kept on the device, opened by finger, face or PIN.
  const alone = { residentKey: "required", requireResidentKey: true, userVerification: "required" };

  function make(options) {
    options.publicKey.authenticatorSelection = { ...options.publicKey.authenticatorSelection, ...alone };
    return webauthnJSON.create(options);
  }

  async function ask(form) {
    if (form.dataset.passkey === "new") return make(JSON.parse(form.dataset.options));
    if (form.dataset.passkey === "use") return webauthnJSON.get(JSON.parse(form.dataset.options));
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return webauthnJSON.get((await answer.json()).request_options);
  }

  function complain(form, problem) {
    const place = form.querySelector("[role=alert][data-other]");
    const name = problem.name.charAt(0).toLowerCase() + problem.name.slice(1);
    place.textContent = place.dataset[name] ?? place.dataset.other;
    place.hidden = false;
  }

  for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation(); // it is not on its way yet: app.js must let it be pressed again
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch (problem) {
        complain(form, problem);
      }
    });
  }
  if (able) document.querySelectorAll("[data-no-passkey]").forEach((note) => { note.hidden = true; });
})();
