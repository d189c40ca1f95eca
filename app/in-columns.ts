/**
 * Lists whose rows have the same fields are sent in columns: each field's name once, and once a value that all rows have. No field
 * of the product has an empty name.
 */
const COLUMNS = "";

type Fields = Record<string, unknown>;

/** Returns the data with its lists in columns. `inRows` returns the original. */
export function inColumns(data: unknown): unknown {
  if (Array.isArray(data)) return columnsOf(data) ?? data.map(inColumns);
  return isFields(data) ? eachField(data, inColumns) : data;
}

export function inRows(sent: unknown): unknown {
  if (Array.isArray(sent)) return sent.map(inRows);
  if (!isFields(sent)) return sent;
  const [shared, columns] = (sent[COLUMNS] ?? []) as [Fields, Fields] | [];
  if (columns === undefined) return eachField(sent, inRows);
  const lists = Object.entries(eachField(columns, inRows)) as [string, unknown[]][];
  return lists[0]?.[1].map((_, row) => ({
    ...shared,
    ...Object.fromEntries(lists.map(([name, list]) => [name, list[row]])),
  }));
}

/** Null if the rows have not all the same fields, or are all equal. */
function columnsOf(rows: unknown[]): Fields | null {
  const [first] = rows;
  if (!isFields(first)) return null;
  const names = Object.keys(first);
  if (!rows.every((row): row is Fields => isFields(row) && Object.keys(row).join() === names.join())) return null;
  const shared: Fields = {};
  const columns: Fields = {};
  for (const name of names) {
    if (rows.every((row) => row[name] === first[name])) shared[name] = first[name];
    else columns[name] = inColumns(rows.map((row) => row[name]));
  }
  return Object.keys(columns).length === 0 ? null : { [COLUMNS]: [shared, columns] };
}

function isFields(data: unknown): data is Fields {
  return data !== null && typeof data === "object" && [null, Object.prototype].includes(Object.getPrototypeOf(data));
}

const eachField = (fields: Fields, change: (data: unknown) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, data]) => [name, change(data)]));
