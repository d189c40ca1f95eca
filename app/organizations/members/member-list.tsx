import "./members.css";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SelectBox } from "#app/ui/selection.tsx";
import { MemberMenu } from "./member-menu.tsx";
import { memberPlace } from "./member-place.ts";
import { columnOf, membersHref, type SortedColumn } from "./member-sorts.ts";
import type { Member, MembersPage } from "./members.server.ts";

type MemberListProps = { organization: string; found: MembersPage; onRemove: (member: Member) => void };

export function MemberList({ organization, found, onRemove }: MemberListProps) {
  const { members, viewerRole, owners, now, isSelecting } = found;
  const inList = usePlaceIn(memberPlace);
  const sorting = { organization, found };
  return (
    <table className="members">
      <thead className="border-b text-muted text-xs">
        <tr>
          <SortedHead {...sorting} column="name" label={m.members_column_member()} />
          <SortedHead {...sorting} column="role" label={m.members_column_role()} />
          <SortedHead {...sorting} column="joined" label={m.members_column_joined()} />
          <th scope="col">{m.members_column_active()}</th>
          {viewerSees(members) && <th scope="col">{m.members_column_two_factor()}</th>}
          <th scope="col">
            <span className="sr-only">{isSelecting ? m.members_select_members() : m.members_column_actions()}</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {members.map((member) => (
          <tr key={member.id}>
            <td>
              <div className="member">
                <Avatar
                  id={member.userId}
                  name={member.name}
                  imageUrl={avatarUrl({ id: member.userId, image: member.image })}
                />
                <p dir="auto">
                  {member.isSelf ? (
                    <>
                      <span>{member.name}</span> <bdi>{m.members_you()}</bdi>
                    </>
                  ) : (
                    member.name
                  )}
                </p>
                <p dir="ltr">{shownAddress(member.email)}</p>
              </div>
            </td>
            <td>
              <Badge tone={member.role === "owner" ? "accent" : "neutral"}>{roleName(member.role)}</Badge>
            </td>
            <td>{formatDate(member.joinedAt)}</td>
            <td>
              {member.lastActiveAt === null ? (
                m.members_never_active()
              ) : (
                <RelativeTime value={new Date(member.lastActiveAt)} now={new Date(now)} />
              )}
            </td>
            {member.hasTwoFactor !== null && (
              <td>{member.hasTwoFactor ? m.members_two_factor_on() : m.members_two_factor_off()}</td>
            )}
            <td>
              {!isSelecting ? (
                <MemberMenu {...{ organization, member, inList, viewerRole, owners, onRemove }} />
              ) : (
                isSelectable(member) && (
                  <SelectBox id={member.id} field="member" label={m.members_select({ name: member.name })} />
                )
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const isSelectable = ({ isSelf, role }: Member) => !isSelf && role !== "owner";

const viewerSees = (members: Member[]) => members.some(({ hasTwoFactor }) => hasTwoFactor !== null);

type SortedHeadProps = {
  organization: string;
  found: MembersPage;
  column: SortedColumn;
  label: string;
};

/** The first click sorts in the usual direction (newest first for "joined"), the second click in the other. */
function SortedHead({ organization, found, column, label }: SortedHeadProps) {
  const { sort } = found;
  const isUp = sort.startsWith("-");
  const isThis = columnOf(sort) === column;
  const isNextUp = isThis ? !isUp : column === "joined";
  return (
    <th scope="col" aria-sort={isThis ? (isUp ? "descending" : "ascending") : undefined}>
      <Link to={membersHref(organization, { ...found, sort: isNextUp ? `-${column}` : column })}>
        {label}
        {isThis && <Icon name="chevron-down" />}
      </Link>
    </th>
  );
}
