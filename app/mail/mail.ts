export type OutgoingMail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
};

export interface MailTransport {
  /** Rejects if the mail is not accepted; `id` can be sent again. A `MailTransportError` contains neither address nor link. */
  send(mail: OutgoingMail): Promise<void>;
}

export class MailTransportError extends Error {
  override name = "MailTransportError";
}
