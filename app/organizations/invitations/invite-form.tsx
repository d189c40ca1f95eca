import type { ComponentType, ReactNode } from "react";
import { type FormProps, href, Link } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { type Role, rolesRuledBy } from "#app/tenancy/roles.ts";
import { EMAIL_MAXIMUM } from "#app/text/address-limit.ts";
import { Field, SelectField } from "#app/ui/field.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Once } from "#app/ui/once.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";

type InviteFormProps = {
  organization: string;
  viewerRole: Role;
  lastResult: FormAgain | null;
  as: ComponentType<FormProps>;
  children: ReactNode;
};

export function InviteForm({ organization, viewerRole, lastResult, as: Form, children }: InviteFormProps) {
  const ruled = rolesRuledBy(viewerRole);
  // With scripts the page stays, and the same address may be invited again, after what was sent before was taken back.
  const isHydrated = useIsHydrated();
  const [form, { email, role }] = useForm<{ email: string; role: Role }>({
    id: "invite",
    lastResult,
    defaultValue: { role: "member" },
  });
  return (
    <Form
      method="post"
      action={href("/organizations/:organization/invitations", { organization })}
      {...form.props}
      className="grid gap-4"
    >
      {isHydrated || <Once />}
      <FormError confirmAt={lastResult?.confirmAt}>{form.error}</FormError>
      <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_11rem_auto]">
        <Field
          {...email.frame}
          label={m.invitations_email_label()}
          inputProps={{
            ...email.control,
            type: "email",
            required: true,
            maxLength: EMAIL_MAXIMUM,
            autoComplete: "off",
            placeholder: m.invitations_email_example(),
          }}
        />
        <SelectField
          {...role.frame}
          label={m.invitations_role_label()}
          selectProps={role.control}
          options={ruled.filter((each) => each !== "owner").map((each) => ({ value: each, label: roleName(each) }))}
        />
        <div className="sm:pt-6.5">{children}</div>
      </div>
      {ruled.includes("owner") && (
        <p className="text-sm">
          <Link
            to={href("/organizations/:organization/invitations/owner", { organization })}
            className="font-medium text-accent hover:underline"
          >
            {m.invitations_owner_invite()}
          </Link>
        </p>
      )}
    </Form>
  );
}
