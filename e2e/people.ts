import { createHmac } from "node:crypto";
import type { BrowserContext } from "playwright-core";
import { inject } from "vitest";
import { PRODUCT_SLUG } from "#app/product.ts";
import { createDatabase } from "../app/db/client.server.ts";
import { anOrganization, aPerson, aSession, type Person } from "../app/test/builders.ts";

export const visitors = ["nobody", "outsider", "member", "admin", "owner"] as const;
export type Visitor = (typeof visitors)[number];

export function e2eDatabase() {
  return createDatabase({ url: inject("databaseUrl") });
}

/** An organization with a person in every role, an outsider with an organization of their own, and a live session for each. */
export async function aWorkplace() {
  const db = e2eDatabase();
  const people = {
    outsider: await aPerson(db, { name: "Olga Outside" }),
    member: await aPerson(db, { name: "Mina Member" }),
    admin: await aPerson(db, { name: "Adam Admin" }),
    owner: await aPerson(db, { name: "Omar Owner" }),
  };
  const organization = await anOrganization(db, {
    name: "Northwind Studio",
    members: [
      { person: people.member, role: "member" },
      { person: people.admin, role: "admin" },
      { person: people.owner, role: "owner" },
    ],
  });
  const elsewhere = await anOrganization(db, {
    name: "Elsewhere",
    members: [{ person: people.outsider, role: "owner" }],
  });
  const cookies: Record<Visitor, string | null> = {
    nobody: null,
    outsider: await sessionCookie(people.outsider),
    member: await sessionCookie(people.member),
    admin: await sessionCookie(people.admin),
    owner: await sessionCookie(people.owner),
  };
  return { db, people, organization, elsewhere, cookies };
}

const COOKIE = `${PRODUCT_SLUG}.session_token`;

/** The cookie that a browser has after signing in, signed as Better Auth signs it. */
export async function sessionCookie(person: Person): Promise<string> {
  const { token } = await aSession(e2eDatabase(), person);
  return signedCookie(token, inject("authSecret"));
}

export function signedCookie(token: string, secret: string): string {
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return `${COOKIE}=${encodeURIComponent(`${token}.${signature}`)}`;
}

/** Signs a browser in as this person without the form. */
export async function signIn(context: BrowserContext, person: Person) {
  const [, value = ""] = (await sessionCookie(person)).split("=");
  await context.addCookies([{ name: COOKIE, value, url: inject("appUrl"), httpOnly: true, sameSite: "Lax" }]);
}
