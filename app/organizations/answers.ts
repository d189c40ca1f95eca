import { z } from "zod";
import { asTime, pageAnswer, time } from "#app/fields/answers.ts";
import { roles } from "#app/tenancy/roles.ts";
import type { Invitation } from "./invitations/invitations.server.ts";
import type { Member } from "./members/members.server.ts";
import type { OrganizationFacts } from "./settings/settings.server.ts";

const Role = z.enum(roles);

export const OrganizationAnswer = z
  .object({
    id: z.string(),
    name: z.string().meta({ examples: ["Acme"] }),
    slug: z.string().meta({ examples: ["acme"] }),
    logo: z
      .string()
      .nullable()
      .meta({ description: "Changes with every new logo; `null` if there is none.", examples: [null] }),
    requiresSecondFactor: z.boolean(),
    memberCount: z.int().min(0),
    imageCount: z.int().min(0),
    storageUsed: z.int().min(0).describe("In bytes."),
    storageQuota: z.int().min(0).describe("In bytes."),
    createdAt: time,
  })
  .meta({ id: "Organization" });

export function organizationAnswer({ createdAt, ...facts }: OrganizationFacts) {
  return { ...facts, createdAt: asTime(createdAt) };
}

export const MemberAnswer = z
  .object({
    id: z.string().describe("The ID of the membership."),
    userId: z.string(),
    name: z.string().meta({ examples: ["Ada Lovelace"] }),
    email: z.string().meta({ examples: ["ada@example.com"] }),
    role: Role,
    joinedAt: time,
    lastActiveAt: time.nullable(),
  })
  .meta({ id: "Member" });

export const MemberListAnswer = pageAnswer(MemberAnswer).meta({ id: "MemberList" });

export function memberAnswer({ id, userId, name, email, role, joinedAt, lastActiveAt }: Member) {
  return {
    ...{ id, userId, name, email, role },
    joinedAt: asTime(joinedAt),
    lastActiveAt: asTime(lastActiveAt),
  };
}

export const InvitationAnswer = z
  .object({
    id: z.string(),
    email: z.string().meta({ examples: ["ada@example.com"] }),
    role: Role,
    inviterName: z
      .string()
      .nullable()
      .meta({ examples: ["Grace Hopper"] }),
    expiresAt: time,
    isExpired: z.boolean(),
    isHeld: z
      .boolean()
      .describe(
        "`false` if the sender can no longer invite, or if the person with this address was removed or got another role since. Nobody can accept the invitation until it is sent again.",
      ),
    delivery: z.enum(["sending", "sent", "delayed", "failed"]),
  })
  .meta({ id: "Invitation" });

export const InvitationListAnswer = pageAnswer(InvitationAnswer).meta({ id: "InvitationList" });

/** Leaves out the link, because it lets people in. */
export function invitationAnswer({ id, email, role, inviterName, expiresAt, isExpired, isHeld, delivery }: Invitation) {
  return { id, email, role, inviterName, expiresAt: asTime(expiresAt), isExpired, isHeld, delivery };
}
