let readable: ((address: string) => string) | null = null;
if (import.meta.env.SSR) await bringLetters();

/** A browser loads the code for other scripts when it is first needed, and shows ASCII until then. */
export function shownAddress(address: string): string {
  if (!/@.*xn--/.test(address)) return address;
  if (readable === null) void bringLetters();
  return readable?.(address) ?? address;
}

/** Call it before a document with such an address hydrates, or the text would differ from what the server rendered. */
export async function bringLetters(): Promise<void> {
  readable = (await import("./address.ts")).readableAddress;
}
