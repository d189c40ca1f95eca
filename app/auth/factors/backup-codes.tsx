import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { PRODUCT_NAME, PRODUCT_SLUG } from "#app/product.ts";
import { buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const security = href("/settings/security");
  return (
    <NarrowPage
      back={{ to: security, label: m.organizations_own_security() }}
      title={m.security_backup_codes_title()}
      description={m.security_backup_codes_description()}
    >
      <div className="grid gap-5">
        <Notice tone="warning">{m.security_backup_codes_once()}</Notice>
        <ul
          dir="ltr"
          className="printed grid gap-x-6 gap-y-1.5 rounded-md bg-sunken p-4 font-mono text-sm sm:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code} className="select-all">
              {code}
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center justify-end gap-2">
          <LinkButton to={security} variant="secondary">
            {m.security_backup_codes_kept()}
          </LinkButton>
          {/* The page makes the file itself: after this response the server no longer has the codes. */}
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${PRODUCT_NAME}\n\n${codes.join("\n")}\n`)}`}
            download={`${PRODUCT_SLUG}-backup-codes.txt`}
            className={buttonClasses({ variant: "secondary" })}
          >
            <Icon name="download" />
            {m.security_backup_codes_download()}
          </a>
          <PrintButton>{m.security_backup_codes_print()}</PrintButton>
          <CopyButton variant="primary" size="medium" text={codes.join("\n")}>
            {m.security_backup_codes_copy()}
          </CopyButton>
        </div>
      </div>
    </NarrowPage>
  );
}

type BackupCodesPageProps = { actionData?: FormAgain | { codes: readonly string[] } | undefined };

export function BackupCodesPage({ actionData }: BackupCodesPageProps) {
  if (actionData && "codes" in actionData) return <BackupCodes codes={actionData.codes} />;
  return <RenewBackupCodes result={actionData} />;
}

function RenewBackupCodes({ result }: { result: FormAgain | undefined }) {
  return (
    <QuestionPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={m.security_backup_codes_renew()}
      question={m.security_backup_codes_question()}
      confirm={m.security_backup_codes_renew()}
      result={result}
    />
  );
}
