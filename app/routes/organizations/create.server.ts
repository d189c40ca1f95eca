import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { creationRefusal } from "#app/organizations/creation.ts";
import { ORGANIZATIONS_MADE_PER_DAY } from "#app/organizations/limits.ts";
import { createOrganization } from "#app/organizations/organizations.server.ts";
import { NewOrganization } from "#app/organizations/schemas.ts";
import { squareRefused } from "#app/pictures/refusals.ts";
import { uploadLimit } from "#app/request/limits.server.ts";
import { write } from "#app/request/write.server.ts";

/** The action of both pages that create an organization, so that each shows its own form again. */
export const create = write({
  validate: NewOrganization,
  authenticate: "session",
  authorize: "self",
  limit: uploadLimit,
  execute: createOrganization,
  refused: {
    "too-many-owned": { status: 409, message: () => creationRefusal("too-many-owned") },
    "slug-taken": { status: 409, field: "slug", message: () => m.organizations_slug_taken() },
    "too-many-made": {
      status: 429,
      retryAfter: 86_400,
      message: () => m.organizations_too_many_made({ maximum: ORGANIZATIONS_MADE_PER_DAY }),
    },
    "members-only": { status: 403, message: () => creationRefusal("members-only") },
    ...squareRefused("logo"),
  },
  answer: ({ slug }) => redirect(href("/organizations/:organization/dashboard", { organization: slug })),
});
