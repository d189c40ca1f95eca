import { and, eq } from "drizzle-orm";
import { vi } from "vitest";
import { inviteLink, member } from "#app/db/schema/organizations.ts";
import type { InviteLink } from "#app/organizations/invite-links/invite-links.server.ts";
import type { LinkPreview } from "#app/organizations/invite-links/joining.server.ts";
import { joinOrganization as joining } from "#app/organizations/invite-links/operations.server.ts";
import { action as join, loader as preview } from "#app/routes/invitations/join.tsx";
import { action as make } from "#app/routes/organizations/invite-links.new.ts";
import { action as revoke } from "#app/routes/organizations/invite-links.revoke.ts";
import { loader as list } from "#app/routes/organizations/invite-links.tsx";
import { anInviteLink, aPerson, aSession, type Person } from "./builders.ts";
import { testDatabase } from "./database.ts";
import { ask, cookiesOf } from "./requests.ts";
import type { aTeam, Colleague } from "./team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

export async function aVisitor(values: Partial<Person> = {}, session: { factors?: number } = {}) {
  const person = await aPerson(db, values);
  return { person, cookie: await cookiesOf(await aSession(db, person, session)) };
}

export function create(team: Team, form: Record<string, string> = {}, as: Colleague = team.owner) {
  const chosen = { days: "7", uses: "10", domain: "", ...form };
  return ask(make, { ...team.at("invite-links/new"), cookie: as.cookie, form: chosen });
}

export const tokenIn = ({ body }: { body: unknown }) =>
  new URL((body as { link: string }).link).searchParams.get("id") ?? "";

export async function listed(team: Team): Promise<InviteLink[]> {
  const { body } = await ask(list, { ...team.at("invite-links"), cookie: team.owner.cookie });
  return (body as { links: InviteLink[] }).links;
}

export const aLink = (team: Team, values: Partial<Parameters<typeof anInviteLink>[1]> = {}) =>
  anInviteLink(db, { organizationId: team.organization.id, createdBy: team.owner.person.id, ...values });

export const follow = (token: string, cookie: string | null) =>
  ask(join, { url: `/join?id=${token}`, cookie, form: { id: token } });

export async function shown(token: string, cookie: string | null = null) {
  const { body, services } = await ask(preview, { url: `/join?id=${token}`, cookie });
  return { preview: (body as { preview: LinkPreview | null }).preview, trips: services.trace.trips };
}

export const isMember = async ({ id }: { id: string }, { organization: { id: organizationId } }: Team) =>
  (await db.$count(member, and(eq(member.organizationId, organizationId), eq(member.userId, id)))) === 1;

export const usesOf = async ({ id }: { id: string }) =>
  (await db.select().from(inviteLink).where(eq(inviteLink.id, id)))[0]?.uses;

export const errorsOf = ({ body }: { body: unknown }) => (body as { error: Record<string, string[]> }).error;

export const revoking = (team: Team, { id }: { id: string }, as: Colleague = team.owner) =>
  ask(revoke, { ...team.at(`invite-links/${id}/revoke`, { link: id }), cookie: as.cookie, form: {} });

export async function meanwhile(happens: () => Promise<unknown>, asked: () => ReturnType<typeof follow>) {
  const { execute } = joining;
  using _interrupted = vi.spyOn(joining, "execute").mockImplementation(async (grant, input) => {
    await happens();
    return execute(grant, input);
  });
  return await asked();
}
