import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { VERIFICATION_LINK_MINUTES } from "../limits.ts";
import { ResendForm } from "./resend-form.tsx";

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
      {email !== null && (
        <Form method="post" action={href("/signup/correct")} className="mt-3 grid">
          <input type="hidden" name="signUp" value={signUp} />
          <Button size="large" variant="ghost">
            {m.account_wrong_address()}
          </Button>
        </Form>
      )}
    </AccountFrame>
  );
}
