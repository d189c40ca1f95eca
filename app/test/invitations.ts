import { and, eq } from "drizzle-orm";
import { vi } from "vitest";
import { invitation, member } from "#app/db/schema/organizations.ts";
import type { Preview } from "#app/organizations/invitations/invitation-answers.server.ts";
import type { Invitation as Listed, WaitingInvitation } from "#app/organizations/invitations/invitations.server.ts";
import { acceptInvite as accepting } from "#app/organizations/invitations/operations.server.ts";
import { loader as members } from "#app/routes/api/v1.ts";
import { type action as accept, loader as preview } from "#app/routes/invitations/accept.tsx";
import type { action as decline } from "#app/routes/invitations/decline.tsx";
import { action as invite } from "#app/routes/organizations/invitations.ts";
import { loader as onboarding } from "#app/routes/organizations/onboarding.tsx";
import { aPerson, aSession, type Invitation, type Person } from "./builders.ts";
import { testDatabase } from "./database.ts";
import { ask, cookiesOf } from "./requests.ts";
import type { aTeam, Colleague } from "./team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

export const anAddress = () => `${crypto.randomUUID()}@person.test`;

export function send(team: Team, { email = anAddress(), role = "member", as = team.owner }: Sending = {}) {
  return ask(invite, { ...team.at("invitations"), cookie: as.cookie, form: { email, role } });
}

type Sending = { email?: string; role?: string; as?: Colleague };

export async function listed(team: Team): Promise<Listed[]> {
  const at = team.at("members");
  const { body } = await ask(members, { ...at, url: `/api/v1/pages${at.url}`, cookie: team.owner.cookie });
  return (body as { invitations: Listed[] }).invitations;
}

export async function linkOf(team: Team, email: string) {
  const found = (await listed(team)).find((each) => each.email === email);
  return new URL(found?.link ?? "http://none").searchParams.get("id") ?? "";
}

export async function anInvited(values: Partial<Person> = {}) {
  const person = await aPerson(db, values);
  return { person, cookie: await cookiesOf(await aSession(db, person)) };
}

export const answer = (action: typeof accept | typeof decline, token: string, cookie: string) =>
  ask(action, { url: `/accept-invite?id=${token}`, cookie, form: { id: token } });

export async function shown(token: string, cookie: string | null = null) {
  const { body, services } = await ask(preview, { url: `/accept-invite?id=${token}`, cookie });
  return { preview: (body as { preview: Preview | null }).preview, trips: services.trace.trips };
}

export const messagesOf = ({ body }: { body: unknown }) => (body as { error: Record<string, string[]> }).error;

export const isMember = async ({ id }: { id: string }, { organization: { id: organizationId } }: Team) =>
  (await db.$count(member, and(eq(member.organizationId, organizationId), eq(member.userId, id)))) === 1;

export const statusOf = async ({ id }: Invitation) =>
  (await db.select().from(invitation).where(eq(invitation.id, id)))[0]?.status;

export function about(team: Team, { id }: { id: string }, what: string) {
  return team.at(`invitations/${id}/${what}`, { invitation: id });
}

export const byOwner = (
  { owner, at }: Team,
  { member: id }: Colleague,
  what: string,
  form: Record<string, string> = {},
) => ({
  ...{ ...at(`members/${id}/${what}`, { member: id }), cookie: owner.cookie, form },
});

export async function meanwhile(happens: () => Promise<unknown>, asked: () => ReturnType<typeof answer>) {
  const { execute } = accepting;
  using _interrupted = vi.spyOn(accepting, "execute").mockImplementation(async (grant, input) => {
    await happens();
    return execute(grant, input);
  });
  return await asked();
}

export const waiting = async (cookie: string) =>
  ((await ask(onboarding, { url: "/onboarding", cookie })).body as { invitations: WaitingInvitation[] }).invitations;

export const isHeld = async (team: Team, { id }: { id: string }) =>
  (await listed(team)).find((each) => each.id === id)?.isHeld;
