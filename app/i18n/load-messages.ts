import { baseLocale, isLocale } from "./locale.ts";
import { type Messages, setMessages } from "./messages.ts";

const catalogs = import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"]);

/** Fetches the messages of `language`, and of no other. Rejects when the network fails. */
export async function loadMessages(language: string): Promise<void> {
  const load = catalogs[`./paraglide/messages/${isLocale(language) ? language : baseLocale}.js`];
  if (!load) throw new Error(`No messages are compiled for "${language}"`);
  setMessages(await load());
}
