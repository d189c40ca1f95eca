import "#app/i18n/messages-of/account-more.ts";
import { href, redirectDocument } from "react-router";
import { openUndoLink, undoEmail } from "#app/account/email-operations.server.ts";
import { UndoEmailPage } from "#app/account/undo-email-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_undo_email_title()) }];

export const loader = page(openUndoLink);

export const action = form(undoEmail, {
  leads: ({ email }) => redirectDocument(`${href("/forgot-password")}?${new URLSearchParams({ email })}`, 303),
  says: "account_email_restored",
});

export default UndoEmailPage;
