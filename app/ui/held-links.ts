import { tell } from "./line/trouble.ts";

// A link past the router, to a file, leads to the browser's own page of an error where there is no connection.
if (!import.meta.env.SSR) {
  window.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (navigator.onLine || event.defaultPrevented || link?.origin !== location.origin) return;
    event.preventDefault();
    tell({ kind: "offline" });
  });
}
