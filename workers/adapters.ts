import type { Database } from "#app/db/client.server.ts";
import { createMailboxTransport } from "#app/mail/mailbox.server.ts";
import { createResendTransport } from "#app/mail/resend.server.ts";
import { createR2Storage } from "#app/storage/r2.server.ts";
import { createS3Storage } from "#app/storage/s3.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { Env, Variables } from "./environment.ts";

export function storageOf(env: Env, variables: Variables): FileStorage {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = variables;
  if (!(S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY)) return createR2Storage(env.FILES);
  return createS3Storage({
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  });
}

/** Resend if its key is set, otherwise the development mailbox: a mail is always kept somewhere a person can read it. */
export function transportOf(variables: Variables, db: Database) {
  const { RESEND_API_KEY: apiKey, MAIL_FROM: from } = variables;
  return apiKey ? createResendTransport({ apiKey, from }) : createMailboxTransport(db);
}
