type Mutant = {
  /** What the mutant forgets. */
  title: string;
  file: string;
  from: RegExp;
  to: string;
  /** Part of the title of a test that must fail: one of the resource's own, or one of what every operation promises. */
  caughtBy: string;
  isPromise?: true;
  /** The resource whose tests catch it, if it is not the one with the mutant. */
  testedBy?: string;
};

const OF_DELETION =
  /const \{ isMade, facts \} = await change\(grant, \{\n\s+action: "note.removed",[\s\S]*?\n {2}\}\);/;

/** What a person could forget in generated code, and the test that catches it. */
export const mutants: readonly Mutant[] = [
  {
    title: "the tenant's condition of a read",
    file: "app/notes/notes.server.ts",
    from: /scope\s*\.selectPicked\(/,
    to: 'scope.unsafe("A mutant.").select(',
    caughtBy: "another organization can neither see nor change it",
  },
  {
    title: "the tenant's condition of a write",
    file: "app/notes/note-writes.server.ts",
    from: /entry\.update\(\s*note,\s*(\{[^}]*\}),\s*eq\(note\.id, id\),?\s*\)/,
    to: 'entry.unsafe("A mutant.").db.update(note).set($1).where(eq(note.id, id))',
    caughtBy: "every statement over a tenant's table names its tenant: POST of routes/organizations/notes.edit.ts",
    isPromise: true,
  },
  {
    title: "the tenant's condition of a reference",
    file: "app/classes/class-writes.server.ts",
    from: /grant\s*\.selectOfAnyone\(\{ id: note\.id \}\)/,
    to: 'grant.unsafe("A mutant.").select({ id: note.id })',
    caughtBy: "as note, notes of another organization",
  },
  {
    title: "that a value is used once",
    file: "app/notes/note-writes.server.ts",
    from: /,\s*isCodeFree\(grant, id, inOneCase\(fields\.code\)\),?\s*\],/,
    to: "],",
    caughtBy: "a code is used once in an organization",
  },
  {
    title: "that capital and small letters are the same",
    file: "app/notes/note-writes.server.ts",
    from: /inOneCase\(fields\.code\)/g,
    to: "fields.code",
    caughtBy: "a code is used once in an organization",
  },
  {
    title: "whose deleted row has a value",
    file: "app/notes/note-writes.server.ts",
    from: /grant\s*\.selectDeleted\(\{ code: note\.codeFolded \}\)/,
    to: 'grant.unsafe("A mutant.").select({ code: note.codeFolded })',
    caughtBy: "a code is used once in an organization",
  },
  {
    title: "that others need a row",
    file: "app/notes/note-writes.server.ts",
    from: /where: \[eq\(note\.id, id\), sql`not \$\{isNeeded\(note\)\}`\]/,
    to: "where: eq(note.id, id)",
    caughtBy: "as note, one of the notes cannot be deleted",
    testedBy: "classes",
  },
  {
    title: "how far a member reaches",
    file: "app/notes/feature.ts",
    from: /"notes:update": ownOrAdmins/,
    to: '"notes:update": everyone',
    caughtBy: "only its maker and admins can make it",
  },
  {
    title: "to ask again whether the right stands",
    file: "app/notes/note-writes.server.ts",
    from: OF_DELETION,
    to: `const isMade = true;
  const facts = { known: [] as unknown[] };
  await grant.unsafe("A mutant.").delete(note).where(eq(note.id, id));`,
    caughtBy: "cannot write: POST of routes/organizations/notes.remove.ts",
    isPromise: true,
  },
  {
    title: "until when deleting can be undone",
    file: "app/notes/note-writes.server.ts",
    from: /where: \[eq\(note\.id, id\), isRestorable\([^\]]*\]/,
    to: "where: eq(note.id, id)",
    caughtBy: "within an hour",
  },
  {
    title: "whose deleted rows are restored",
    file: "app/notes/note-writes.server.ts",
    from: /from: note,\n\s*isOfDeleted: true,/,
    to: "",
    caughtBy: "anyone who may delete one can restore it",
  },
  {
    title: "the entry in the log",
    file: "app/notes/note-writes.server.ts",
    from: /action: "note\.added",\n\s*target: \{[^}]*\},/,
    to: 'unlogged: "A mutant.",',
    caughtBy: "a new one is first in the list and in the log",
  },
  {
    title: "the index of its list",
    file: "migrations/notes.sql",
    from: /CREATE (?:UNIQUE )?INDEX `note_[^;]*;/g,
    to: "select 1;",
    caughtBy: "no statement scans a whole table: GET of routes/organizations/notes.tsx",
    isPromise: true,
  },
];
