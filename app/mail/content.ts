import { nameApart } from "#app/i18n/names-apart.ts";
import { withoutDirections } from "#app/text/isolation.ts";

export type MailContent = { subject: string; blocks: MailBlock[] };

export type MailBlock =
  | { kind: "text"; text: string }
  /** One line of what a person wrote; `at` is its index. */
  | { kind: "quote"; text: string; at: number }
  | { kind: "facts"; facts: { term: string; fact: string }[] }
  | { kind: "action"; label: string; url: string }
  | { kind: "link"; label: string; url: string };

/** The text below every mail. `off` is where mails of this kind are turned off; null if they cannot be. */
export type MailFooter = { text: string; off: { label: string; url: string } | null };

/** Returns the text part: a paragraph per block, and each URL on its own line, so that every mail program finds it. */
export function textOf({ blocks }: MailContent, { text, off }: MailFooter): string {
  const footer = [`--\n${text}`, ...(off === null ? [] : [paragraphOf({ kind: "link", ...off })])];
  return `${[...blocks.map(paragraphOf), ...footer].join("\n\n")}\n`;
}

function paragraphOf(block: MailBlock): string {
  if (block.kind === "text") return block.text;
  if (block.kind === "quote") return `> ${block.text}`;
  if (block.kind === "facts") return block.facts.map(({ term, fact }) => `${term}: ${nameApart(fact)}`).join("\n");
  return `${block.label}:\n${block.url}`;
}

/** Mail programs turn anything that looks like an address into a link, and a stranger's name must not become one. */
export function unlink(name: string): string {
  return withoutDirections(name).replace(/[.:/@]/g, "$&\u2060");
}
