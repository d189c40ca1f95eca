import { href } from "react-router";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { PictureForm } from "#app/pictures/picture-form.tsx";
import { SLUG_MAXIMUM, SLUG_MINIMUM } from "#app/tenancy/limits.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Column } from "#app/ui/column.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { inlineForm, SaveButton } from "#app/ui/inline-form.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { FORMER_SLUG_DAYS, LOGO_MAXIMUM, ORGANIZATION_NAME_MAXIMUM, ORGANIZATION_NAME_MINIMUM } from "../limits.ts";
import { OrganizationAvatar } from "../organization-avatar.tsx";
import type { OrganizationSettings } from "./settings.server.ts";

type Result = FormAgain | undefined;

type SettingsPageProps = {
  organization: string;
  settings: OrganizationSettings;
  results?: { name?: Result; slug?: Result; logo?: Result; secondFactor?: Result };
};

export function SettingsPage({ organization, settings, results = {} }: SettingsPageProps) {
  return (
    <Column>
      <PageHeader title={m.organizations_place_settings()} />
      <div className="grid gap-5">
        <NameForm organization={organization} settings={settings} result={results.name} />
        <LogoForm organization={organization} settings={settings} result={results.logo} />
        <SlugForm organization={organization} settings={settings} result={results.slug} />
        <SecondFactorForm organization={organization} settings={settings} result={results.secondFactor} />
        <Ownership organization={organization} settings={settings} />
        <Section title="API" description={m.settings_api_description()}>
          <LinkButton to={href("/developers")} variant="secondary">
            {m.settings_api_action()}
          </LinkButton>
        </Section>
        <Section title={m.settings_delete_title()} description={m.settings_delete_description()} isDanger>
          <LinkButton to={href("/organizations/:organization/settings/delete", { organization })} variant="danger">
            {asksFirst(m.settings_delete_title())}
          </LinkButton>
        </Section>
      </div>
    </Column>
  );
}

type PartProps = { organization: string; settings: OrganizationSettings; result: Result };

function NameForm({ organization, settings, result }: PartProps) {
  const filled = { name: settings.name };
  const [form, { name }] = useForm<{ name: string }>({
    id: "settings-name",
    lastResult: result ?? null,
    defaultValue: filled,
  });
  return (
    <Section title={m.settings_name_title()}>
      <Form
        method="post"
        action={href("/organizations/:organization/settings", { organization })}
        {...form.props}
        className={inlineForm}
      >
        <FormError>{form.error}</FormError>
        <AsShown fields={filled} lastResult={result} />
        <Field
          {...name.frame}
          label={m.organizations_name_label()}
          isLabelHidden
          inputProps={{
            ...name.control,
            type: "text",
            required: true,
            minLength: ORGANIZATION_NAME_MINIMUM,
            maxLength: ORGANIZATION_NAME_MAXIMUM,
            dir: "auto",
            autoComplete: "organization",
          }}
        />
        <SaveButton
          action={href("/organizations/:organization/settings", { organization })}
          of={`${name.frame.id}-label`}
        />
      </Form>
    </Section>
  );
}

function LogoForm({ organization, settings, result }: PartProps) {
  const removing = href("/organizations/:organization/settings/logo/remove", { organization });
  return (
    <Section title={m.settings_logo_title()}>
      <PictureForm
        picture={<OrganizationAvatar organization={{ ...settings, slug: organization }} size="huge" />}
        current={settings.logo}
        shape="square"
        name="logo"
        label={m.organizations_logo_label()}
        hint={m.common_picture_hint({ maximum: formatBytes(LOGO_MAXIMUM) })}
        maximum={LOGO_MAXIMUM}
        changing={{
          action: href("/organizations/:organization/settings/logo", { organization }),
          label: m.settings_logo_save(),
        }}
        removing={settings.logo === null ? null : { action: removing, label: m.settings_logo_remove() }}
        result={result}
      />
    </Section>
  );
}

function SlugForm({ organization, settings, result }: PartProps) {
  const filled = { slug: settings.slug };
  const [form, { slug }] = useForm<{ slug: string }>({
    id: "settings-slug",
    lastResult: result ?? null,
    defaultValue: filled,
  });
  const action = href("/organizations/:organization/settings/slug", { organization });
  return (
    <Section title={m.settings_slug_title()} description={m.settings_slug_description({ days: FORMER_SLUG_DAYS })}>
      <Form method="post" action={action} {...form.props} className={inlineForm}>
        <FormError>{form.error}</FormError>
        <AsShown fields={filled} lastResult={result} />
        <Field
          {...slug.frame}
          label={m.settings_slug_label()}
          isLabelHidden
          hint={m.settings_slug_hint({ minimum: SLUG_MINIMUM, maximum: SLUG_MAXIMUM })}
          inputProps={{
            ...slug.control,
            type: "text",
            required: true,
            minLength: SLUG_MINIMUM,
            maxLength: SLUG_MAXIMUM,
            pattern: "[a-z0-9\\-]+",
            dir: "ltr",
            autoComplete: "off",
            spellCheck: false,
            className: "font-mono",
          }}
        />
        <SaveButton action={action} of={`${slug.frame.id}-label`} variant="secondary" />
        {settings.formerSlugs.length > 0 && (
          <p className="col-span-full text-muted text-sm">
            {m.settings_slug_former()}{" "}
            {settings.formerSlugs.map((former, index) => (
              <span key={former}>
                {index > 0 && ", "}
                <code dir="ltr" className="font-mono text-text">
                  {former}
                </code>
              </span>
            ))}
          </p>
        )}
      </Form>
    </Section>
  );
}

function SecondFactorForm({ organization, settings: { requiresSecondFactor }, result }: PartProps) {
  const action = href("/organizations/:organization/settings/second-factor", { organization });
  const refusal = result?.error?.[""]?.[0];
  return (
    <Section
      title={m.settings_second_factor_title()}
      description={m.settings_second_factor_description()}
      actions={requiresSecondFactor ? <Badge tone="success">{m.security_on()}</Badge> : undefined}
    >
      <div className="grid justify-items-start gap-4">
        <FormError confirmAt={result?.confirmAt}>
          {result?.code === "one-factor" ? (
            <>
              {refusal}{" "}
              <Link to={href("/settings/security")} className="font-medium underline">
                {m.errors_second_factor_action()}
              </Link>
            </>
          ) : (
            refusal
          )}
        </FormError>
        {requiresSecondFactor ? (
          <LinkButton
            to={href("/organizations/:organization/settings/second-factor/end", { organization })}
            variant="secondary"
          >
            {asksFirst(m.settings_second_factor_end())}
          </LinkButton>
        ) : (
          <Form method="post" action={action}>
            <input type="hidden" name="required" value="yes" />
            <SaveButton action={action} label={m.settings_second_factor_begin()} variant="secondary" />
          </Form>
        )}
      </div>
    </Section>
  );
}

function Ownership({ organization, settings: { successors } }: Omit<PartProps, "result">) {
  return (
    <Section title={m.settings_hand_over_title()} description={m.settings_hand_over_description()}>
      {successors.length === 0 ? (
        <p className="text-muted text-sm">
          {m.settings_hand_over_nobody()}{" "}
          <Link
            to={href("/organizations/:organization/members", { organization })}
            className="font-medium text-accent hover:underline"
          >
            {m.organizations_place_members()}
          </Link>
        </p>
      ) : (
        <Form
          action={href("/organizations/:organization/settings/hand-over", { organization })}
          className="flex flex-wrap items-end gap-3"
        >
          <div className="min-w-48 flex-1">
            <SelectField
              id="successor"
              errorId="successor-error"
              label={m.settings_hand_over_label()}
              selectProps={{ name: "member", required: true, defaultValue: "" }}
              options={[
                { value: "", label: m.settings_hand_over_choose() },
                ...successors.map(({ id, name, role }) => ({ value: id, label: `${name} (${roleName(role)})` })),
              ]}
            />
          </div>
          <Button variant="secondary">{m.settings_hand_over_continue()}</Button>
        </Form>
      )}
    </Section>
  );
}
