import { href, redirectDocument } from "react-router";
import { z } from "zod";
import { DeleteAccountPage } from "#app/account/delete-page.tsx";
import { deleteAccount, leftBehind } from "#app/account/removal.server.ts";
import { DeleteAccount } from "#app/account/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/delete";

export const meta: Route.MetaFunction = () => [{ title: title(m.profile_delete_title()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: leftBehind,
  answer: (organizations, { viewer: { email } }) => ({ organizations, email }),
});

export const action = write({
  validate: DeleteAccount,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: (grant, { email }) => deleteAccount(grant, email),
  refused: {
    "other-address": { status: 409, field: "email", message: () => m.profile_delete_other_address() },
    "only-owner": { status: 409, message: () => m.profile_delete_only_owner() },
  },
  // A new document: what the browser's scripts hold of the person goes with the old one.
  answer: () => redirectDocument(`${href("/login")}?notice=account-deleted`, 303),
});

export default DeleteAccountPage;
