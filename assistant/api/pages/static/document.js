// Citations in the style a reader chose before, and a button that copies them. Without this script the
// style is chosen by a form, and a citation is text to select.
"use strict";

(() => {
  const REMEMBERED = "pilcrow.citation-style";
  const SHOWN_FOR = 6000; // milliseconds that a notice stays on the screen
  const select = document.getElementById("style");
  const notice = document.getElementById("copied");
  let clearing;

  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED);
    } catch {
      return null; // storage is switched off
    }
  }

  function remember(style) {
    try {
      localStorage.setItem(REMEMBERED, style);
    } catch {
      // the choice then holds for this page
    }
  }

  function write(cite) {
    const { lead, title, middle, end, italic } = select.selectedOptions[0].dataset;
    const pinpoint = cite.dataset.pinpoints.split("\n")[select.selectedIndex];
    const named = document.createElement(italic === undefined ? "span" : "i");
    named.textContent = title;
    cite.querySelector(".citation").replaceChildren(lead, named, middle + pinpoint + end);
  }

  function say(text) {
    clearTimeout(clearing);
    notice.textContent = text;
    clearing = setTimeout(() => notice.replaceChildren(), SHOWN_FOR);
  }

  async function copy(cite) {
    const citation = cite.querySelector(".citation");
    try {
      await navigator.clipboard.writeText(citation.textContent);
      say(`Copied: ${citation.textContent}`);
    } catch {
      getSelection().selectAllChildren(citation); // pages that are not served securely have no clipboard
      say("The citation is selected: copy it with Ctrl+C or Command+C.");
    }
  }

  function addButton(cite) {
    if (cite.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy citation";
    button.addEventListener("click", () => copy(cite));
    cite.lastElementChild.prepend(button);
  }

  function rewriteOpen() {
    document.querySelectorAll(".cite[open]").forEach(write);
  }

  function prepare(cite) {
    write(cite);
    addButton(cite);
  }

  // The button is there before the next key can be pressed, which `toggle` alone may come too late for.
  document.addEventListener("click", ({ target }) => {
    const summary = target.closest(".cite > summary");
    if (summary) prepare(summary.parentElement);
  });

  // A search of the browser opens what it finds too. `toggle` does not bubble: it is caught on its way down.
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches(".cite[open]")) prepare(target);
  }, true);

  select.addEventListener("change", () => {
    remember(select.value);
    rewriteOpen();
  });
  select.form.querySelector("button").hidden = true;

  const chosen = new URLSearchParams(location.search).has("style") ? null : remembered();
  if ([...select.options].some((option) => option.value === chosen)) select.value = chosen;
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", () => {
      const style = form.elements.namedItem("style");
      if (style && style !== select) style.value = select.value;
    });
  }
  rewriteOpen();
})();
