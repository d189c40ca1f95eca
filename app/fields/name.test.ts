import { expect, test } from "vitest";
import type { z } from "zod";
import { RenamePerson } from "#app/account/schemas.ts";
import { RenamePasskey } from "#app/auth/passkeys/schemas.ts";
import { SignUp } from "#app/auth/schemas.ts";
import { RenameImage } from "#app/gallery/schemas.ts";
import { NewOrganization } from "#app/organizations/schemas.ts";
import { RenameOrganization } from "#app/organizations/settings/schemas.ts";
import { nameField } from "./name.ts";

const id = crypto.randomUUID();

/** Every schema that accepts a name, with the other fields that it requires. */
const doors: [schema: z.ZodType, rest: Record<string, string>][] = [
  [SignUp, { email: "ada@person.test", password: "a fine long password", redirectTo: "/" }],
  [RenamePerson, {}],
  [NewOrganization, {}],
  [RenameOrganization, { organization: "acme" }],
  [RenameImage, { organization: "acme", image: id }],
  [RenamePasskey, { passkey: id }],
];

test("a name without visible characters is refused at its field, in every schema that has a name", async () => {
  for (const [schema, rest] of doors) {
    for (const name of [
      "\u200b\u200b",
      "\u3164\u3164",
      "\u2800\u2800",
      "\u202e\u202e",
      "\ufeff\u00a0",
      "\u0301\u0301",
      "\ud800\ud800",
    ]) {
      const parsed = await schema.safeParseAsync({ ...rest, name });
      expect(
        parsed.error?.issues.map(({ path }) => path),
        JSON.stringify(name),
      ).toEqual([["name"]]);
    }
  }
});

test("a name is tidied before it is kept, of anything that has a name", async () => {
  for (const [schema, rest] of doors) {
    const parsed = await schema.parseAsync({ ...rest, name: " Jose\u0301\u202e\u200b\u0000 👩‍👩‍👧\ud83d " });
    expect(parsed).toMatchObject({ name: "José 👩‍👩‍👧" });
  }
});

test("a name can have as many characters as its maximum, and joiners do not count toward its minimum", () => {
  const name = nameField({ minimum: 2, maximum: 5, missing: () => "missing", tooLong: () => "too long" });
  const said = (typed: string) => name.safeParse(typed).error?.issues.map(({ message }) => message);
  expect([said("ab"), said("abcde"), said("👩‍👩")]).toEqual([undefined, undefined, undefined]);
  expect([said("a"), said("ع\u200d"), said("abcdef")]).toEqual([["missing"], ["missing"], ["too long"]]);
});
