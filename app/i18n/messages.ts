import { withNamesApart } from "./names-apart.ts";
import * as every from "./paraglide/messages/_index.js";

export type Messages = typeof every;

/** Every text a person reads: `m.common_save()`. For rendering and events, never as a module loads: no language is there yet. */
export let m: Messages;
if (import.meta.env.SSR) m = withNamesApart((every as { texts?: Messages }).texts ?? every);

// The browser's is empty; each language's own module brings its new texts.
import.meta.hot?.accept("./paraglide/messages/_index.js", () => {});

export function addMessages(messages: Messages): void {
  m = { ...m, ...withNamesApart(messages) };
}
