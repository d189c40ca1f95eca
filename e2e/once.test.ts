import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { invitation } from "../app/db/schema/organizations.ts";
import { accessTable } from "./access-table.ts";
import { ask } from "./requests.ts";
import { aFurnishedWorkplace, fillIn } from "./workplace.ts";

/** The endings of addresses where a form that is sent twice would make two things. */
const makers = [
  ...["/organizations/new", "/gallery/upload", "/invitations", "/invitations/owner"],
  ...["/keys/new", "/webhooks/new", "/rotate", "/test"],
];

type Form = { action: string; fields: Record<string, string> };

/** The forms of a page without scripts, with their hidden fields. */
function formsIn(page: string, url: string): Form[] {
  return [...page.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = "", content = ""]) => ({
    action: /action="([^"]*)"/.exec(attributes)?.[1] ?? url,
    fields: Object.fromEntries(
      [...content.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
        /name="([^"]*)"/.exec(input)?.[1] ?? "",
        /value="([^"]*)"/.exec(input)?.[1] ?? "",
      ]),
    ),
  }));
}

test("every form that creates something has a hidden key for this one showing of it, on every page", async () => {
  const workplace = await aFurnishedWorkplace();
  const found: string[] = [];
  const unmarked: string[] = [];
  for (const { url } of accessTable) {
    const at = fillIn(url, workplace);
    const answer = await ask(at, workplace.cookies.owner);
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) continue;
    for (const { action, fields } of formsIn(await answer.text(), at)) {
      const maker = makers.find((each) => action.endsWith(each));
      if (maker === undefined) continue;
      found.push(maker);
      if (!/^.{16,}$/.test(fields.once ?? "")) unmarked.push(`${url} to ${action}`);
    }
  }
  expect(new Set(found)).toEqual(new Set(makers));
  expect(unmarked).toEqual([]);
});

test("an owner is invited once by a form that is sent twice without scripts", async () => {
  const { db, organization, cookies } = await aFurnishedWorkplace();
  const at = `/organizations/${organization.slug}/invitations/owner`;
  const asked = await (await ask(at, cookies.owner)).text();
  const [form] = formsIn(asked, at).filter(({ action }) => action.endsWith("/invitations/owner"));
  const email = `${crypto.randomUUID()}@invited.test`;
  const body = new URLSearchParams({ ...form?.fields, email });
  const send = () => ask(form?.action ?? at, cookies.owner, { method: "POST", body });
  const answers = [await send(), await send()];
  expect(answers.map(({ status, headers }) => [status, headers.get("Location")])).toEqual(
    Array(2).fill([303, `/organizations/${organization.slug}/members`]),
  );
  expect(await db.$count(invitation, eq(invitation.email, email))).toBe(1);
});
