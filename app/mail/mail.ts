export type OutgoingMail = { id: string; to: string; subject: string; text: string; html: string };

export interface MailTransport {
  /**
   * Rejects when the mail is not taken; the same `id` may come again after that. A `MailTransportError` says why in words
   * that hold neither an address nor a link, since they are kept and logged.
   */
  send(mail: OutgoingMail): Promise<void>;
}

export class MailTransportError extends Error {
  override name = "MailTransportError";
}
