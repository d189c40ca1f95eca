import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { MailChoicesPage } from "#app/notifications/mail-choices-page.tsx";
import { chooseMail, showMailChoices } from "#app/notifications/mail-operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.notifications_mail_page_title()) }];

export const loader = page(showMailChoices);

export const action = form(chooseMail, { leads: () => href("/settings/notifications"), says: "settings_saved" });

export const clientAction = announcePress(() => m.settings_saved());

export default MailChoicesPage;
