import { loadMessages } from "./load-messages.ts";

// A route that says more than everybody reads imports this module, which is ready when the rest of its messages are here.
if (!import.meta.env.SSR) await loadMessages(document.documentElement.lang, "signed-in");
