import { type ByteReader, indexOf } from "#app/bytes/byte-reader.server.ts";
import { createBufferedFile, createIncomingFile, DRAINED_BYTES, type IncomingFile } from "./incoming-file.server.ts";
import { fieldsOf, type ParsedBody, refusal, textOf } from "./parsed-body.server.ts";
import { parsePartHead } from "./part-head.server.ts";

const HEAD_BYTES = 8192;
const END_OF_HEAD = new TextEncoder().encode("\r\n\r\n");
const CLOSING = "--\r\n";
/** More files than any of our forms has fields for. */
const BUFFERED_FILES = 8;

type Form = { boundary: string; length: number | null; fieldBytes: number; filesUpTo: number | undefined };

/**
 * Stops at the head of the one file, which must be the last part: R2 and S3 accept a stream only with its length, which is the
 * rest of Content-Length. With `filesUpTo`, several files at any place are kept in memory; of a larger one, only the size is.
 * The grammar is RFC 7578, as browsers and curl write it.
 */
export async function parseMultipart(
  body: ByteReader,
  { boundary, length, fieldBytes, filesUpTo }: Form,
): Promise<ParsedBody> {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  const fields: [string, string][] = [];
  const buffered: IncomingFile[] = [];
  let bufferedBytes = 0;
  if (!(await takes(body, `--${boundary}`))) return refusal("unreadable");

  while (!(await isClosed(body))) {
    if (body.position() - bufferedBytes > fieldBytes) return refusal("too-large");
    if (!(await takes(body, "\r\n"))) return refusal("unreadable");
    const bytes = await body.takeUntil(END_OF_HEAD, HEAD_BYTES);
    if (typeof bytes === "string") return refusal(bytes === "too-long" ? "too-large" : "unreadable");
    const head = parsePartHead(bytes);
    if (head === null) return refusal("unreadable");
    const { field, fileName: name, declaredType } = head;
    if (name !== null && !(await isNothingChosen(body, name, delimiter))) {
      if (filesUpTo !== undefined) {
        const file = await bufferedFile(body, delimiter, { field, name, declaredType, filesUpTo });
        if (file === null) return refusal("unreadable");
        buffered.push(file);
        bufferedBytes += file.size;
        if (buffered.length > BUFFERED_FILES) return refusal("too-large");
        continue;
      }
      if (length === null) return refusal("length-required");
      const size = length - body.position() - delimiter.length - CLOSING.length;
      if (size < 0) return refusal("unreadable");
      const file = await createIncomingFile(body, delimiter, { field, name, declaredType, size });
      return { ok: true, fields: fieldsOf(fields), file };
    }
    const value = await body.takeUntil(delimiter, fieldBytes);
    if (typeof value === "string") return refusal(value === "too-long" ? "too-large" : "unreadable");
    if (name === null) fields.push([field, textOf(value)]);
  }
  return { ok: true, fields: fieldsOf(fields), file: null, ...(buffered.length > 0 && { buffered }) };
}

type Buffering = { field: string; name: string; declaredType: string; filesUpTo: number };

/** Null if the body ends inside the file, or if the file is longer than `DRAINED_BYTES`. */
async function bufferedFile(body: ByteReader, delimiter: Uint8Array, { filesUpTo, ...part }: Buffering) {
  const bytes = await body.takeUntil(delimiter, filesUpTo);
  if (bytes === "ended") return null;
  if (bytes !== "too-long") return createBufferedFile({ ...part, size: bytes.length }, new Uint8Array(bytes));
  const size = await body.dropUntil(delimiter, DRAINED_BYTES);
  return typeof size === "number" ? createBufferedFile({ ...part, size }, null) : null;
}

async function takes(body: ByteReader, expected: string): Promise<boolean> {
  const next = new TextDecoder().decode(await body.peek(expected.length));
  if (next !== expected) return false;
  body.skip(expected.length);
  return true;
}

/** Some clients leave out the last line break. After a streamed file it is required, since the file's size depends on it. */
async function isClosed(body: ByteReader): Promise<boolean> {
  const rest = new TextDecoder().decode(await body.peek(CLOSING.length + 1));
  return rest === CLOSING || rest === "--";
}

/** For a file field in which nothing was chosen, a browser sends a part with an empty file name and no bytes. */
async function isNothingChosen(body: ByteReader, name: string, delimiter: Uint8Array): Promise<boolean> {
  return name === "" && indexOf(await body.peek(delimiter.length), delimiter) === 0;
}
