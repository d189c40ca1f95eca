import { hashPassword as formerly } from "better-auth/crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#app/db/schema/people.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { isOutdated } from "./password-hash.server.ts";

const db = testDatabase();
const password = "seven quiet herons";

test("a password with an outdated hash still signs in, and its hash is renewed", async () => {
  const { id: userId, email } = await aPerson(db);
  const former = await formerly(password);
  const id = crypto.randomUUID();
  await db.insert(account).values({ id, userId, providerId: "credential", accountId: userId, password: former });
  const hash = async () => (await db.select().from(account).where(eq(account.id, id)))[0]?.password ?? "";
  const asked = (typed: string) => ({
    url: "/login",
    form: { email, password: typed, redirectTo: "/" },
    headers: { "cf-connecting-ip": crypto.randomUUID() },
  });
  expect((await ask(signIn, asked("not the password"))).status).toBe(401);
  expect(await hash()).toBe(former);
  for (const _visit of [1, 2]) {
    expect((await ask(signIn, asked(password))).status).toBe(303);
    expect(isOutdated(await hash())).toBe(false);
  }
});

test("five sign-ins at the same time with an outdated hash all succeed, although the first renews it", async () => {
  const { id: userId, email } = await aPerson(db);
  const id = crypto.randomUUID();
  await db
    .insert(account)
    .values({ id, userId, providerId: "credential", accountId: userId, password: await formerly(password) });
  const form = { email, password, redirectTo: "/" };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      ask(signIn, { url: "/login", form, headers: { "cf-connecting-ip": crypto.randomUUID() } }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
});
