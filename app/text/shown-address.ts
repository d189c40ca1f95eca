let readable: ((address: string) => string) | null = null;
if (import.meta.env.SSR) await bringLetters();

/** A browser fetches the letters of other scripts when first needed, and shows ASCII until then. */
export function shownAddress(address: string): string {
  if (!/@.*xn--/.test(address)) return address;
  if (readable === null) void bringLetters();
  return readable?.(address) ?? address;
}

/** For a document that shows such an address: before it comes to life, or it would not say what the server has said. */
export async function bringLetters(): Promise<void> {
  readable = (await import("./address.ts")).readableAddress;
}
