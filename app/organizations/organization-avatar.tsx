import { logoUrl } from "#app/pictures/picture-urls.ts";
import { Avatar, type AvatarSize } from "#app/ui/avatar.tsx";
import type { Membership } from "./memberships.server.ts";

type OrganizationAvatarProps = {
  organization: Pick<Membership, "id" | "name" | "slug" | "logo">;
  size: AvatarSize;
};

export function OrganizationAvatar({ organization, size }: OrganizationAvatarProps) {
  const { id, name } = organization;
  return <Avatar id={id} name={name} imageUrl={logoUrl(organization)} shape="square" size={size} />;
}
