/** The field by which a form says that it stood below a question in words. */
export const CONFIRMED = "confirmed";
