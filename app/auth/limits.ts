export const PASSWORD_MINIMUM = 12;
export const PASSWORD_MAXIMUM = 128;
export const PERSON_NAME_MAXIMUM = 80;
/** How long a session lasts that is not used. */
export const SESSION_DAYS = 7;
export const SESSION_RENEWAL_DAYS = 1;
/** How long a session lasts however much it is used. */
export const SESSION_MAXIMUM_DAYS = 30;
export const COOKIE_CACHE_MINUTES = 5;
/** How long a browser that nobody signs in with stays known. */
export const KNOWN_DEVICE_DAYS = 365;
/** How many a person gets to open their account without their app, once each. */
export const BACKUP_CODES = 10;
export const CONFIRMATIONS_PER_MINUTE = 5;
export const CONFIRMATIONS_PER_DAY = 50;
export const SECOND_STEPS_PER_MINUTE = 5;
export const SECOND_STEPS_PER_DAY = 50;
export const BACKUP_CODES_PER_MINUTE = 5;
export const PASSKEY_ATTEMPTS_PER_MINUTE = 20;
/** How long a browser may take to answer with a passkey. */
export const CHALLENGE_MINUTES = 5;
export const PASSKEYS_MAXIMUM = 20;
export const PASSKEY_NAME_MAXIMUM = 60;
export const VERIFICATION_LINK_MINUTES = 30;
/** How long a browser is known as the one that signed up: as long as new links can be asked for. */
export const SIGN_UP_BROWSER_DAYS = 7;
export const RESET_LINK_MINUTES = 30;
export const SIGN_INS_PER_MINUTE = 5;
export const SIGN_UPS_PER_MINUTE = 3;
export const FORGOT_PASSWORDS_PER_MINUTE = 3;
export const RESENDS_PER_MINUTE = 3;
/** How long somebody may take at a provider. */
export const HANDSHAKE_MINUTES = 10;
export const HANDSHAKES_PER_MINUTE = 20;
/** Failed attempts of one day after which their person is mailed, once a day. */
export const FAILED_ATTEMPTS_TOLD = 5;
export const FAILED_ATTEMPTS_SHOWN = 10;
export const FAILED_ATTEMPTS_KEPT_DAYS = 90;
/** Told apart in what a person is shown of one day; more of them share a row. */
export const NETWORKS_KEPT_PER_DAY = 50;
