import { getFormProps, getInputProps, type SubmissionResult, useForm } from "@conform-to/react";
import type { ReactNode } from "react";
import { Form, href, Link, useNavigation } from "react-router";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { IMAGE_TYPES } from "#app/storage/image-type.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/ui/card.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import {
  FORMER_SLUG_DAYS,
  LOGO_MAXIMUM,
  ORGANIZATION_NAME_MAXIMUM,
  ORGANIZATION_NAME_MINIMUM,
  SLUG_MAXIMUM,
  SLUG_MINIMUM,
} from "../limits.ts";
import { logoUrl } from "../logo-url.ts";
import type { OrganizationSettings } from "./settings.server.ts";

type Result = SubmissionResult | undefined;

type SettingsPageProps = {
  organization: string;
  settings: OrganizationSettings;
  /** What the last form was answered, by the form. */
  results?: { name?: Result; slug?: Result; logo?: Result };
};

/** What an organization is called, where it is found and what it looks like; whose it is, and its end. */
export function SettingsPage({ organization, settings, results = {} }: SettingsPageProps) {
  return (
    <>
      <PageHeader title={m.settings_title()} description={m.settings_description()} />
      <div className="grid max-w-3xl gap-5">
        <NameForm organization={organization} settings={settings} result={results.name} />
        <LogoForm organization={organization} settings={settings} result={results.logo} />
        <SlugForm organization={organization} settings={settings} result={results.slug} />
        <Ownership organization={organization} settings={settings} />
        <Card className="border-danger/40">
          <CardHeader title={m.settings_delete_title()} description={m.settings_delete_description()} />
          <CardBody>
            <LinkButton to={href("/organizations/:organization/settings/delete", { organization })} variant="danger">
              {m.settings_delete_action()}
            </LinkButton>
          </CardBody>
        </Card>
      </div>
    </>
  );
}

/** A field and its button side by side; what is wrong with the whole form stands above both. */
const row = "grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_auto] [&>[role=alert]]:col-span-full";

type PartProps = { organization: string; settings: OrganizationSettings; result: Result };

function NameForm({ organization, settings, result }: PartProps) {
  const [form, { name }] = useForm<{ name: string }>({
    id: "settings-name",
    lastResult: result ?? null,
    defaultValue: { name: settings.name },
  });
  return (
    <Part title={m.settings_name_title()} description={m.settings_name_description()}>
      <Form
        method="post"
        action={href("/organizations/:organization/settings", { organization })}
        {...getFormProps(form)}
        className={row}
      >
        <FormError>{form.errors?.[0]}</FormError>
        <Field
          id={name.id}
          errorId={name.errorId}
          errors={name.errors}
          label={m.organizations_name_label()}
          isLabelHidden
          inputProps={{
            ...getInputProps(name, { type: "text" }),
            required: true,
            minLength: ORGANIZATION_NAME_MINIMUM,
            maxLength: ORGANIZATION_NAME_MAXIMUM,
            dir: "auto",
            autoComplete: "organization",
          }}
        />
        <Save action={href("/organizations/:organization/settings", { organization })} />
      </Form>
    </Part>
  );
}

function LogoForm({ organization, settings, result }: PartProps) {
  const [form, { logo }] = useForm<{ logo: File }>({ id: "settings-logo", lastResult: result ?? null });
  const changing = href("/organizations/:organization/settings/logo", { organization });
  const removing = href("/organizations/:organization/settings/logo/remove", { organization });
  const pending = useNavigation().formAction;
  return (
    <Part title={m.settings_logo_title()} description={m.settings_logo_description()}>
      <div className="flex flex-wrap items-start gap-5">
        <Avatar
          name={settings.name}
          imageUrl={logoUrl({ slug: organization, logo: settings.logo })}
          shape="square"
          size="huge"
        />
        <div className="grid min-w-0 flex-1 gap-4">
          <Form method="post" action={changing} encType="multipart/form-data" {...getFormProps(form)} className={row}>
            <FormError>{form.errors?.[0]}</FormError>
            <Field
              id={logo.id}
              errorId={logo.errorId}
              errors={logo.errors}
              label={m.organizations_logo_label()}
              isLabelHidden
              hint={m.settings_logo_hint({ maximum: formatBytes(LOGO_MAXIMUM) })}
              inputProps={{
                ...getInputProps(logo, { type: "file" }),
                required: true,
                accept: IMAGE_TYPES.join(","),
                className:
                  "py-1 file:me-3 file:rounded-sm file:bg-hover file:px-2.5 file:py-1 file:font-medium file:text-sm",
              }}
            />
            <Save action={changing} label={m.settings_logo_save()} />
          </Form>
          {settings.logo !== null && (
            <Form method="post" action={removing}>
              <Button variant="ghost" size="small" isPending={pending === removing}>
                {m.settings_logo_remove()}
              </Button>
            </Form>
          )}
        </div>
      </div>
    </Part>
  );
}

function SlugForm({ organization, settings, result }: PartProps) {
  const [form, { slug }] = useForm<{ slug: string }>({
    id: "settings-slug",
    lastResult: result ?? null,
    defaultValue: { slug: settings.slug },
  });
  const action = href("/organizations/:organization/settings/slug", { organization });
  return (
    <Part title={m.settings_slug_title()} description={m.settings_slug_description({ days: FORMER_SLUG_DAYS })}>
      <Form method="post" action={action} {...getFormProps(form)} className={row}>
        <FormError>{form.errors?.[0]}</FormError>
        <Field
          id={slug.id}
          errorId={slug.errorId}
          errors={slug.errors}
          label={m.settings_slug_label()}
          isLabelHidden
          hint={m.settings_slug_hint({ minimum: SLUG_MINIMUM, maximum: SLUG_MAXIMUM })}
          inputProps={{
            ...getInputProps(slug, { type: "text" }),
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
        <Save action={action} />
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
    </Part>
  );
}

function Ownership({ organization, settings: { successors } }: Omit<PartProps, "result">) {
  return (
    <Part title={m.settings_hand_over_title()} description={m.settings_hand_over_description()}>
      {successors.length === 0 ? (
        <p className="text-muted text-sm">
          {m.settings_hand_over_nobody()}{" "}
          <Link
            to={href("/organizations/:organization/members", { organization })}
            className="font-medium text-accent hover:underline"
          >
            {m.members_title()}
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
    </Part>
  );
}

function Part({ title, description, children }: { title: string; description: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader title={title} description={description} />
      <CardBody>{children}</CardBody>
    </Card>
  );
}

function Save({ action, label = m.common_save() }: { action: string; label?: string }) {
  const isPending = useNavigation().formAction === action;
  return (
    <div className="max-sm:flex max-sm:justify-end">
      <Button isPending={isPending}>{label}</Button>
    </div>
  );
}
