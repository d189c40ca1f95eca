import * as every from "./paraglide/messages/_index.js";

export type Messages = typeof every;

/**
 * Every text a person reads: `m.gallery_title()`. The server has all languages and takes the request's, or
 * `m.key(inputs, { locale })`. The browser has one, loaded before hydration, so call it while rendering or handling an
 * event, never as a module loads.
 */
export let m: Messages;
if (import.meta.env.SSR) m = every;

/** The browser's start calls this once, before anything renders. */
export function setMessages(messages: Messages): void {
  m = messages;
}
