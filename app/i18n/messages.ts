import { withNamesApart } from "./names-apart.ts";
import * as every from "./paraglide/messages/_index.js";

export type Messages = typeof every;

/** Every text that people read: `m.common_save()`. Call it in rendering or events, not while a module loads (no language yet). */
export let m: Messages;
if (import.meta.env.SSR) m = withNamesApart((every as { texts?: Messages }).texts ?? every);

// The browser's index is empty; each language's own module adds its new texts.
import.meta.hot?.accept("./paraglide/messages/_index.js", () => {});

export function addMessages(messages: Messages): void {
  m = { ...m, ...withNamesApart(messages) };
}
