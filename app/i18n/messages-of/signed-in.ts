import { loadMessages } from "../load-messages.ts";

// A route that says more than everybody reads imports a module like this, which is ready when those messages are here.
if (!import.meta.env.SSR) await loadMessages("signed-in");
