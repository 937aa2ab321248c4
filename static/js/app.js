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
