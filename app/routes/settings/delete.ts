import { href, redirectDocument, type ShouldRevalidateFunctionArgs } from "react-router";
import { DeleteAccountPage } from "#app/account/delete-page.tsx";
import { askForClosing, closeAccount } from "#app/account/operations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.profile_delete_title()) }];

export const loader = page(askForClosing);

export const action = form(closeAccount, {
  // Load a new document: what the scripts remember of the person is lost with the old one.
  leads: () => redirectDocument(href("/login"), 303),
  says: "account_deleted",
});

/** After a refusal, too: the address may be another now, or the person the only owner of an organization. */
export function shouldRevalidate({ actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return defaultShouldRevalidate || actionStatus === 409;
}

export default DeleteAccountPage;
