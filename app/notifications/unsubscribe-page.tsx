import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { OptionalMail } from "#app/mail/optional-mails.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { mailName } from "./mail-names.ts";

type UnsubscribePageProps = {
  loaderData: { mail: OptionalMail };
  actionData?: FormAnswer | { done: true } | undefined;
};

export function UnsubscribePage({ loaderData: { mail }, actionData }: UnsubscribePageProps) {
  const name = mailName(mail);
  if (actionData && "done" in actionData) {
    return (
      <AccountFrame title={m.notifications_mail_stopped_title()} description={m.notifications_mail_stopped({ name })}>
        <LinkButton to={href("/settings/notifications")} size="large">
          {m.notifications_mail_page_title()}
        </LinkButton>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title={m.notifications_mail_stop_title()} description={m.notifications_mail_stop({ name })}>
      <Form method="post" className="grid gap-5">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <SubmitButton size="large">{m.notifications_mail_turn_off()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}
