import { type MailTransport, MailTransportError } from "./mail.ts";

const ENDPOINT = "https://api.resend.com/emails";
const TIMEOUT_MS = 10_000;

export type ResendOptions = { apiKey: string; from: string; fetch?: typeof globalThis.fetch };

/** Sends through Resend's HTTP API, which takes a mail of the same id once within 24 hours. */
export function createResendTransport({ apiKey, from, fetch = globalThis.fetch }: ResendOptions): MailTransport {
  return {
    async send({ id, to, subject, text, html }) {
      const response = await fetch(ENDPOINT, {
        method: "POST",
        headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json", "Idempotency-Key": id },
        body: JSON.stringify({ from, to: [to], subject, text, html }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) return;
      throw new MailTransportError(`Resend answered ${response.status} ${await reasonOf(response)}`);
    },
  };
}

// Resend's `message` quotes the address; its `name` is one of a fixed list of words.
async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const { name } = Object(body);
  return typeof name === "string" && /^[a-z_]{1,60}$/.test(name) ? name : "without a reason";
}
