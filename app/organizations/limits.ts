export const ORGANIZATION_NAME_MINIMUM = 2;
export const ORGANIZATION_NAME_MAXIMUM = 64;
export const MEMBERS_PER_PAGE = 25;
export const MEMBERS_COUNTED = 1_000;
export const MEMBERS_SELECTED_MAXIMUM = 25;
export const MEMBERS_PER_CHUNK = 500;
export const PENDING_INVITATIONS_MAXIMUM = 100;
export const INVITATION_DAYS = 7;
export const EXPIRED_INVITATION_DAYS = 30;
export const INVITATIONS_PER_HOUR = 20;
export const INVITATIONS_PER_DAY = 40;
export const INVITED_AT_ONCE = 50;
export const INVITATION_MESSAGE_MAXIMUM = 500;
export const INVITATIONS_TO_ONE_PER_DAY = 3;
/** Counts open links: neither revoked nor expired nor used up. */
export const INVITE_LINKS_MAXIMUM = 10;
export const INVITE_LINK_DAYS = [1, 7, 30] as const;
export const INVITE_LINK_USES_MAXIMUM = 100;
export const EXPIRED_INVITE_LINK_DAYS = 30;
export const ORGANIZATIONS_MADE_PER_DAY = 10;
export const ROLE_CHANGES_PER_HOUR = 60;
export const SESSIONS_ENDED_PER_DAY = 3;
export const FORMER_SLUG_DAYS = 90;
export const SLUG_CHANGES_PER_DAY = 10;
export const LOGO_MAXIMUM = 2_000_000;

export const ACTIVE_DAYS = 30;
export const ACTIVE_COUNTED = 10_000;
