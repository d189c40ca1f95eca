import type { Messages } from "./messages.ts";

/** The key of a message about what a form did. */
export type Saying = keyof Messages & string;

/** What the form before this page did. `words` are in the reader's language. */
export type Said = { saying: Saying; words: string };
