import "#app/ui/offline-links.ts";
import { href } from "react-router";
import { PERSON_NAME_MAXIMUM } from "#app/auth/limits.ts";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { PictureForm } from "#app/pictures/picture-form.tsx";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Field } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { inlineForm, SaveButton } from "#app/ui/inline-form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { AVATAR_MAXIMUM } from "./limits.ts";
import type { Profile } from "./profile.server.ts";

type Result = FormAnswer | undefined;

type AccountPageProps = {
  profile: Profile;
  results?: { name?: Result; avatar?: Result };
};

export function AccountPage({ profile, results = {} }: AccountPageProps) {
  return (
    <div className="grid gap-5">
      <Section title={m.profile_avatar_title()} description={m.profile_avatar_description()}>
        <PictureForm
          picture={<Avatar id={profile.id} name={profile.name} imageUrl={avatarUrl(profile)} size="huge" />}
          current={profile.image}
          shape="round"
          name="avatar"
          label={m.profile_avatar_title()}
          hint={m.common_picture_hint({ maximum: formatBytes(AVATAR_MAXIMUM) })}
          maximum={AVATAR_MAXIMUM}
          changing={{ action: href("/settings/account/avatar"), label: m.profile_avatar_save() }}
          removing={
            profile.image === null
              ? null
              : { action: href("/settings/account/avatar/remove"), label: m.profile_avatar_remove() }
          }
          result={results.avatar}
        />
      </Section>
      <NameForm name={profile.name} result={results.name} />
      <EmailSection profile={profile} />
      <Section title={m.profile_export_title()} description={m.profile_export_description()}>
        <LinkButton to={href("/settings/account/export")} reloadDocument variant="secondary">
          {m.profile_export_action()}
        </LinkButton>
      </Section>
      <Section title={m.profile_delete_title()} description={m.profile_delete_description()} isDanger>
        <LinkButton to={href("/settings/account/delete")} variant="danger">
          {asksFirst(m.profile_delete_title())}
        </LinkButton>
      </Section>
    </div>
  );
}

function NameForm({ name: current, result }: { name: string; result: Result }) {
  const [form, { name }] = useForm<{ name: string }>({
    id: "profile-name",
    lastResult: result ?? null,
    defaultValue: { name: current },
  });
  return (
    <Section title={m.account_name_label()}>
      <Form method="post" action={href("/settings/account")} {...form.props} className={inlineForm}>
        <FormError>{form.error}</FormError>
        <Field
          {...name.frame}
          label={m.account_name_label()}
          isLabelHidden
          inputProps={{
            ...name.control,
            type: "text",
            required: true,
            maxLength: PERSON_NAME_MAXIMUM,
            dir: "auto",
            autoComplete: "name",
          }}
        />
        <SaveButton action={href("/settings/account")} />
      </Form>
    </Section>
  );
}

function EmailSection({ profile: { email, newEmail } }: { profile: Profile }) {
  return (
    <Section title={m.account_email_label()} description={m.profile_email_description()}>
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p dir="ltr" className="min-w-0 font-medium">
            {shownAddress(email)}
          </p>
          <LinkButton to={href("/settings/account/email")} variant="secondary">
            {m.profile_email_action()}
          </LinkButton>
        </div>
        {newEmail !== null && (
          <Notice>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0">{m.profile_email_waiting({ email: newEmail })}</span>
              <Form method="post" action={href("/settings/account/email/cancel")}>
                <Button variant="ghost" size="small" className="-me-3">
                  {m.profile_email_cancel()}
                </Button>
              </Form>
            </div>
          </Notice>
        )}
      </div>
    </Section>
  );
}
