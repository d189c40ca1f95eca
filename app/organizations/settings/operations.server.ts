import { DAY_SECONDS } from "#app/durations.server.ts";
import { serverFeatures } from "#app/features.server.ts";
import { formFields } from "#app/operation/form-fields.server.ts";
import { allOf, changeLimit, perOrganization, perPerson, uploadLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { squareRefusals } from "#app/pictures/refusals.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { SLUG_CHANGES_PER_DAY } from "../limits.ts";
import { deleteRefusals, moveRefusals, secondFactorRefusals } from "./refusals.ts";
import { deleteOrganization } from "./removal.server.ts";
import {
  ChangeLogo,
  DeleteOrganization,
  MoveOrganization,
  RenameOrganization,
  RequireSecondFactor,
} from "./schemas.ts";
import {
  changeLogo,
  moveOrganization,
  removeLogo,
  renameOrganization,
  requireSecondFactor,
} from "./setting-writes.server.ts";
import { organizationFacts, organizationName, organizationSettings, organizationSlug } from "./settings.server.ts";

export const showOrganization = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: organizationFacts,
});

export const showSettings = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "organization:update",
  execute: organizationSettings,
});

export const nameOrganization = write({
  validate: RenameOrganization,
  authenticate: "session",
  authorize: "organization:update",
  edits: (scope) => formFields(organizationName(scope), (name) => name),
  limit: changeLimit,
  execute: renameOrganization,
  refused: {},
});

export const changeOrganizationUrl = write({
  validate: MoveOrganization,
  authenticate: "session",
  authorize: "organization:update",
  edits: (scope) => formFields(organizationSlug(scope), (slug) => slug),
  // Each change reserves the former slug, and nobody should reserve many, be it by several callers or in several organizations.
  limit: allOf(
    perOrganization("slug", SLUG_CHANGES_PER_DAY, DAY_SECONDS),
    perPerson("slugs", SLUG_CHANGES_PER_DAY, DAY_SECONDS),
  ),
  execute: moveOrganization,
  refused: moveRefusals,
});

export const uploadLogo = write({
  validate: ChangeLogo,
  authenticate: "session",
  authorize: "organization:update",
  limit: uploadLimit,
  execute: changeLogo,
  refused: squareRefusals("logo"),
});

export const deleteLogo = write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "organization:update",
  limit: changeLimit,
  execute: removeLogo,
  refused: {},
});

export const askForOneFactor = read({
  validate: InOrganization,
  authenticate: "fresh",
  authorize: "organization:update",
  execute: nothing,
});

export const chooseFactors = write({
  validate: RequireSecondFactor,
  authenticate: "stepping-up",
  authorize: "organization:update",
  limit: changeLimit,
  execute: requireSecondFactor,
  refused: secondFactorRefusals,
});

export const askForOrganizationDeletion = read({
  validate: InOrganization,
  authenticate: "fresh",
  authorize: "organization:delete",
  execute: organizationSettings,
});

const emptied = serverFeatures.flatMap(({ emptied = [] }) => emptied);

export const endOrganization = write({
  validate: DeleteOrganization,
  authenticate: "fresh",
  authorize: "organization:delete",
  limit: changeLimit,
  execute: (grant, { name }) => deleteOrganization(grant, { name, emptied }),
  refused: deleteRefusals,
});
