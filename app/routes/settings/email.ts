import { href } from "react-router";
import { askForEmail, chooseEmail } from "#app/account/email-operations.server.ts";
import { EmailPage } from "#app/account/email-page.tsx";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.profile_email_title()) }];

export const loader = page(askForEmail);

export const action = form(chooseEmail, { leads: () => href("/settings/account"), says: "profile_email_sent" });

export const clientAction = announce(() => m.profile_email_sent());

export default EmailPage;
