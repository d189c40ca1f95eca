import { z } from "zod";
import { uploadLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { together } from "#app/operation/plan.ts";
import { creationFor } from "./creation.ts";
import { waitingInvitations } from "./invitations/invitations.server.ts";
import { currentLogo, logoKey } from "./logos.server.ts";
import { lastUsedOrganization, myOrganizations } from "./memberships.server.ts";
import { createOrganization } from "./organizations.server.ts";
import { createRefusals } from "./refusals.ts";
import { NewOrganization, OrganizationLogo } from "./schemas.ts";

export const listOrganizations = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: (scope) => together({ organizations: myOrganizations(scope), invitations: waitingInvitations(scope) }),
});

export const askForOrganization = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: myOrganizations,
  answer: (organizations) => ({ creation: creationFor(organizations.map(({ role }) => role)) }),
});

export const makeOrganization = write({
  validate: NewOrganization,
  authenticate: "session",
  authorize: "self",
  limit: uploadLimit,
  execute: createOrganization,
  refused: createRefusals,
});

export const findLastUsed = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: (scope) => together({ last: lastUsedOrganization(scope) }),
});

export const openLogo = read({
  validate: OrganizationLogo,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: currentLogo,
  answer: (_found, { storage }, { logo }) => storage.get(logoKey(logo)),
});
