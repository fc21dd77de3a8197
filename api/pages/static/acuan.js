// What the page does beyond plain forms and links: leave empty fields out of addresses, show the mark, copy a quote.
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
