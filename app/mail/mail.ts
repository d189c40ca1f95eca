export type OutgoingMail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
};

export interface MailTransport {
  /** Rejects when the mail is not taken; the same `id` may come again. A `MailTransportError` holds neither address nor link. */
  send(mail: OutgoingMail): Promise<void>;
}

export class MailTransportError extends Error {
  override name = "MailTransportError";
}
