import { z } from "zod";
import { asTime, pageAnswer, time } from "#app/fields/answers.ts";
import type { Key } from "./keys.server.ts";

export const KeyAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe("The beginning of the secret."),
    permissions: z.array(z.string()),
    makerName: z.string().nullable().describe("`null` if their account was deleted."),
    createdAt: time,
    lastUsedAt: time.nullable().describe("Accurate to the hour."),
    expiresAt: time.nullable().describe("`null` if the key never expires."),
    revokedAt: time.nullable(),
    formerUntil: time.nullable().describe("The previous secret also works until this time."),
  })
  .meta({ id: "Key" });

export const KeyListAnswer = pageAnswer(KeyAnswer).meta({ id: "KeyList" });

export function keyAnswer({ createdAt, lastUsedAt, expiresAt, revokedAt, formerUntil, ...facts }: Key) {
  return {
    ...facts,
    createdAt: asTime(createdAt),
    lastUsedAt: asTime(lastUsedAt),
    expiresAt: asTime(expiresAt),
    revokedAt: asTime(revokedAt),
    formerUntil: asTime(formerUntil),
  };
}
