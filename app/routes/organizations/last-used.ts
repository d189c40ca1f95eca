import { href, redirect } from "react-router";
import { findLastUsed } from "#app/organizations/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(findLastUsed, ({ last: organization }) =>
  redirect(
    organization === null ? href("/onboarding") : href("/organizations/:organization/dashboard", { organization }),
  ),
);
