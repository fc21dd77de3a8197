// What the page does beyond plain forms and links: tidy addresses, show the mark, tell errors, copy a quote.
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
