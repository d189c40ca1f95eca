/** What a mail says, before it becomes HTML and text. */
export type MailContent = { subject: string; blocks: MailBlock[] };

/** A paragraph, the one thing to do, or something else that can be done. */
export type MailBlock =
  | { kind: "text"; text: string }
  | { kind: "action"; label: string; url: string }
  | { kind: "link"; label: string; url: string };

/** The text part: one paragraph a block, each address on a line of its own, so that every mail program finds it. */
export function textOf({ blocks }: MailContent, footer: string): string {
  const paragraphs = blocks.map((block) => (block.kind === "text" ? block.text : `${block.label}:\n${block.url}`));
  return `${[...paragraphs, `--\n${footer}`].join("\n\n")}\n`;
}
