import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Button } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { VERIFICATION_LINK_MINUTES } from "../limits.ts";
import { useWait } from "../use-wait.ts";

export function CheckMail({ signUp, email }: { signUp: string; email: string | null }) {
  return (
    <AccountFrame
      title={m.account_check_mail_title()}
      description={
        email === null
          ? m.account_check_mail_again({ minutes: VERIFICATION_LINK_MINUTES })
          : m.account_check_mail_description({ email, minutes: VERIFICATION_LINK_MINUTES })
      }
      footer={m.account_check_mail_hint()}
    >
      <Icon name="mail-check" className="stroke-[1.5] mb-6 size-10 text-accent" />
      <ResendForm signUp={signUp} />
    </AccountFrame>
  );
}

type Resent = FormAgain & { signUp?: string };

export function ResendForm({ signUp }: { signUp: string }) {
  const fetcher = useFetcher<Resent>();
  const wait = useWait(fetcher.data, m.account_resend_action());
  const problem = fetcher.data?.error?.[""]?.[0];
  return (
    <fetcher.Form method="post" action={href("/verify-email/resend")} className="grid gap-4">
      {fetcher.data?.signUp && <Notice tone="success">{m.account_resend_done()}</Notice>}
      {problem && !wait.isOver && <Notice tone="warning">{problem}</Notice>}
      <input type="hidden" name="signUp" value={fetcher.data?.signUp ?? signUp} />
      <Button variant="secondary" isPending={fetcher.state !== "idle"} {...wait.button} />
    </fetcher.Form>
  );
}
