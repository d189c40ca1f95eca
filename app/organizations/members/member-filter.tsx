import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { roles } from "#app/tenancy/roles.ts";
import { Button } from "#app/ui/button.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { memberSorts } from "./member-sorts.ts";
import type { MembersPage } from "./members.server.ts";

const sortNames = {
  role: () => m.members_sort_role(),
  "-role": () => m.members_sort_role_up(),
  name: () => m.members_sort_name(),
  "-name": () => m.members_sort_name_up(),
  joined: () => m.members_sort_joined(),
  "-joined": () => m.members_sort_joined_up(),
};

type MemberFilterProps = { organization: string; found: MembersPage };

export function MemberFilter({ organization, found: { search, role, sort, isSelecting } }: MemberFilterProps) {
  const order = sort === memberSorts[0] ? "" : sort;
  return (
    <FilterForm
      filter={{ search, role: role ?? "", sort: order }}
      role="search"
      action={href("/organizations/:organization/members", { organization })}
      className="filters member-filter"
    >
      {isSelecting && <input type="hidden" name="select" value="yes" />}
      <div>
        <Icon name="search" />
        <input
          type="search"
          name="search"
          className="control"
          defaultValue={search}
          aria-label={m.members_search_label()}
          placeholder={m.members_search_label()}
        />
      </div>
      <select name="role" defaultValue={role} aria-label={m.members_filter()} className="control select">
        <option value="">{m.members_any_role()}</option>
        {roles.map((each) => (
          <option key={each} value={each}>
            {roleName(each)}
          </option>
        ))}
      </select>
      {/* Wider pages hide this field and sort by the column heads. The hidden field still keeps the choice. */}
      <select name="sort" defaultValue={order} aria-label={m.members_sort()} className="control select">
        {memberSorts.map((each) => (
          <option key={each} value={each === memberSorts[0] ? "" : each}>
            {sortNames[each]()}
          </option>
        ))}
      </select>
      <Button variant="secondary" size="small">
        {m.common_filter_search()}
      </Button>
    </FilterForm>
  );
}
