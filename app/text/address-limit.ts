/** The maximum of RFC 5321, 4.5.3.1.3, without the angle brackets. */
export const EMAIL_MAXIMUM = 254;
