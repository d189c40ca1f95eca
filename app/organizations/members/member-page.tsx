import { href, useNavigation } from "react-router";
import { formatDate, formatRelative } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleDescription, roleName } from "#app/i18n/role-names.ts";
import { can } from "#app/tenancy/permissions.ts";
import { type Role, rolesToGive } from "#app/tenancy/roles.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { memberPlace } from "./member-place.ts";
import type { Member, MemberDetails } from "./members.server.ts";
import { ownerHref } from "./owner-link.ts";
import { roleCommand } from "./role-commands.ts";

type MemberPageProps = {
  params: { organization: string; member: string };
  loaderData: MemberDetails;
  actionData?: FormAgain | undefined;
};

export function MemberPage({ params, loaderData, actionData }: MemberPageProps) {
  const { member, viewerRole, owners, now } = loaderData;
  const { organization } = params;
  const inList = usePlaceIn(memberPlace);
  const given = rolesToGive(viewerRole, { ...member, owners });
  const isOwner = member.role === "owner";
  const asked = given.filter((role) => isOwner || role === "owner");
  const chosen = given.filter((role) => !asked.includes(role));
  const isRemovable = can(viewerRole, "member:delete") && !member.isSelf;
  return (
    <NarrowPage
      back={{
        to: href("/organizations/:organization/members", { organization }) + inList,
        label: m.organizations_place_members(),
      }}
      title={member.name}
      description={<bdi>{shownAddress(member.email)}</bdi>}
    >
      <div className="grid gap-6">
        <FormError confirmAt={actionData?.confirmAt}>{actionData?.error?.[""]?.[0]}</FormError>
        <MemberFacts member={member} now={now} />
        {chosen.length > 0 && <RoleForm {...{ params, inList, member, chosen, actionData }} />}
        {asked.length > 0 && (
          <div className="flex flex-wrap gap-2 border-t pt-5">
            {asked.map((role) => (
              <LinkButton key={role} to={ownerHref({ ...params, inList }, role)} variant="secondary">
                {asksFirst(roleCommand(role))}
              </LinkButton>
            ))}
          </div>
        )}
        {member.isSelf && (
          <div className="border-t pt-5">
            <LinkButton to={href("/organizations/:organization/leave", { organization })} variant="secondary">
              {asksFirst(m.members_leave_confirm())}
            </LinkButton>
          </div>
        )}
        {isRemovable && isOwner && (
          <div className="border-t pt-5">
            <LinkButton to={ownerHref({ ...params, inList }, "nobody")} variant="danger">
              {asksFirst(m.members_remove())}
            </LinkButton>
          </div>
        )}
        {isRemovable && !isOwner && (
          <>
            <div className="border-t pt-5">
              <LinkButton
                to={href("/organizations/:organization/members/:member/sign-out", params) + inList}
                variant="secondary"
              >
                {asksFirst(m.members_sign_out())}
              </LinkButton>
            </div>
            <RemoveForm {...{ params, inList, member }} />
          </>
        )}
      </div>
    </NarrowPage>
  );
}

function MemberFacts({ member, now }: { member: Member; now: number }) {
  const { role, joinedAt, lastActiveAt, hasTwoFactor } = member;
  const facts = [
    { term: m.members_column_role(), fact: roleName(role) },
    { term: m.members_column_joined(), fact: formatDate(joinedAt) },
    {
      term: m.members_column_active(),
      fact: lastActiveAt === null ? m.members_never_active() : formatRelative(lastActiveAt, now),
    },
    ...(hasTwoFactor === null
      ? []
      : [
          {
            term: m.members_column_two_factor(),
            fact: hasTwoFactor ? m.members_two_factor_on() : m.members_two_factor_off(),
          },
        ]),
  ];
  return (
    <dl className="grid gap-3 text-sm">
      {facts.map(({ term, fact }) => (
        <div key={term} className="flex justify-between gap-4">
          <dt className="text-muted">{term}</dt>
          <dd className="font-medium">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

type MemberFormProps = { params: MemberPageProps["params"]; inList: string; member: Member };

type RoleFormProps = MemberFormProps & { chosen: readonly Role[]; actionData: FormAgain | undefined };

function RoleForm({ params, inList, member, chosen, actionData }: RoleFormProps) {
  const action = href("/organizations/:organization/members/:member/role", params) + inList;
  return (
    <Form method="post" action={action} className="grid gap-4 border-t pt-5">
      <AsShown fields={{ role: member.role }} lastResult={actionData} />
      <fieldset className="grid gap-2">
        <legend className="mb-2 font-medium text-sm">{m.members_role_legend()}</legend>
        {[member.role, ...chosen].map((role) => (
          <label
            key={role}
            className="flex gap-3 rounded-md border p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="role"
              value={role}
              defaultChecked={role === (actionData?.initialValue?.role ?? member.role)}
              className="mt-1"
            />
            <span>
              <span className="block font-medium text-sm">{roleName(role)}</span>
              <span className="block text-muted text-sm">{roleDescription(role)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="flex justify-end">
        <Button isPending={useNavigation().formAction === action}>{m.members_role_save()}</Button>
      </div>
    </Form>
  );
}

function RemoveForm({ params, inList, member }: MemberFormProps) {
  const action = href("/organizations/:organization/members/:member/remove", params) + inList;
  return (
    <details className="border-t pt-4 text-sm">
      <summary className="w-fit rounded-sm py-1 font-medium text-danger">{asksFirst(m.members_remove_title())}</summary>
      <Form method="post" action={action} className="mt-3 grid gap-3">
        <p className="text-muted">{m.members_remove_question({ name: member.name })}</p>
        <Button variant="danger" isPending={useNavigation().formAction === action}>
          {m.members_remove_confirm()}
        </Button>
      </Form>
    </details>
  );
}
