import { loadMessages } from "../load-messages.ts";

// A route that needs more than the part "everybody" imports a module like this, which is ready once its messages are loaded.
if (!import.meta.env.SSR) await loadMessages("signed-in");
