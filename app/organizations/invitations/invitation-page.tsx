import { href, useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { type Role, rolesRuledBy, rolesToGive } from "#app/tenancy/roles.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { SelectField } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { memberPlace } from "../members/member-place.ts";
import { roleCommand } from "../members/role-commands.ts";
import { InvitationState } from "./invitation-list.tsx";
import type { Invitation } from "./invitations.server.ts";

type InvitationPageProps = {
  params: { organization: string; invitation: string };
  loaderData: { invitation: Invitation; viewerRole: Role };
  actionData?: FormAgain | undefined;
};

export function InvitationPage({ params, loaderData: { invitation, viewerRole }, actionData }: InvitationPageProps) {
  const { organization } = params;
  const inList = usePlaceIn(memberPlace);
  const pending = useNavigation().formAction;
  const resending = href("/organizations/:organization/invitations/:invitation/resend", params) + inList;
  const changing = href("/organizations/:organization/invitations/:invitation/role", params) + inList;
  const revoking = href("/organizations/:organization/invitations/:invitation/revoke", params) + inList;
  const mayChange = rolesRuledBy(viewerRole).includes(invitation.role);
  const given = invitation.isExpired ? [] : rolesToGive(viewerRole, { role: invitation.role, isSelf: false });
  const chosen = given.filter((role) => role !== "owner");
  const isOwner = invitation.role === "owner";
  const asking = href("/organizations/:organization/invitations/:invitation/owner", params) + inList;
  return (
    <NarrowPage
      back={{
        to: href("/organizations/:organization/members", { organization }) + inList,
        label: m.organizations_place_members(),
      }}
      title={shownAddress(invitation.email)}
      description={<InvitationState invitation={invitation} />}
    >
      <div className="grid gap-6 *:first:border-t-0 *:first:pt-0">
        <FormError confirmAt={actionData?.confirmAt}>{actionData?.error?.[""]?.[0]}</FormError>
        {invitation.link !== null && (
          <div className="grid gap-2">
            <h2 className="font-medium text-sm">{m.invitations_link_label()}</h2>
            <code dir="ltr" className="select-all break-all rounded-md bg-sunken p-3 font-mono text-xs">
              {invitation.link}
            </code>
            <p className="text-muted text-sm">{m.invitations_link_hint({ email: invitation.email })}</p>
            <CopyButton text={invitation.link} className="w-fit">
              {m.invitations_copy_link()}
            </CopyButton>
          </div>
        )}
        {mayChange && isOwner && (
          <div className="border-t pt-5">
            <LinkButton to={asking} variant="secondary">
              {asksFirst(m.invitations_resend())}
            </LinkButton>
          </div>
        )}
        {mayChange && !isOwner && (
          <Form method="post" action={resending} className="border-t pt-5">
            <Button variant="secondary" isPending={pending === resending}>
              {m.invitations_resend()}
            </Button>
          </Form>
        )}
        {chosen.length > 0 && (
          <Form method="post" action={changing} className="grid gap-3 border-t pt-5">
            <AsShown fields={{ role: invitation.role }} lastResult={actionData} />
            <SelectField
              id="role"
              errorId="role-error"
              errors={actionData?.error?.role ?? undefined}
              label={m.invitations_role_label()}
              selectProps={{ name: "role", defaultValue: actionData?.initialValue?.role ?? invitation.role }}
              options={[invitation.role, ...chosen].map((role) => ({ value: role, label: roleName(role) }))}
            />
            <div>
              <Button variant="secondary" isPending={pending === changing}>
                {m.members_role_save()}
              </Button>
            </div>
          </Form>
        )}
        {given.includes("owner") && (
          <div className="border-t pt-5">
            <LinkButton to={asking} variant="secondary">
              {asksFirst(roleCommand("owner"))}
            </LinkButton>
          </div>
        )}
        {mayChange && (
          <Form method="post" action={revoking} className="border-t pt-5">
            <Button variant="danger" isPending={pending === revoking}>
              {m.invitations_revoke()}
            </Button>
          </Form>
        )}
      </div>
    </NarrowPage>
  );
}
