/** The field in which a form says what it was filled with. */
export const AS_SHOWN = "asShown";

/** By the names of the fields; of several boxes a list, and nothing of one that is not ticked. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;
