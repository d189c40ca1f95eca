import { z } from "zod";
import { renewBackupCodes } from "#app/auth/authenticator.server.ts";
import { BackupCodes, RenewBackupCodes } from "#app/auth/backup-codes.tsx";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security.backup-codes";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_backup_codes_title()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: () => answer(null),
});

export const action = write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: renewBackupCodes,
  refused: { "no-authenticator": { status: 409, message: () => m.security_backup_codes_none() } },
  answer: ({ codes }) => ({ codes }),
});

export default function BackupCodesRoute({ actionData }: Route.ComponentProps) {
  if (actionData && "codes" in actionData) return <BackupCodes codes={actionData.codes} />;
  return <RenewBackupCodes result={actionData} />;
}
