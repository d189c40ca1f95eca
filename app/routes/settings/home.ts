import { href, redirect } from "react-router";
import { enterSettings } from "#app/account/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(enterSettings, () => redirect(href("/settings/account")));
