import { href, redirect } from "react-router";
import { findPasswordPage } from "#app/auth/passwords/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(findPasswordPage, () => {
  throw redirect(href("/settings/security/password"));
});
