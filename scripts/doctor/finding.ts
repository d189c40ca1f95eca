/** What one check found: a sentence, and how to mend it where something is wrong. `note`: nothing is wrong yet. */
export type Finding = { about: string; state: "fine" | "note" | "wrong"; says: string; mend?: string };

export function fine(about: string, says: string): Finding {
  return { about, state: "fine", says };
}

export function note(about: string, says: string, mend?: string): Finding {
  return { about, state: "note", says, ...(mend !== undefined && { mend }) };
}

export function wrong(about: string, says: string, mend: string): Finding {
  return { about, state: "wrong", says, mend };
}
