import "../members/members.css";
import type { ComponentType, ReactNode } from "react";
import { type FormProps, href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { type Role, rolesRuledBy } from "#app/tenancy/roles.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { SelectField, TextAreaField } from "#app/ui/field.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Once } from "#app/ui/once.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { INVITATION_MESSAGE_MAXIMUM, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";
import { memberPlace } from "../members/member-place.ts";
import type { RoomToInvite } from "./invitation-limits.server.ts";

type InviteFormProps = {
  organization: string;
  action?: string;
  viewerRole: Role;
  room: RoomToInvite;
  lastResult: FormAgain | null;
  as: ComponentType<FormProps>;
  children: ReactNode;
};

export function InviteForm(props: InviteFormProps) {
  const { organization, viewerRole, room, lastResult, as: Form, children, ...rest } = props;
  const obstacle = obstacleOf(room);
  const inList = usePlaceIn(memberPlace);
  const ruled = rolesRuledBy(viewerRole);
  // With scripts the page stays, and an address can be invited again after its invitation was revoked, so there is no `Once`.
  const isHydrated = useIsHydrated();
  const [form, { email, role, message }] = useForm<{ email: string; role: Role; message: string }>({
    id: "invite",
    lastResult,
    defaultValue: { role: "member" },
  });
  return (
    <Form
      method="post"
      action={href("/organizations/:organization/invitations", { organization }) + inList}
      {...rest}
      {...form.props}
      className="invite grid gap-4"
    >
      {isHydrated || <Once />}
      {obstacle !== null && !lastResult?.error && <Notice tone="warning">{obstacle}</Notice>}
      {lastResult?.done !== undefined && <Notice tone="success">{lastResult.done}</Notice>}
      <FormError confirmAt={lastResult?.confirmAt}>{form.error}</FormError>
      <div className="invite-fields">
        <TextAreaField
          {...email.frame}
          label={m.invitations_emails_label()}
          hint={m.invitations_emails_hint()}
          areaProps={{
            ...email.control,
            rows: 1,
            dir: "ltr",
            required: true,
            autoComplete: "off",
            placeholder: m.invitations_email_example(),
            className: "addresses",
          }}
        />
        <SelectField
          {...role.frame}
          label={m.invitations_role_label()}
          selectProps={role.control}
          options={ruled.filter((each) => each !== "owner").map((each) => ({ value: each, label: roleName(each) }))}
        />
        <div className="invite-send">{children}</div>
      </div>
      <details open={Boolean(message.control.defaultValue)} className="text-sm">
        <summary className="w-fit rounded-sm font-medium">{m.invitations_message_add()}</summary>
        <div className="mt-3">
          <TextAreaField
            {...message.frame}
            label={m.invitations_message_label()}
            areaProps={{ ...message.control, rows: 3, maxLength: INVITATION_MESSAGE_MAXIMUM }}
          />
        </div>
      </details>
      <p className="flex flex-wrap gap-x-4 gap-y-2 font-medium text-accent text-sm [&_a]:hover:underline">
        <Link to={href("/organizations/:organization/invite-links", { organization }) + inList}>{m.links_title()}</Link>
        {ruled.includes("owner") && (
          <Link to={href("/organizations/:organization/invitations/owner", { organization }) + inList}>
            {asksFirst(m.invitations_owner_invite_title())}
          </Link>
        )}
      </p>
    </Form>
  );
}

/** Why nobody can be invited now; null if people can be. */
export function obstacleOf({ isFull, pending }: RoomToInvite): string | null {
  if (isFull) return m.invitations_organization_full();
  return pending < PENDING_INVITATIONS_MAXIMUM
    ? null
    : m.invitations_too_many({ maximum: PENDING_INVITATIONS_MAXIMUM });
}
