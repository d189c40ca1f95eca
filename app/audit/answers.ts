import { z } from "zod";
import { asTime, pageAnswer, time } from "#app/fields/answers.ts";
import type { LoggedEntry } from "./log.server.ts";

const Details = z.record(z.string(), z.unknown()).nullable();

const EntryAnswer = z
  .object({
    id: z.string(),
    at: time,
    actor: z.object({
      kind: z.enum(["person", "key", "system"]),
      id: z.string(),
      name: z
        .string()
        .nullable()
        .meta({ description: "`null` if the person's account was deleted.", examples: ["Ada Lovelace"] }),
    }),
    via: z
      .string()
      .nullable()
      .meta({ description: "The client the actor used, by the name it gave, such as an agent.", examples: [null] }),
    action: z.string().meta({ examples: ["organization.renamed"] }),
    targetName: z
      .string()
      .nullable()
      .meta({ examples: ["Lake at dawn"] }),
    before: Details.meta({ examples: [{ name: "Lake" }] }),
    after: Details.meta({ examples: [{ name: "Lake at dawn" }] }),
    ipAddress: z
      .string()
      .nullable()
      .meta({ examples: ["203.0.113.7"] }),
  })
  .meta({ id: "Entry" });

export const EntryListAnswer = pageAnswer(EntryAnswer).meta({ id: "EntryList" });

export function entryAnswer({ id, at, actor: { kind, id: actorId, name }, ...entry }: LoggedEntry) {
  const { via, action, targetName, before, after, ipAddress } = entry;
  const actor = { kind, id: actorId, name };
  return { id, at: asTime(at), actor, via, action, targetName, before, after, ipAddress };
}
