"use strict";

// The terminal has the keyboard from the first frame on. Earlier, while it connects, it would send that
// it has the focus to a connection that is not open yet.
new MutationObserver((_changes, observer) => {
  if (document.body.classList.contains("-first-byte")) {
    observer.disconnect();
    document.querySelector(".xterm-helper-textarea").focus();
  }
}).observe(document.body, { attributeFilter: ["class"] });
