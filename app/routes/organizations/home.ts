import { href, redirect } from "react-router";
import { enterOrganization } from "#app/dashboard/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(enterOrganization, (_found, { input: { organization } }) =>
  redirect(href("/organizations/:organization/dashboard", { organization })),
);
