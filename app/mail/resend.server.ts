import { ANSWER_LIMIT_MS, fetchWithin } from "#app/outside/outage.ts";
import { type MailTransport, MailTransportError } from "./mail.ts";

const ENDPOINT = "https://api.resend.com/emails";

export type ResendOptions = {
  apiKey: string;
  from: string;
  fetch?: typeof globalThis.fetch;
  answerWithinMs?: number;
};

/** Sends through Resend's HTTP API, which accepts a mail with the same id only once within 24 hours. */
export function createResendTransport(options: ResendOptions): MailTransport {
  const { apiKey, from, fetch = globalThis.fetch, answerWithinMs = ANSWER_LIMIT_MS } = options;
  const ask = fetchWithin("mail service", answerWithinMs, fetch);
  return {
    async send({ id, to, ...written }) {
      const response = await ask(ENDPOINT, {
        method: "POST",
        headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json", "Idempotency-Key": id },
        body: JSON.stringify({ from, to: [to], ...written }),
      });
      if (response.ok) return;
      throw new MailTransportError(`Resend responded with ${response.status} ${await reasonOf(response)}`);
    },
  };
}

// Resend's `message` quotes the address; its `name` is one of a fixed list of words.
async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const { name } = Object(body);
  return typeof name === "string" && /^[a-z_]{1,60}$/.test(name) ? name : "without a reason";
}
