import { and, asc, eq, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { mailOptOut } from "#app/db/schema/mail.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { type OptionalMail, optionalMails } from "#app/mail/optional-mails.ts";
import { isUnsubscribeToken } from "#app/mail/unsubscribe-link.server.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan, planOf } from "#app/operation/plan.ts";
import type { ChooseMail, MuteOrganization, UnsubscribeLink } from "./schemas.ts";

export type MailChoices = {
  mails: { mail: OptionalMail; isOn: boolean }[];
  organizations: { name: string; slug: string; isMuted: boolean }[];
};

export function mailChoices(scope: Scope<"self">): Plan<MailChoices> {
  const off = scope.select({ template: mailOptOut.template }).from(mailOptOut);
  const memberships = scope
    .select({ name: organization.name, slug: organization.slug, mutedAt: member.mutedAt })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .orderBy(sql`${organization.name} collate nocase`, asc(organization.id));
  return plan({ off, memberships }, ({ off, memberships }) => ({
    mails: optionalMails.map((mail) => ({ mail, isOn: !off.some(({ template }) => template === mail) })),
    organizations: memberships.map(({ mutedAt, ...each }) => ({ ...each, isMuted: mutedAt !== null })),
  }));
}

export async function keepMailChoice(grant: Grant<"self">, { mail, comes }: ChooseMail) {
  const isIt = eq(mailOptOut.template, mail);
  await change(grant, {
    unlogged: OWN_CHOICE,
    makes: (entry) => ({
      before: entry.remove(mailOptOut, isIt),
      ...(comes === "no" && { off: entry.insert(mailOptOut, { template: mail }) }),
    }),
  });
  return { ok: true } as const;
}

const OWN_CHOICE = "Which mails a person wants concerns no one else.";

export async function muteOrganization(grant: Grant<"self">, { organization: slug, muted }: MuteOrganization) {
  const { isMade } = await change(grant, {
    unlogged: OWN_CHOICE,
    makes: (entry) => ({
      membership: entry.update(
        member,
        { mutedAt: muted === "yes" ? grant.now : null },
        sql`${member.organizationId} = (select ${organization.id} from ${organization} where ${organization.slug} = ${slug})`,
      ),
    }),
  });
  return isMade ? ({ ok: true } as const) : ({ ok: false, reason: "not-found" } as const);
}

/** The kind of mail that the link turns off; null if the link is forged. It changes nothing, because mail scanners open links. */
export function unsubscribing(scope: Scope<"public">, link: UnsubscribeLink): Plan<{ mail: OptionalMail } | null> {
  return planOf(isUnsubscribeToken(link.token, link, scope.tokenFor) ? { mail: link.mail } : null);
}

/** Anyone who has the mail may do this: its link does nothing else. Idempotent; stores nothing for a deleted account. */
export async function unsubscribe(grant: Grant<"public">, link: UnsubscribeLink) {
  const { person, mail, token } = link;
  if (!isUnsubscribeToken(token, link, grant.tokenFor)) return { ok: false, reason: "unknown-link" } as const;
  await change(grant, {
    unlogged: OWN_CHOICE,
    makes: (entry) => {
      const { db, when } = entry.unsafe("The signed link identifies the person who chooses.");
      const whose = db
        .select({ userId: user.id, template: sql<string>`${mail}`.as("template") })
        .from(user)
        .where(and(eq(user.id, person), when));
      return { off: db.insert(mailOptOut).select(whose).onConflictDoNothing() };
    },
  });
  return { ok: true } as const;
}
