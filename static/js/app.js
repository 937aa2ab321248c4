// Small helps for browsers that have them; every page works without this file.

const components = import(document.querySelector("link[rel=modulepreload]").href);

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

async function wake(scope) {
  const { initAll } = await components;
  initAll({ scope });
}

wake(document);

// After a part of the page was swapped: wake its components, and go where the reader is needed.
document.addEventListener("htmx:afterSettle", async (event) => {
  const part = event.detail.elt;
  await wake(part);
  const first = part.querySelector(".govuk-error-summary") || part.querySelector("h1");
  if (first) {
    first.setAttribute("tabindex", "-1");
    first.focus();
  }
});

// The desk: one key for each act that says which (data-key). Whoever writes in a box is left alone; they can be off.
const desk = document.querySelector("[data-keys]");
const keysSwitch = document.querySelector("[data-keys-switch]");
const keysOn = () => localStorage.getItem("desk-keys") !== "off";

if (keysSwitch) {
  const show = () => keysSwitch.setAttribute("aria-pressed", String(keysOn()));
  keysSwitch.hidden = false;
  keysSwitch.addEventListener("click", () => {
    localStorage.setItem("desk-keys", keysOn() ? "off" : "on");
    show();
  });
  show();
}

if (desk) {
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
    const button = desk.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
