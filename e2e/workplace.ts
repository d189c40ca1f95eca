import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { passkey } from "../app/db/schema/factors.ts";
import { member, organization } from "../app/db/schema/organizations.ts";
import { account, user } from "../app/db/schema/people.ts";
import { anInvitation, aPerson } from "../app/test/builders.ts";
import { aWorkplace } from "./people.ts";
import { aPixel } from "./pixel.ts";
import { ask } from "./requests.ts";

type Furnish = (place: { slug: string; cookie: string | null }) => Promise<Record<string, string>>;

const domains = import.meta.glob<{ furnish: Furnish }>("./*/furnish.ts", { eager: true });

export type Workplace = Awaited<ReturnType<typeof aFurnishedWorkplace>>;

/** An organization that its owner made here, with a logo, one of everything that domains have, and the others as members. */
export async function aFurnishedWorkplace() {
  const workplace = await aWorkplace();
  const { db, people, cookies } = workplace;
  const body = new FormData();
  body.append("name", "Northwind Pictures");
  body.append("logo", aPixel("logo"));
  const created = await ask("/organizations/new", cookies.owner, { method: "POST", body });
  const slug = created.headers.get("Location")?.split("/")[2] ?? "";
  const [made] = await db.select().from(organization).where(eq(organization.slug, slug));
  if (!made?.logo) throw new Error(`No organization with a logo was made: ${created.status}`);
  const bystander = { id: randomUUID(), userId: (await aPerson(db)).id, role: "member" as const };
  const others = (["member", "admin"] as const).map((role) => ({ id: randomUUID(), userId: people[role].id, role }));
  await db.insert(member).values([bystander, ...others].map((each) => ({ ...each, organizationId: made.id })));
  const [owner] = await db
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organizationId, made.id), eq(member.role, "owner")));
  const things: Record<string, string> = {};
  // One after the other, since some find what they have made by its place in a list.
  for (const { furnish } of Object.values(domains))
    Object.assign(things, await furnish({ slug, cookie: cookies.owner }));
  return {
    ...workplace,
    ...(await own(workplace)),
    organization: made,
    logo: made.logo,
    things,
    member: bystander.id,
    colleague: others[1]?.id ?? "",
    invitation: (await anInvitation(db, { organization: made })).id,
    named: { slug: workplace.elsewhere.slug, owner: owner?.id ?? "", things },
  };
}

/** Gives the owner an avatar, a linked account and a passkey. Returns their ids. */
async function own({ db, people: { owner }, cookies }: Awaited<ReturnType<typeof aWorkplace>>) {
  const body = new FormData();
  body.append("avatar", aPixel("avatar"));
  await ask("/settings/account/avatar", cookies.owner, { method: "POST", body });
  const [person] = await db.select({ avatar: user.image }).from(user).where(eq(user.id, owner.id));
  const linked = randomUUID();
  await db.insert(account).values({ id: linked, userId: owner.id, providerId: "google", accountId: linked });
  const kept = randomUUID();
  await db.insert(passkey).values({
    id: kept,
    userId: owner.id,
    name: "Phone",
    credentialId: kept,
    publicKey: "AAAA",
    counter: 0,
    transports: [],
  });
  return { owner: owner.id, avatar: person?.avatar ?? "", account: linked, passkey: kept };
}

/** Fills in the parameters of a row's URL with the ids of this workplace. */
export function fillIn(url: string, workplace: Workplace) {
  const { things, logo, member, colleague, invitation, owner, avatar, account, passkey } = workplace;
  const ids = { ...things, logo, member, colleague, invitation, owner, avatar, account, passkey };
  const known: Record<string, string> = { organization: workplace.organization.slug, ...ids };
  return url.replace(/:(\w+)/g, (whole, name: string) => known[name] ?? whole);
}
