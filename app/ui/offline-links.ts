import { tell } from "./line/trouble.ts";

// Without a connection, a link that bypasses the router (to a file) would open the browser's own error page.
if (!import.meta.env.SSR) {
  window.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (navigator.onLine || event.defaultPrevented || link?.origin !== location.origin) return;
    event.preventDefault();
    tell({ kind: "offline" });
  });
}
