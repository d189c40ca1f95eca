import { withNamesApart } from "./names-apart.ts";
import * as every from "./paraglide/messages/_index.js";

export type Messages = typeof every;

/**
 * Every text a person reads: `m.common_save()`. The server has all languages and takes the request's, or
 * `m.key(inputs, { locale })`. The browser has one, loaded before what says it renders, so call it while rendering or
 * handling an event, never as a module loads. Names among the inputs are set apart from the sentence.
 */
export let m: Messages;
if (import.meta.env.SSR) m = withNamesApart(every);

// While somebody develops, a text that changed takes its place without the pages that say it being loaded again.
import.meta.hot?.accept("./paraglide/messages/_index.js", (fresh) => {
  if (import.meta.env.SSR && fresh) addMessages(fresh as Messages & typeof fresh);
});

/** For the browser, where messages come in parts. */
export function addMessages(messages: Messages): void {
  m = { ...m, ...withNamesApart(messages) };
}
