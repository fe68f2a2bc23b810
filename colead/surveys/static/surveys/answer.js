// Sends answers until they are counted. Everything stays in this page's memory unless its reader asks to keep it.
"use strict";

const form = document.querySelector("form[data-answer], form[data-late]");
const find = (selector) => document.querySelector(selector);
const show = (element, words) => { element.hidden = !words; if (words) element.textContent = words; };
const place = `colead ${location.pathname.split("/")[2].toUpperCase()}`; // one survey, whatever the language
const waits = [3, 6, 12, 20, 30]; // seconds between tries
const late = form.matches("[data-late]");
let sending = null; // what is on its way, the same bytes until it is counted
let tries = 0;
let timer;

// --- On this device: only where somebody ticks the box. -------------------------------------------------------------
const keeps = () => Boolean(find("[data-keep-box]")?.checked);

function remember() {
  if (late || !keeps()) return;
  try { localStorage.setItem(place, JSON.stringify({ body: sending ?? draft(), sent: Boolean(sending) })); } catch { /* a browser may refuse */ }
}

function recall() {
  try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
}

function forget() {
  try { localStorage.removeItem(place); } catch { /* then there is nothing to forget */ }
}

// --- The key of this page: made here, kept until the answers are counted. --------------------------------------------
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const draft = () => new URLSearchParams(new FormData(form)).toString();

// --- Sending. -----------------------------------------------------------------------------------------------------
async function send() {
  clearTimeout(timer);
  if (!sending) return;
  let answer, said;
  try {
    answer = await fetch(form.action, {
      method: "POST", body: sending, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      signal: AbortSignal.timeout(20000),
    });
    said = await answer.json();
  } catch { return wait(); }
  if (said.state === "counted") return counted(said.receipt);
  if (said.state === "again" && tries++ < 3) return again();
  refused(said.state);
}

function wait() {
  if (!late) show(find("[data-banner]"), form.dataset.unsent);
  else { form.hidden = false; show(find("[data-problem]"), form.dataset.unsent); }
  timer = setTimeout(send, 1000 * (waits[tries++] ?? 45));
}

function again() { // another page had the same key: take a new one
  const fields = new URLSearchParams(sending);
  fields.set("key", newKey());
  sending = fields.toString();
  remember();
  return send();
}

function counted(receipt) {
  forget();
  sending = null;
  form.hidden = true;
  document.querySelectorAll("header, [data-keep], [data-banner]").forEach((part) => { part.hidden = true; });
  find("[data-receipt]").textContent = receipt;
  const panel = find("[data-counted]");
  panel.hidden = false;
  scrollTo(0, 0);
  panel.focus();
}

function refused(why) {
  sending = null;
  tries = 0;
  if (late) forget();
  else { form.inert = false; show(find("[data-banner]"), ""); }
  form.hidden = false;
  const problem = find("[data-problem]");
  show(problem, form.dataset[why] ?? form.dataset.wrong);
  if (["unknown", "mistyped", "used"].includes(why)) find("[data-code-field]").hidden = false;
  problem.scrollIntoView();
  problem.focus();
}

function count() {
  const items = [...document.querySelectorAll("[data-item]")];
  const answered = items.filter((item) => item.querySelector("input:checked")?.value).length;
  find("[data-count]").textContent = form.dataset.done.replace("%s", answered).replace("%t", items.length);
}

function takeCode() { // a code comes behind the # sign; it is wiped from the address at once
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  find("[data-code-field]").hidden = true;
  show(find("p[data-filled]"), form.dataset.filled);
}

function fill(body) {
  for (const [name, value] of new URLSearchParams(body)) {
    const field = form.elements[name];
    if (field) field.value = value; // a group of radios takes a value too
  }
}

// --- Begin. ----------------------------------------------------------------------------------------------------------
const kept = recall();
addEventListener("online", () => { tries = 0; send(); });
document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });

if (late) {
  if (kept?.sent) { sending = kept.body; send(); }
} else {
  form.elements.key.value = newKey();
  if (kept) { fill(kept.body); find("[data-keep-box]").checked = true; }
  takeCode();
  count();
  find("[data-keep]").hidden = false;
  addEventListener("hashchange", takeCode);
  form.addEventListener("input", () => { count(); remember(); });
  find("[data-keep-box]").addEventListener("change", () => (keeps() ? remember() : forget()));
  find("[data-carry]")?.addEventListener("click", (event) => {
    if (form.elements.code.value) event.currentTarget.hash = form.elements.code.value;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sending ??= draft();
    remember();
    show(find("[data-problem]"), "");
    show(find("[data-banner]"), form.dataset.sending);
    form.inert = true;
    send();
  });
  addEventListener("beforeunload", (event) => { if (sending && !keeps()) event.preventDefault(); });
  if (kept?.sent) form.requestSubmit();
}
