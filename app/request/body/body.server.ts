import { type ByteReader, createByteReader } from "#app/bytes/byte-reader.server.ts";
import { createIncomingFile, drain } from "./incoming-file.server.ts";
import { parseMultipart } from "./multipart.server.ts";
import { fieldsOf, type ParsedBody, refusal, textOf, type Unparsed } from "./parsed-body.server.ts";
import { fileNameIn } from "./part-head.server.ts";

export const FIELD_BYTES = 65_536;

const LONGEST_BOUNDARY = 70;

/**
 * Parses a form, JSON or a file. Never rejects. The caller must `stream()` or `discard()` the file. `fileField` is a field whose
 * file can be the whole body. With `filesUpTo` (bytes each), a form can have several files, which are kept in memory.
 */
export async function parseBody(
  request: Request,
  { fileField, filesUpTo }: { fileField?: string | undefined; filesUpTo?: number | undefined } = {},
): Promise<ParsedBody> {
  if (request.body === null) return { ok: true, fields: {}, file: null };
  const body = createByteReader(request.body);
  const parsed = await parseByType(body, request.headers, { fileField, filesUpTo }).catch(() => refusal("unreadable"));
  // There may be more bytes after the end of a form.
  if (!parsed.ok || parsed.file === null) await drain(body);
  return parsed;
}

/** Parses a body that must be JSON, with a value of any type. Never rejects. */
export async function parseMessage(request: Request): Promise<{ ok: true; message: unknown } | Unparsed> {
  const contentType = request.headers.get("Content-Type") ?? "";
  const isTaken = typeOf(contentType) === "application/json" && isUtf8(contentType) && !isEncoded(request.headers);
  if (!isTaken) return refusal("unsupported-type");
  if (request.body === null) return refusal("unreadable");
  const body = createByteReader(request.body);
  try {
    const bytes = await body.peek(FIELD_BYTES + 1);
    return bytes.length > FIELD_BYTES ? refusal("too-large") : { ok: true, message: jsonOf(bytes) };
  } catch {
    return refusal("unreadable");
  } finally {
    await drain(body);
  }
}

/** Reads and drops a body that will not be parsed, so that the sender gets the response. */
export async function dropBody(request: Request): Promise<void> {
  const { body, bodyUsed } = request;
  if (body !== null && !bodyUsed && !body.locked) await drain(createByteReader(body));
}

type Files = { fileField: string | undefined; filesUpTo: number | undefined };

async function parseByType(body: ByteReader, headers: Headers, { fileField, filesUpTo }: Files): Promise<ParsedBody> {
  const contentType = headers.get("Content-Type") ?? "";
  const type = typeOf(contentType);
  const boundary = parameterOf(contentType, "boundary");
  if ((await body.peek(1)).length === 0) return { ok: true, fields: {}, file: null };
  if (!isUtf8(contentType) || isEncoded(headers)) return refusal("unsupported-type");
  if (type === "multipart/form-data") {
    if (!boundary || boundary.length > LONGEST_BOUNDARY) return refusal("unreadable");
    return parseMultipart(body, { boundary, length: lengthOf(headers), fieldBytes: FIELD_BYTES, filesUpTo });
  }
  if (fileField !== undefined && OF_FILES.test(type)) return parseFile(body, headers, { field: fileField, type });
  const parse = PARSERS.get(type);
  if (!parse) return refusal("unsupported-type");
  const bytes = await body.peek(FIELD_BYTES + 1);
  return bytes.length > FIELD_BYTES ? refusal("too-large") : parse(bytes);
}

function isUtf8(contentType: string): boolean {
  return /^utf-?8$/i.test(parameterOf(contentType, "charset") ?? "utf-8");
}

/** Bodies are not decompressed here, so a compressed one would be misread. */
function isEncoded(headers: Headers): boolean {
  return !/^(identity)?$/i.test(headers.get("Content-Encoding")?.trim() ?? "");
}

function typeOf(contentType: string): string {
  return contentType.replace(/;.*/s, "").trim().toLowerCase();
}

const OF_FILES = /^(image\/[\w.+-]+|application\/octet-stream)$/;

type Raw = { field: string; type: string };

async function parseFile(body: ByteReader, headers: Headers, { field, type }: Raw): Promise<ParsedBody> {
  const size = lengthOf(headers);
  if (size === null) return refusal("length-required");
  const name = fileNameIn(headers.get("Content-Disposition") ?? "");
  return {
    ok: true,
    fields: {},
    file: await createIncomingFile(body, null, { field, name, declaredType: type, size }),
  };
}

function parseForm(bytes: Uint8Array): ParsedBody {
  const text = textOf(bytes);
  const fields = [...new URLSearchParams(text)];
  // U+FFFD replaces bytes that are not UTF-8, unless the sender has typed that very character.
  const isDamaged = fields.some((pair) => pair.join().includes("\uFFFD")) && !/\uFFFD|%EF%BF%BD/i.test(text);
  return isDamaged ? refusal("unreadable") : { ok: true, fields: fieldsOf(fields), file: null };
}

function parseJson(bytes: Uint8Array): ParsedBody {
  try {
    const value = jsonOf(bytes);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return refusal("unreadable");
    return { ok: true, fields: { ...value }, file: null };
  } catch {
    return refusal("unreadable");
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(textOf(bytes), (key, part) => (key === "__proto__" ? undefined : wellFormed(part)));
}

/** Only JSON can contain half a surrogate pair, which the database rejects. */
function wellFormed(part: unknown): unknown {
  return typeof part === "string" ? part.toWellFormed() : part;
}

const PARSERS = new Map([
  ["application/json", parseJson],
  ["application/x-www-form-urlencoded", parseForm],
]);

function parameterOf(contentType: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^\\s;]*))`, "i").exec(contentType);
  return found ? (found[1] ?? found[2] ?? null) : null;
}

function lengthOf(headers: Headers): number | null {
  const length = headers.get("Content-Length") ?? "";
  return /^\d{1,15}$/.test(length) ? Number(length) : null;
}
