import { z } from "zod";
import { Languages } from "#app/i18n/offered.ts";
import { PRODUCT_NAME } from "#app/product.ts";

/** The variables of `wrangler.toml`, and the secrets, which are set with `wrangler secret put`. */
const Variables = z.object({
  APP_ENV: z.enum(["development", "production"]),
  APP_URL: z.url().transform((url) => new URL(url).origin),
  AUTH_SECRET: z.string().min(32, "AUTH_SECRET needs 32 characters or more: run `openssl rand -base64 32`"),
  DATABASE_URL: z.url(),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  MAIL_FROM: z.string().default(`${PRODUCT_NAME} <no-reply@localhost>`),
  LANGUAGES: Languages,
  /** Requests that one key of an organization can send; all its keys together can send five times as many. */
  API_READS_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  API_WRITES_PER_MINUTE: z.coerce.number().int().min(1).default(120),
  RESEND_API_KEY: z.string().optional(),
  // "yes" lets events go to a receiver on this machine, in development only.
  WEBHOOKS_ALLOW_LOOPBACK: z.string().optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  MICROSOFT_CLIENT_ID: z.string().optional(),
  MICROSOFT_CLIENT_SECRET: z.string().optional(),
  LINKEDIN_CLIENT_ID: z.string().optional(),
  LINKEDIN_CLIENT_SECRET: z.string().optional(),
  X_CLIENT_ID: z.string().optional(),
  X_CLIENT_SECRET: z.string().optional(),
  // Any other OpenID Connect provider, such as a company's own.
  OPENID_NAME: z.string().default("OpenID"),
  OPENID_DISCOVERY_URL: z.url().optional(),
  // The origin of its sign-in page, if it differs from the origin of its discovery document.
  OPENID_ORIGIN: z.url().optional(),
  OPENID_CLIENT_ID: z.string().optional(),
  OPENID_CLIENT_SECRET: z.string().optional(),
});

export type Variables = z.infer<typeof Variables>;

export type Env = { FILES: R2Bucket; IMAGES: ImagesBinding; EVENTS?: Queue };

let known: { env: Env; variables: Variables } | null = null;

/** Parses the variables once per isolate. Throws an error that names the missing or invalid ones, without their values. */
export function variablesOf(env: Env): Variables {
  if (known?.env !== env) known = { env, variables: variablesIn(env) };
  return known.variables;
}

function variablesIn(env: Env): Variables {
  const { data, error } = Variables.safeParse(env);
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => {
    const name = path.join(".");
    if (!(name in env)) return `${name} is missing`;
    return message.includes(name) ? message : `${name}: ${message}`;
  });
  throw new Error(
    `The Worker cannot start: ${faults.join("; ")}. docs/guides/add-a-secret-or-variable.md says where each is set.`,
  );
}
