import { BackupCodesPage } from "#app/auth/factors/backup-codes.tsx";
import { askForBackupCodes, makeBackupCodes } from "#app/auth/factors/operations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_backup_codes_title()) }];

export const loader = page(askForBackupCodes);

export const action = form(makeBackupCodes, { shows: ({ codes }) => ({ codes }) });

export default BackupCodesPage;
