import "#app/i18n/messages-of/settings.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { followUnsubscribeLink, openUnsubscribeLink } from "#app/notifications/mail-operations.server.ts";
import { UnsubscribePage } from "#app/notifications/unsubscribe-page.tsx";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["settings"];

export const meta = () => [{ title: title(m.notifications_mail_stop_title()) }];

export const loader = page(openUnsubscribeLink);

// Responds without a redirect, because mail programs do not follow one (RFC 8058, section 3.1).
export const action = form(followUnsubscribeLink, { shows: () => ({ done: true }) as const });

export default UnsubscribePage;
