const LONG =
  "A name that goes on, and on, until it has to break somewhere on a telephone: Donaudampfschifffahrtsgesellschaft";

/**
 * Odd on purpose: fields of every kind, fields named like what generated code uses, a name of two words, a resource without an
 * API, and a reserved word with an irregular plural. A field refers only to resources before its own. `rows` are for the pictures
 * of pages, each with these `pictures`.
 */
export const oddResources = [
  {
    name: "notes",
    fields:
      "title:text!, body:text(5000), done:boolean, tags:text[], price:money(EUR), at:time, ratio:decimal, code:unique(12), cover:image, mood:choice(calm|loud)",
    pictures: ["cover"],
    rows: [
      {
        title: "Call the printer",
        body: "Ask for two proofs.\nOn matt paper.",
        tags: "print, spring",
        code: "N-1",
        price: "1250.50",
      },
      { title: LONG, body: LONG.repeat(9), done: "yes", tags: LONG.split(" ").slice(0, 12).join(","), at: "09:30" },
      { title: "Short", ratio: "4.25" },
    ],
  },
  {
    name: "bug-reports",
    access: "any",
    without: ["api", "events"],
    fields:
      "title:unique(80)!, severity:choice(low|not-known)!, seenAt:date!, email:text(200), reporter:member, about:reference(notes)!",
    pictures: [],
    rows: [
      { title: "The list jumps", severity: "low", seenAt: "2026-11-26", reporter: "", about: "@neededNote" },
      { title: LONG.slice(0, 80), severity: "not-known", seenAt: "2026-02-01", reporter: "", about: "@neededNote" },
    ],
  },
  {
    name: "classes",
    access: "admins",
    fields:
      "name:text!, seats:number!, fee:money(JPY)!, deposit:money(KWD), form:text(20), badge:unique(8)!, default:boolean, call:date, new:image!, plan:image, named:member, told:member, note:reference(notes)!, second:reference(notes), report:reference(bug-reports)",
    pictures: ["new", "plan"],
    rows: [
      { name: "Typography", seats: "12", fee: "18000", deposit: "4.5", badge: "T-1", note: "@neededNote" },
      { name: LONG, seats: "1000000", fee: "0", badge: "LONG-NAM", note: "@neededNote" },
    ],
  },
] as const;
