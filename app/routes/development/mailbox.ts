import { MailboxPage } from "#app/development/mailbox-page.tsx";
import { openMailbox } from "#app/development/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title("Mailbox") }];

export const loader = page(openMailbox);

export default MailboxPage;
