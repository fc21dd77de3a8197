// What the page does beyond plain forms and links: tidy addresses, show the mark, tell errors, copy a quote, ask before
// unsaved words go.
"use strict";

document.addEventListener("formdata", (event) => {
  if (event.target.id !== "tanya") return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
}, true);

function ready(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
}

document.addEventListener("DOMContentLoaded", () => {
  ready(document);
  document.getElementById("sorot")?.scrollIntoView({ block: "center" });
});
document.addEventListener("htmx:after:swap", () => ready(document));

// An answer without the part that was asked for is an error: said in its place, instead of leaving that place empty.
function complain(text) {
  const told = document.createElement("p");
  told.className = "news bad";
  told.setAttribute("role", "alert");
  told.textContent = text;
  (document.getElementById("hasil") ?? document.getElementById("kabar")).replaceChildren(told);
}

function reason(text, type) {
  if (type.startsWith("application/problem+json")) return JSON.parse(text).detail;
  return new DOMParser().parseFromString(text, "text/html").querySelector("main p")?.textContent ?? "";
}

document.addEventListener("htmx:after:request", (event) => {
  const { select, text, response } = event.detail.ctx;
  const shown = new DOMParser().parseFromString(text, "text/html");
  if (!select || shown.querySelector(select)) return;
  event.preventDefault();
  complain(reason(text, response.headers.get("content-type") ?? ""));
});

document.addEventListener("htmx:error", () => complain(document.body.dataset.unreachable));

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without https a browser gives no clipboard to a page of another machine; the old way still works
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("not copied");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const before = button.textContent;
  try {
    await copy(button.dataset.copy);
    button.textContent = button.dataset.copied;
  } catch {
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => { button.textContent = before; }, 2500);
});

// Words typed and not saved are asked about before the page goes, also where another form of it sends them off.
let sent = null;

function isEdited(field) {
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

const isUnsaved = (form) => "unsaved" in form.dataset || [...form.elements].some(isEdited);

document.addEventListener("submit", (event) => { sent = event.target; });

window.addEventListener("beforeunload", (event) => {
  const others = [...document.querySelectorAll("form[data-guarded]")].filter((form) => form !== sent);
  if (others.some(isUnsaved)) {
    event.preventDefault();
    // Chrome before 119 asks only so.
    event.returnValue = true;
  }
  sent = null;
});

// Files on their way in: the server tells when something moves, and the parts of the page that show it are fetched anew.
// Where it cannot tell, the page asks every five seconds. With nothing to be done there is no connection at all.
let events = null;
let asking = 0;

async function renew() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const done = (page) => page.getElementById("pekerjaan")?.dataset.done;
  // The list changes only when a file is in.
  const ids = done(document) === done(fresh) ? ["pekerjaan"] : ["daftar", "pekerjaan"];
  for (const id of ids) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && now) old.replaceWith(now);
  }
}

const nOpen = () => Number(document.getElementById("pekerjaan")?.dataset.open ?? 0);

function ask(after) {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    // What the keyboard stands in is left alone for now: it would be taken from under the hands.
    const busy = document.activeElement?.closest("#pekerjaan, #daftar");
    if (busy) return ask(1000);
    try {
      await renew();
      follow();
    } catch {
      // The server does not answer: asked again until it does.
      ask(5000);
    }
  }, after);
}

function follow() {
  if (nOpen() && !events) {
    events = new EventSource("/pekerjaan/aliran");
    events.onmessage = () => ask(250);
    events.onerror = () => {
      if (events?.readyState !== EventSource.CLOSED) return;
      events = null;
      ask(5000);
    };
  } else if (!nOpen() && events) {
    events.close();
    events = null;
  }
}

document.addEventListener("DOMContentLoaded", follow);
document.addEventListener("htmx:after:swap", follow);
