import { accountView } from "#app/account/feature.view.ts";
import { OwnEntries } from "#app/audit/own-entries.tsx";
import { FailedAttempts } from "#app/auth/failed-attempts.tsx";
import { authView } from "#app/auth/feature.view.ts";
import { showSecurity } from "#app/auth/operations.server.ts";
import { SecurityPage } from "#app/auth/security-page.tsx";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security";

export const meta = () => [{ title: title(m.organizations_own_security()) }];

export const loader = page(showSecurity);

const ownWords = { ...accountView.logged, ...authView.logged };

export default function SecurityRoute({ loaderData: { entries, failed, ...security } }: Route.ComponentProps) {
  return (
    <SecurityPage security={security}>
      <OwnEntries entries={entries} words={ownWords} />
      <FailedAttempts attempts={failed} />
    </SecurityPage>
  );
}
