export type Sent = { sql: string; args: (string | undefined)[] };

export function listen() {
  const statements: Sent[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    if (text.includes('"sql"')) statements.push(...sentIn(JSON.parse(text), new Map()));
    return fetch(request);
  };
  return {
    statements,
    [Symbol.dispose]() {
      globalThis.fetch = fetch;
    },
  };
}

/** A text that is long is sent once and named by a number from then on. */
function sentIn(part: unknown, stored: Map<number, string>): Sent[] {
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
