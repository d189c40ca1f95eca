import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mail } from "#app/db/schema/mail.ts";
import { invitation, member } from "#app/db/schema/organizations.ts";
import { action as invite } from "#app/routes/organizations/invitations.ts";
import { testDatabase } from "#app/test/database.ts";
import { mailsTo } from "#app/test/mails.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import type { FormAgain } from "#app/ui/use-form.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

const anAddress = () => `${crypto.randomUUID()}@person.test`;
const severalAddresses = (count: number) => Array.from({ length: count }, anAddress);

async function send(
  team: Team,
  emails: readonly string[],
  { as = team.owner, ...form }: { as?: Colleague; role?: string; message?: string; once?: string } = {},
) {
  const { status, body, services } = await ask(invite, {
    ...team.at("invitations"),
    cookie: as.cookie,
    form: { role: "member", email: emails.join("\n"), ...form },
  });
  return { status, body: body as FormAgain, trips: services.trace.trips };
}

const invited = (emails: readonly string[]) =>
  db
    .select({ email: invitation.email, organizationId: invitation.organizationId })
    .from(invitation)
    .where(and(inArray(invitation.email, [...emails]), eq(invitation.status, "pending")));

const counted = async (key: string) => (await db.select().from(rateLimit).where(eq(rateLimit.key, key)))[0]?.count;

test("several addresses are invited by one form, each with a mail and an entry of its own", async () => {
  const team = await aTeam(db);
  const emails = severalAddresses(3);
  const once = crypto.randomUUID();
  const first = await send(team, [`Ada <${emails[0]}>, ${emails[1]};`, `"Hopper, Grace" <${emails[2]}>`], { once });
  expect([first.status, first.trips]).toEqual([303, 1 + 3]);
  expect((await send(team, emails, { once })).status, "the same form again").toBe(303);
  expect((await invited(emails)).map(({ email }) => email).sort()).toEqual(emails.toSorted());
  const entries = await db
    .select({ name: auditEntry.targetName, after: auditEntry.after })
    .from(auditEntry)
    .where(and(eq(auditEntry.organizationId, team.organization.id), eq(auditEntry.action, "invitation.created")));
  expect(entries.map(({ name }) => name).sort()).toEqual(emails.toSorted());
  expect(entries[0]?.after).toEqual({ role: "member" });
  for (const email of emails) expect(await mailsTo(db, email)).toHaveLength(1);
});

test("a refused address does not stop the others in the form, and stays in the field with its reason", async () => {
  const team = await aTeam(db);
  const [known, fresh, other] = severalAddresses(3) as [string, string, string];
  await send(team, [known]);
  const { status, body } = await send(team, [team.plain.person.email, fresh, known, "nobody", other], {
    role: "admin",
    message: "Hello",
  });
  expect(status).toBe(200);
  expect(body.initialValue).toEqual({
    email: [team.plain.person.email, known, "nobody"].join("\n"),
    role: "admin",
    message: "Hello",
  });
  expect(body.error?.email?.map((line) => line.split(": ").at(-1))).toEqual([
    "This person is already a member.",
    "This email address already has a pending invitation.",
    expect.stringContaining("email address"),
  ]);
  expect(body.done).toBe("2 invitations sent");
  expect(await invited([fresh, other])).toHaveLength(2);
  const none = await send(team, [known, fresh]);
  expect([none.status, none.body.done, none.body.error?.email?.length]).toEqual([409, undefined, 2]);
});

test("a single refused address gets the plain error, and a form with more than fifty invites nobody", async () => {
  const team = await aTeam(db);
  const alone = await send(team, [team.plain.person.email]);
  expect([alone.status, alone.body.error, alone.body.done]).toEqual([
    409,
    { email: ["This person is already a member."] },
    undefined,
  ]);
  for (const none of ["", " , ;", "nobody", "nobody, nothing"]) expect((await send(team, [none])).status).toBe(400);
  const emails = severalAddresses(51);
  expect((await send(team, emails)).status).toBe(400);
  expect((await send(team, [anAddress()], { message: "x".repeat(501) })).status).toBe(400);
  expect(await invited(emails)).toEqual([]);
  expect((await send(team, [anAddress()], { as: team.plain })).status).toBe(403);
});

test("the hourly and daily limits count every address of a form, even when several forms are sent at once", async () => {
  const team = await aTeam(db);
  const emails = severalAddresses(25);
  const { status, body } = await send(team, emails);
  expect([status, body.done]).toEqual([200, "20 invitations sent"]);
  expect(body.initialValue?.email).toBe(emails.slice(20).join("\n"));
  expect(body.error?.email).toEqual(
    emails.slice(20).map((email) => `${email}: Limit reached: 20 invitations an hour, 40 a day. Try again later.`),
  );
  expect(await invited(emails)).toHaveLength(20);
  expect(await counted(`invite:${team.organization.id}`)).toBe(20);

  // The same person invites from other organizations: of their forty invitations, twenty are left.
  const elsewhere = await Promise.all(
    [1, 2, 3].map(async () => {
      const more = await aTeam(db);
      await db.insert(member).values({
        ...{ id: crypto.randomUUID(), organizationId: more.organization.id },
        ...{ userId: team.owner.person.id, role: "admin" as const },
      });
      return more;
    }),
  );
  const rest = elsewhere.map((more) => ({ more, emails: severalAddresses(12) }));
  await Promise.all(rest.map(({ more, emails }) => send(more, emails, { as: team.owner })));
  expect(await invited(rest.flatMap(({ emails }) => emails))).toHaveLength(20);
  expect(await counted(`invites:${team.owner.person.id}`)).toBe(40);
});

test("a message goes into the mail as it was written, and nothing in it becomes a link or a tag", async () => {
  const team = await aTeam(db);
  const email = anAddress();
  const message = 'Welcome!\n\n<b onclick="x">See</b> https://evil.test/now or mail me@evil.test';
  expect((await send(team, [email], { message })).status).toBe(303);
  const [sent] = await mailsTo(db, email);
  expect(sent?.text).toContain("> Welcome!\n");
  expect(sent?.html).toContain("&lt;b onclick=&quot;x&quot;&gt;See&lt;/\u2060b&gt;");
  for (const part of [sent?.text, sent?.html]) {
    expect(part).not.toMatch(/https:\/\/evil|evil\.test|me@evil/);
    expect(part).toMatch(/evil\u2060?\.\u2060?test/);
  }
  const without = anAddress();
  await send(team, [without], { message: "  \n " });
  expect((await mailsTo(db, without))[0]?.text).not.toContain(">");
});

test("an admin invites no owners, however many addresses the form has", async () => {
  const team = await aTeam(db);
  const emails = severalAddresses(2);
  const refused = await send(team, emails, { role: "owner", as: team.admin });
  expect([refused.status, await invited(emails)]).toEqual([403, []]);
  expect(await db.$count(mail, inArray(mail.recipient, emails))).toBe(0);
});
