import type { ReactNode } from "react";
import { href, useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Form } from "#app/ui/form.tsx";
import type { MailChoices } from "./mail-choices.server.ts";
import { mailName } from "./mail-names.ts";

export function MailChoicesPage({ loaderData: { mails, organizations } }: { loaderData: MailChoices }) {
  return (
    <div className="grid gap-5">
      <Section title={m.notifications_mail_title()} description={m.notifications_mail_description()}>
        <ul className="-mt-3.5 divide-y">
          {mails.map(({ mail, isOn }) => (
            <MailChoice key={mail} mail={mail} isOn={isOn} />
          ))}
        </ul>
        <p className="border-t pt-3.5 text-muted text-sm">{m.notifications_mail_always()}</p>
      </Section>
      {organizations.length > 0 && (
        <Section title={m.notifications_mail_muting_title()} description={m.notifications_mail_muting_description()}>
          <ul className="-my-3.5 divide-y">
            {organizations.map((each) => (
              <Muting key={each.slug} {...each} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function MailChoice({ mail, isOn }: MailChoices["mails"][number]) {
  const name = mailName(mail);
  const label = isOn ? m.notifications_mail_turn_off_label({ name }) : m.notifications_mail_turn_on_label({ name });
  return (
    <Choice
      name={name}
      state={
        isOn ? <Badge tone="success">{m.notifications_mail_on()}</Badge> : <Badge>{m.notifications_mail_off()}</Badge>
      }
      action={href("/settings/notifications")}
      fields={{ mail, comes: isOn ? "no" : "yes" }}
      label={label}
    >
      {isOn ? m.notifications_mail_turn_off() : m.notifications_mail_turn_on()}
    </Choice>
  );
}

function Muting({ name, slug, isMuted }: MailChoices["organizations"][number]) {
  const label = isMuted ? m.notifications_mail_unmute_label({ name }) : m.notifications_mail_mute_label({ name });
  return (
    <Choice
      name={name}
      state={isMuted && <Badge>{m.notifications_mail_muted()}</Badge>}
      action={href("/settings/notifications/organizations/:organization/mute", { organization: slug })}
      fields={{ muted: isMuted ? "no" : "yes" }}
      label={label}
    >
      {isMuted ? m.notifications_mail_unmute() : m.notifications_mail_mute()}
    </Choice>
  );
}

type ChoiceProps = {
  name: string;
  state: ReactNode;
  action: string;
  fields: Record<string, string>;
  label: string;
  children: string;
};

function Choice({ name, state, action, fields, label, children }: ChoiceProps) {
  const { formAction, formData } = useNavigation();
  const isPending =
    formAction === action && Object.entries(fields).every(([field, value]) => formData?.get(field) === value);
  return (
    <li className="flex items-center justify-between gap-3 py-3.5 text-sm">
      <bdi className="min-w-0 flex-1 font-medium">{name}</bdi>
      {state}
      <Form method="post" action={action}>
        {Object.entries(fields).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} />
        ))}
        <Button variant="secondary" size="small" isPending={isPending} aria-label={label}>
          {children}
        </Button>
      </Form>
    </li>
  );
}
