import { and, eq } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { member } from "#app/db/schema/organizations.ts";
import { anOrganization, aPerson, aSession, members, type OrganizationValues, type Person } from "./builders.ts";
import { cookiesOf } from "./requests.ts";

type Role = (typeof member.$inferSelect)["role"];

export type Colleague = { person: Person; member: string; cookie: string };

/** An organization with a colleague in every role, each signed in, and room for more. */
export async function aTeam(db: Database, values: OrganizationValues = {}) {
  const organization = await anOrganization(db, values);
  const join = (role: Role, person?: Person) => aColleague(db, { organizationId: organization.id, role, person });
  const made = await members(db, { organizationId: organization.id, roles: ["owner", "admin", "member"] });
  const [owner, admin, plain] = (await Promise.all(made.map(signedIn))) as [Colleague, Colleague, Colleague];
  const { slug } = organization;
  return {
    organization,
    owner,
    admin,
    plain,
    join,
    /** The arguments with which `ask` reaches a page of this organization. `params` are the path's other parameters. */
    at: (path: string, params: Record<string, string> = {}) => ({
      url: `/organizations/${slug}/${path}`,
      params: { organization: slug, ...params },
    }),
    roleOf: async ({ person }: Colleague): Promise<Role | null> => {
      const own = and(eq(member.organizationId, organization.id), eq(member.userId, person.id));
      const [row] = await db.select({ role: member.role }).from(member).where(own);
      return row?.role ?? null;
    },
    owners: () => db.$count(member, and(eq(member.organizationId, organization.id), eq(member.role, "owner"))),
  };
}

async function signedIn({ person, member, session }: Awaited<ReturnType<typeof members>>[number]): Promise<Colleague> {
  return { person, member, cookie: await cookiesOf(session) };
}

type Joining = { organizationId: string; role: Role; person?: Person | undefined };

async function aColleague(db: Database, { organizationId, role, person: given }: Joining): Promise<Colleague> {
  const person = given ?? (await aPerson(db, { name: `Some ${role}` }));
  const id = crypto.randomUUID();
  await db.insert(member).values({ id, organizationId, userId: person.id, role });
  return { person, member: id, cookie: await cookiesOf(await aSession(db, person)) };
}
