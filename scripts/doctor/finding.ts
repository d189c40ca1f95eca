/** The result of one check: a sentence, and how to fix it if something is wrong. `note` means that nothing is wrong yet. */
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

/** The last line of the report: `wrongs` must be fixed here, `later` only before a first deploy. */
export function lastLine(wrongs: number, later: number): string {
  const before = later === 0 ? "" : ` ${later} to fix before a first deploy: see docs/deploy.md.`;
  return wrongs === 0 ? `Nothing is wrong here.${before}` : `${wrongs} to fix here.${before}`;
}
