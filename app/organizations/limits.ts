export const ORGANIZATION_NAME_MINIMUM = 2;
export const ORGANIZATION_NAME_MAXIMUM = 64;
export const ORGANIZATIONS_OWNED_MAXIMUM = 5;
export const MEMBERS_PER_PAGE = 25;
export const PENDING_INVITATIONS_MAXIMUM = 100;
export const INVITATION_DAYS = 7;
/** Expired invitations are shown this long, so that they can be sent again. */
export const EXPIRED_INVITATION_DAYS = 30;
export const INVITATIONS_PER_HOUR = 20;
/** Of one person, in all organizations together. */
export const INVITATIONS_PER_DAY = 40;
/** To one address, from all organizations together. */
export const INVITATIONS_TO_ONE_PER_DAY = 3;
export const ORGANIZATIONS_MADE_PER_DAY = 10;
export const ROLE_CHANGES_PER_HOUR = 60;
/** Of one member, by their organization's owners together. */
export const SESSIONS_ENDED_PER_DAY = 3;
export const FORMER_SLUG_DAYS = 90;
export const SLUG_CHANGES_PER_DAY = 10;
/** Bytes. */
export const LOGO_MAXIMUM = 2_000_000;
