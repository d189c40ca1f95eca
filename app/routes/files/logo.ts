import { isCurrentLogo, logoKey } from "#app/organizations/logos.server.ts";
import { OrganizationLogo } from "#app/organizations/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { pictureAnswer } from "./picture-answer.ts";

export const loader = read({
  validate: OrganizationLogo,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: (scope, { logo }) => isCurrentLogo(scope, logo),
  answer: async (isCurrent, { storage }, { logo }) =>
    pictureAnswer(isCurrent ? await storage.get(logoKey(logo)) : null),
});
