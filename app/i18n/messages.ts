import { withNamesApart } from "./names-apart.ts";
import * as every from "./paraglide/messages/_index.js";

export type Messages = typeof every;

/**
 * Every text a person reads: `m.common_save()`. The browser has one language, loaded before what says it renders: call it while
 * rendering or handling an event, never as a module loads.
 */
export let m: Messages;
if (import.meta.env.SSR) m = withNamesApart(every);

import.meta.hot?.accept("./paraglide/messages/_index.js", (fresh) => {
  if (import.meta.env.SSR && fresh) addMessages(fresh as Messages & typeof fresh);
});

export function addMessages(messages: Messages): void {
  m = { ...m, ...withNamesApart(messages) };
}
