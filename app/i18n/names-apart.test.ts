import { expect, test } from "vitest";
import { withLocale } from "./locale.server.ts";
import { locales } from "./locale.ts";
import { m } from "./messages.ts";
import { nameApart, OWN_WORDS } from "./names-apart.ts";
import * as untouched from "./paraglide/messages/_index.js";

type Message = (inputs: Record<string, unknown>) => string;

const messages = m as unknown as Record<string, Message>;

/** Letters of both directions, with a control character that turns the text after it and one that would close an isolate. */
const NAME = "\u202eEvil\u2069 עדה";

function textsOf(message: Message): string[] {
  const taken = new Set<string>();
  const note = { get: (_: object, input: string) => taken.add(input) && 3 };
  message(new Proxy({}, note));
  const numbers = Object.fromEntries([...taken].map((input) => [input, 3]));
  return [...taken].filter((input) => message({ ...numbers, [input]: "Evil" }).includes("Evil"));
}

test("no name reorders the words around it, in any message of any language", () => {
  let told = 0;
  for (const [key, message] of Object.entries(untouched as unknown as Record<string, Message>)) {
    for (const locale of locales) {
      withLocale(locale, () => {
        const names = textsOf(message).filter((input) => !OWN_WORDS.has(input));
        if (names.length === 0) return;
        const numbers = { count: 3, days: 3, hours: 3, minutes: 3, seconds: 3, done: 3, total: 3, they: 3 };
        const said = messages[key]?.({ ...numbers, ...Object.fromEntries(names.map((input) => [input, NAME])) }) ?? "";
        expect(said.match(/\u2068Evil עדה\u2069/g)?.length, `${key} ${locale}`).toBeGreaterThanOrEqual(names.length);
        expect(said.replaceAll("\u2068Evil עדה\u2069", ""), `${key} ${locale}`).not.toMatch(
          /Evil|[\u202a-\u202e\u2066-\u2069]/,
        );
        told += 1;
      });
    }
  }
  expect(told).toBeGreaterThan(1000);
});

test("a name of its sentence's own direction stays as it is, and an address is read in its own letters", () => {
  withLocale("en", () => {
    expect(m.invitations_link_hint({ email: "user@xn--e1afmkfd.xn--p1ai" })).toContain("with user@пример.рф can");
    expect(m.members_remove_question({ name: "Ada Example" })).toMatch(/^Ada Example loses/);
    expect(nameApart("עדה")).toBe("\u2068עדה\u2069");
  });
  expect(withLocale("ar", () => nameApart("Ada"))).toBe("\u2068Ada\u2069");
});
