export type PartHead = {
  field: string;
  fileName: string | null;
  declaredType: string;
};

export function parsePartHead(bytes: Uint8Array): PartHead | null {
  const lines = new TextDecoder().decode(bytes).split("\r\n");
  const headers = new Map(lines.map((line) => [nameOf(line), line.slice(line.indexOf(":") + 1).trim()]));
  const disposition = headers.get("content-disposition") ?? "";
  const parameters = parametersOf(disposition);
  const field = parameters.get("name");
  if (!/^form-data\s*;/i.test(disposition) || !field) return null;
  const fileName = parameters.get("filename");
  return {
    field,
    fileName: fileName === undefined ? null : baseName(fileName),
    declaredType: headers.get("content-type") ?? "application/octet-stream",
  };
}

/** The file name in `Content-Disposition` (RFC 6266, section 4.3): `filename*` in UTF-8, otherwise `filename`, otherwise "". */
export function fileNameIn(disposition: string): string {
  const parameters = parametersOf(disposition);
  const [, encoded] = /^utf-8'[^']*'(.*)$/is.exec(parameters.get("filename*") ?? "") ?? [];
  return baseName((encoded === undefined ? null : decoded(encoded)) ?? parameters.get("filename") ?? "");
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const nameOf = (line: string) => line.slice(0, Math.max(0, line.indexOf(":"))).toLowerCase();

/** Browsers and curl write a quote in a value as `%22`, older ones as `\"`. A backslash alone is a plain backslash. */
function parametersOf(disposition: string): Map<string, string> {
  const found = disposition.matchAll(/;\s*([\w*-]+)=(?:"((?:\\"|[^"])*)"|([^\s;"]+))/g);
  return new Map(
    Array.from(found, ([, name = "", quoted, token = ""]) => [name.toLowerCase(), plain(quoted ?? token)]),
  );
}

const ESCAPES: Record<string, string> = { "%22": '"', "%0D": "\r", "%0A": "\n", '\\"': '"' };

function plain(text: string): string {
  return text.replace(/%22|%0D|%0A|\\"/gi, (found) => ESCAPES[found.toUpperCase()] ?? found);
}

function baseName(fileName: string): string {
  return (fileName.split(/[/\\]/).at(-1) ?? "").replace(/\p{Cc}/gu, "");
}
