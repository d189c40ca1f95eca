import type { IncomingFile } from "./incoming-file.server.ts";

const REFUSALS = {
  unreadable: 400,
  "length-required": 400,
  "too-large": 413,
  "unsupported-type": 415,
} as const;

type Reason = keyof typeof REFUSALS;

export type ParsedBody =
  | {
      ok: true;
      fields: Record<string, unknown>;
      /** A file that is streamed. It is the last part of the body. */
      file: IncomingFile | null;
      /** The files of a form that can have several, in memory. */
      buffered?: readonly IncomingFile[];
    }
  | Unparsed;

export type Unparsed = { ok: false; status: (typeof REFUSALS)[Reason]; reason: Reason };

export function refusal(reason: Reason): Unparsed {
  return { ok: false, status: REFUSALS[reason], reason };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Throws at bytes that are not UTF-8: a replacement character is text that no one has written. */
export function textOf(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

export function fieldsOf(entries: Iterable<[string, string]>): Record<string, string | string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const same = values.get(name);
    if (same) same.push(value);
    else if (name !== "__proto__") values.set(name, [value]);
  }
  return Object.fromEntries(Array.from(values, ([name, all]) => [name, all.length > 1 ? all : (all[0] ?? "")]));
}
