// What a page does better with scripts on. Every word comes from the page; without this file everything still works.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const say = (element, words) => { if (element) element.textContent = words; };
const show = (element) => { if (element) element.hidden = false; };

// --- Nothing typed is lost: a form remembers whether it holds words that are not saved yet. ---------------------------
const guarded = "form[data-autosave], form[data-guard]";
const typed = new WeakMap(); // form -> how often something was typed
const kept = new WeakMap(); // form -> how often, at the time of the last good save
const count = (map, form) => map.get(form) ?? 0;
const unsaved = (form) => count(typed, form) > count(kept, form) || (form.dataset.guard === "unsaved" && !kept.has(form));

function tell(form, name) {
  const status = form.querySelector("[data-saved]");
  if (status) say(status.querySelector("span") ?? status, status.dataset[name]);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest(guarded);
  if (!form) return;
  if (!unsaved(form)) tell(form, "unsaved");
  typed.set(form, count(typed, form) + 1);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.(guarded);
  if (form) event.detail.xhr.typed = count(typed, form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (!form) return;
  delete form.dataset.sent;
  if (!form.matches(guarded)) return;
  const { xhr, successful } = event.detail;
  if (successful) {
    if (form.querySelector("[role=alert]")) return; // it arrived, and the answer says why it was not kept
    kept.set(form, xhr.typed);
    if (unsaved(form)) tell(form, "unsaved");
  } else {
    tell(form, "retry");
    if (form.matches("[data-autosave]")) setTimeout(() => retry(form), 5000);
  }
});

function retry(form) {
  if (form.isConnected && unsaved(form)) form.requestSubmit();
}

const retryAll = () => all("form[data-autosave]").forEach(retry);
addEventListener("online", retryAll);
document.addEventListener("visibilitychange", () => { if (document.hidden) retryAll(); });

addEventListener("beforeunload", (event) => {
  if (all(guarded).some(unsaved)) event.preventDefault();
});

// --- A form goes off once, however often it is pressed. ---------------------------------------------------------------
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return; // htmx and passkeys send for themselves
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  kept.set(form, count(typed, form));
});

// Whoever comes back with the Back button may send again, and is warned again.
addEventListener("pageshow", () => {
  for (const form of all("form[data-sent]")) {
    delete form.dataset.sent;
    kept.delete(form);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// --- Small presses: copy, print, hide. ---------------------------------------------------------------------------------
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print], [data-dismiss] > button");
  if (!button) return;
  if (button.matches("[data-print]")) return print();
  if (button.matches("[data-copy]")) {
    await navigator.clipboard.writeText(button.dataset.copy);
    return say(button.querySelector("span") ?? button, button.dataset.copied);
  }
  const note = button.closest("[data-dismiss]");
  remember(note.dataset.dismiss);
  note.remove();
  document.querySelector("main").focus();
});

// A browser may refuse to remember; then the note simply comes back.
function remember(key) {
  try { localStorage.setItem(`hidden:${key}`, "yes"); } catch { /* as said */ }
}

function remembered(key) {
  try { return localStorage.getItem(`hidden:${key}`) === "yes"; } catch { return false; }
}

const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

// --- A timer for a conversation: it counts down, says the last minute and the end, and stops nothing. -----------------
function timer(box) {
  const clock = box.querySelector(".timer-clock");
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  let left = Math.round(Number(box.dataset.timer) * 60);
  let end = 0;
  let beat;

  function draw() {
    if (end) left = Math.max(0, Math.round((end - Date.now()) / 1000));
    say(clock, minutes(left));
    if (end && left === 60) say(status, box.dataset.last);
    if (left === 0) stop(box.dataset.over);
  }

  function stop(words) {
    clearInterval(beat);
    end = 0;
    say(button, button.dataset.start);
    if (!words) return;
    say(status, words);
    say(box.querySelector(".timer-words"), words);
    button.hidden = true;
  }

  button.addEventListener("click", () => {
    if (end) return stop();
    end = Date.now() + left * 1000;
    say(button, button.dataset.pause);
    beat = setInterval(draw, 500);
  });
  say(button, button.dataset.start);
  draw();
  show(clock);
  show(button);
}

// --- A meeting's clock: the server says how many seconds are left, here they only run on. ------------------------------
function runOn(shown) {
  const end = Date.now() + Number(shown.dataset.left) * 1000;
  const beat = setInterval(() => {
    if (!shown.isConnected) return clearInterval(beat);
    const left = Math.round((end - Date.now()) / 1000);
    const words = { 60: shown.dataset.last, 0: shown.dataset.over }[left];
    say(shown, (left < 0 ? "+" : "") + minutes(Math.abs(left)));
    if (words) say(shown.parentElement.querySelector("[role=status]"), words);
  }, 500);
  shown.dataset.running = "yes";
}

// --- Set up what is on the page, and what htmx brings later. -----------------------------------------------------------
function prepare(root) {
  all("[data-timer]", root).filter((box) => box.querySelector("button").hidden).forEach(timer);
  all("[data-left]:not([data-running])", root).forEach(runOn);
  all("[data-copy], [data-print]", root).forEach(show);
  for (const note of all("[data-dismiss]", root)) {
    if (remembered(note.dataset.dismiss)) note.remove();
    else show(note.querySelector("button"));
  }
}

prepare(document);
document.addEventListener("htmx:afterSettle", (event) => {
  prepare(event.target.parentElement ?? document);
  event.target.querySelector?.("[data-focus]")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement.closest?.("details.drop[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
