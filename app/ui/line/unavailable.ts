/** The code of the answer to a form that met an outage at another address than its page, which then cannot be read either. */
export const UNAVAILABLE = "unavailable";
