import { isReached } from "./reach.ts";
import { tell, waitingFor } from "./trouble.ts";
import { forgetTyped } from "./typed.ts";
import { answered } from "./under-way.ts";

/** Checks that the server responds before the document is left: otherwise the browser would show its own error page. */
export function watchDocuments() {
  const asking = new Set<EventTarget>();
  const passed = new Set<EventTarget>();

  function ask(event: Event, target: HTMLElement, go: () => void) {
    if (passed.delete(target)) return;
    event.preventDefault();
    if (asking.has(target)) return;
    asking.add(target);
    void waitingFor(Promise.all([isReached(), answered()])).then(([isThere, answer]) => {
      asking.delete(target);
      if (!isThere || answer === "unreachable") return tell({ kind: "offline" });
      if (answer === "refused") return;
      passed.add(target);
      go();
    });
  }

  // On the window, which gets the event after the router: what the router handles has been prevented by then.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.target !== "") return;
    const { submitter } = event;
    const { origin, pathname } = new URL(form.getAttribute("action") ?? "", location.href);
    if (origin !== location.origin) return;
    ask(event, form, () => {
      if (pathname === "/logout") forgetTyped();
      form.requestSubmit(submitter);
    });
  });

  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (event.defaultPrevented || !link || link.target || link.hasAttribute("download")) return;
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const isInside = link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
    if (link.origin !== location.origin || isInside) return;
    ask(event, link, () => link.click());
  });
}
