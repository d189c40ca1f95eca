/** Odd on purpose: fields of every kind, two words, and a word of the language with a plural of its own. */
export const oddResources = [
  {
    name: "notes",
    fields: "title:text!, body:text(5000), done:boolean, tags:text[], price:money(EUR), at:time, ratio:decimal",
  },
  {
    name: "bug-reports",
    access: "any",
    fields: "title:text(80)!, severity:choice(low|not-known)!, seenAt:date!, reporter:member",
  },
  { name: "classes", access: "admins", fields: "subject:text!, seats:number!" },
] as const;
