import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { MemberMenu } from "./member-menu.tsx";
import type { Member, MembersPage } from "./members.server.ts";

type MemberListProps = { organization: string; found: MembersPage; onRemove: (member: Member) => void };

export function MemberList({ organization, found: { members, viewerRole, owners, now }, onRemove }: MemberListProps) {
  return (
    <table className="w-full table-fixed text-sm">
      <thead className="border-b text-muted text-xs">
        <tr className="*:px-4 *:py-2.5 *:text-start *:font-medium sm:*:px-5">
          <th scope="col">{m.members_column_member()}</th>
          <th scope="col" className="w-28 sm:w-32">
            {m.members_column_role()}
          </th>
          <th scope="col" className="w-36 max-md:hidden lg:w-44">
            {m.members_column_joined()}
          </th>
          <th scope="col" className="w-40 max-lg:hidden">
            {m.members_column_active()}
          </th>
          <th scope="col" className="w-16 sm:w-18">
            <span className="sr-only">{m.members_column_actions()}</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {members.map((member) => (
          <tr key={member.id} className="*:px-4 *:py-3 sm:*:px-5">
            <td>
              <div className="flex items-center gap-3">
                <Avatar
                  id={member.userId}
                  name={member.name}
                  imageUrl={avatarUrl({ id: member.userId, image: member.image })}
                  className="max-sm:hidden"
                />
                <div className="min-w-0">
                  <p className="flex items-center gap-2">
                    <span dir="auto" className="truncate font-medium">
                      {member.name}
                    </span>
                    {member.isSelf && <span className="shrink-0 text-muted text-xs">{m.members_you()}</span>}
                  </p>
                  <p dir="ltr" className="truncate text-muted text-xs rtl:text-end">
                    {shownAddress(member.email)}
                  </p>
                </div>
              </div>
            </td>
            <td>
              <Badge tone={member.role === "owner" ? "accent" : "neutral"}>{roleName(member.role)}</Badge>
            </td>
            <td className="text-muted tabular-nums max-md:hidden lg:whitespace-nowrap">
              {formatDate(member.joinedAt)}
            </td>
            <td className="text-muted max-lg:hidden">
              {member.lastActiveAt === null ? (
                m.members_never_active()
              ) : (
                <RelativeTime value={new Date(member.lastActiveAt)} now={new Date(now)} />
              )}
            </td>
            <td className="text-end">
              <MemberMenu {...{ organization, member, viewerRole, owners, onRemove }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
