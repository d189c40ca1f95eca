import { MailsPage } from "#app/development/mails-page.tsx";
import { showMails } from "#app/development/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title("Emails") }];

export const loader = page(showMails);

export default MailsPage;
