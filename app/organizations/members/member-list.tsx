import { Link } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { MemberMenu } from "./member-menu.tsx";
import { columnOf, membersHref, type SortedColumn } from "./member-sorts.ts";
import type { Member, MembersPage } from "./members.server.ts";

type MemberListProps = { organization: string; found: MembersPage; onRemove: (member: Member) => void };

export function MemberList({ organization, found, onRemove }: MemberListProps) {
  const { members, viewerRole, owners, now } = found;
  const sorting = { organization, found };
  return (
    <table className="w-full table-fixed text-sm tabular-nums">
      <thead className="border-b text-muted text-xs">
        <tr className="*:px-4 *:py-2.5 *:text-start *:font-medium sm:*:px-5">
          <SortedHead {...sorting} column="name" label={m.members_column_member()} />
          <SortedHead {...sorting} column="role" label={m.members_column_role()} className="w-28 sm:w-32" />
          <SortedHead
            {...sorting}
            column="joined"
            label={m.members_column_joined()}
            className="w-36 max-md:hidden lg:w-44"
          />
          <th scope="col" className="w-40 max-lg:hidden">
            {m.members_column_active()}
          </th>
          {viewerSees(members) && (
            <th scope="col" className="w-32 max-xl:hidden">
              {m.members_column_two_factor()}
            </th>
          )}
          <th scope="col" className="w-16 sm:w-18">
            <span className="sr-only">{m.members_column_actions()}</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y [&_td]:px-4 [&_td]:py-3 sm:[&_td]:px-5 max-sm:[&_.avatar]:hidden">
        {members.map((member) => (
          <tr key={member.id}>
            <td>
              <div className="grid items-center gap-x-3 sm:grid-cols-[auto_minmax(0,1fr)]">
                <Avatar
                  id={member.userId}
                  name={member.name}
                  imageUrl={avatarUrl({ id: member.userId, image: member.image })}
                  className="row-span-2"
                />
                <p className="truncate font-medium">
                  {member.isSelf ? (
                    <>
                      <bdi>{member.name}</bdi> <span className="font-normal text-muted text-xs">{m.members_you()}</span>
                    </>
                  ) : (
                    member.name
                  )}
                </p>
                <p dir="ltr" className="truncate text-muted text-xs rtl:text-end">
                  {shownAddress(member.email)}
                </p>
              </div>
            </td>
            <td>
              <Badge tone={member.role === "owner" ? "accent" : "neutral"}>{roleName(member.role)}</Badge>
            </td>
            <td className="text-muted max-md:hidden">{formatDate(member.joinedAt)}</td>
            <td className="text-muted max-lg:hidden">
              {member.lastActiveAt === null ? (
                m.members_never_active()
              ) : (
                <RelativeTime value={new Date(member.lastActiveAt)} now={new Date(now)} />
              )}
            </td>
            {member.hasTwoFactor !== null && (
              <td className="max-xl:hidden">
                {member.hasTwoFactor ? m.members_two_factor_on() : m.members_two_factor_off()}
              </td>
            )}
            <td className="text-end">
              <MemberMenu {...{ organization, member, viewerRole, owners, onRemove }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const viewerSees = (members: Member[]) => members.some(({ hasTwoFactor }) => hasTwoFactor !== null);

type SortedHeadProps = {
  organization: string;
  found: MembersPage;
  column: SortedColumn;
  label: string;
  className?: string;
};

/** Once for the usual way (who joined last comes first), twice for the other. */
function SortedHead({ organization, found, column, label, className }: SortedHeadProps) {
  const { sort } = found;
  const isUp = sort.startsWith("-");
  const isThis = columnOf(sort) === column;
  const isNextUp = isThis ? !isUp : column === "joined";
  return (
    <th scope="col" aria-sort={isThis ? (isUp ? "descending" : "ascending") : undefined} className={className}>
      <Link
        to={membersHref(organization, { ...found, sort: isNextUp ? `-${column}` : column })}
        className="inline-flex items-center gap-1 hover:text-text"
      >
        {label}
        {isThis && <Icon name="chevron-down" className={isUp ? "size-3.5" : "size-3.5 -scale-y-100"} />}
      </Link>
    </th>
  );
}
