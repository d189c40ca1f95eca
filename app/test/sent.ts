export type Sent = {
  sql: string;
  args: (string | undefined)[];
  /** SQLite's own count of rows in tables and indexes, including those read by the statement's triggers. */
  rowsRead: number;
};

export function listen() {
  const statements: Sent[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    const answer = await fetch(request);
    if (text.includes('"sql"')) {
      const rowsRead = rowsReadIn(await answer.clone().json());
      const sent = sentIn(JSON.parse(text), new Map());
      statements.push(...sent.map((each, at) => ({ ...each, rowsRead: rowsRead[at] ?? 0 })));
    }
    return answer;
  };
  return {
    statements,
    [Symbol.dispose]() {
      globalThis.fetch = fetch;
    },
  };
}

/** A long text is sent once and referred to by a number from then on. */
function sentIn(part: unknown, stored: Map<number, string>): Omit<Sent, "rowsRead">[] {
  if (typeof part !== "object" || part === null) return [];
  const {
    type,
    sql,
    sql_id: id,
    args,
  } = part as { type?: string; sql?: string; sql_id?: number; args?: { value?: string }[] };
  if (type === "store_sql") stored.set(id ?? 0, sql ?? "");
  const text = sql ?? stored.get(id ?? -1);
  const own = args && text !== undefined ? [{ sql: text, args: args.map(({ value }) => value) }] : [];
  return [...own, ...Object.values(part).flatMap((inner) => sentIn(inner, stored))];
}

/** The counts in the order of the statements. A statement that was skipped read nothing. */
function rowsReadIn(answer: { results: { response?: { result?: Result & { step_results?: (Result | null)[] } } }[] }) {
  return answer.results.flatMap(({ response: { result } = {} }) =>
    result === undefined ? [] : (result.step_results ?? [result]).map((step) => step?.rows_read ?? 0),
  );
}

type Result = { rows_read?: number };
