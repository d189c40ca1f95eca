import { and, type SQL, sql } from "drizzle-orm";
import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { Actor } from "#app/operation/actor.ts";
import type { Authorization, Grant } from "#app/operation/grant.server.ts";
import { RightLost } from "#app/operation/meanwhile.server.ts";
import type { Statement } from "#app/operation/plan.ts";
import { organizationFolder, personFolder } from "#app/storage/folders.ts";
import { within } from "#app/storage/storage.ts";
import type { Permission } from "#app/tenancy/permissions.ts";
import { rolesRuledBy, ruledByKeys } from "#app/tenancy/roles.ts";
import {
  type Access,
  type AccessRow,
  freshSince,
  livePerson,
  openOrganizations,
  type SessionAsked,
  stillHas,
  stillLives,
} from "./access.server.ts";
import { isProven } from "./authenticate.server.ts";
import type { Call } from "./call.server.ts";
import { type KeyRow, keyStillHas, nobody } from "./key-access.server.ts";
import type { Place } from "./place.server.ts";
import { isAtIt, madeStatement } from "./repeats.server.ts";
import { createFresh, createGrant } from "./scope-and-grant.server.ts";
import type { Services } from "./services.server.ts";
import { textStream } from "./text-stream.server.ts";

type In<Kind extends Place["kind"]> = Extract<Place, { kind: Kind }>;

type OpenedKey = Pick<KeyRow, "keyId" | "keyName"> & Pick<Grant<Permission>, "organization">;

type Member = Extract<Access, { outcome: "member" }> & { row: AccessRow };

export function publicGrant(services: Services, { asked, viewer }: In<"public">): Grant<"public"> {
  const userId = livePerson(asked);
  const reach = { organization: null, organizations: null, person: userId, reachesAll: true };
  const still = sql`true`;
  return createGrant<"public">(
    {
      ...means(services, { actor: personActor(userId), still }),
      viewer,
      userId,
      storage: within(services.storage, "public"),
    },
    { ...insideOf({ services }), reach, still },
  );
}

export function ownGrant(call: Call, { asked, viewer }: In<"self">, row: AccessRow): Grant<"self"> {
  const { services } = call;
  const { userId } = row;
  const still = stillLives(asked);
  const grant = createGrant<"self">(
    {
      ...means(services, { actor: personActor(userId), still }),
      viewer,
      userId,
      storage: personalStorage(services, userId),
      filesOf: (personId) => personalStorage(services, personId),
      storageOfNew: (id) => organizationStorage(services, id),
    },
    {
      ...insideOf(call),
      reach: { organization: null, organizations: openOrganizations(asked), person: userId, reachesAll: true },
      still,
    },
  );
  return withProof(call, { grant, row, stillFor: stillLives });
}

export function organizationGrant(
  call: Call,
  { asked, viewer }: In<"organization">,
  { row, userId, organization, role, reach }: Member,
): Grant<Permission> {
  const { services } = call;
  const { id: organizationId } = organization;
  const stillFor = (question: SessionAsked) => stillHas(question, organizationId, role);
  const still = stillFor(asked);
  const grant = createGrant<Permission>(
    {
      ...means(services, { actor: personActor(userId), still }),
      viewer,
      userId,
      organizationId,
      organization,
      role,
      callerName: viewer.name,
      rules: rolesRuledBy(role),
      storage: organizationStorage(services, organizationId),
    },
    {
      ...insideOf(call),
      reach: { organization: organizationId, organizations: null, person: userId, reachesAll: reach === "any" },
      still,
    },
  );
  return withProof(call, { grant, row, stillFor });
}

export function keyGrant(call: Call, { asked, permission }: In<"key">, key: OpenedKey): Grant<Permission> {
  const { services, authenticate, program } = call;
  const { db, now } = services;
  const repeat = program?.repeat;
  const { keyId, keyName, organization } = key;
  const still = and(keyStillHas(asked, organization.id, permission), repeat ? isAtIt(keyId, repeat) : undefined) as SQL;
  const grant = createGrant<Permission>(
    {
      ...means(services, { actor: { kind: "key", id: keyId }, via: program?.via ?? null, still }),
      viewer: null,
      userId: null,
      role: null,
      organizationId: organization.id,
      organization,
      callerName: keyName,
      rules: ruledByKeys,
      storage: organizationStorage(services, organization.id),
    },
    {
      ...insideOf(call),
      reach: { organization: organization.id, organizations: null, person: nobody, key: keyId, reachesAll: true },
      still,
      ...(repeat && { alongside: (made) => madeStatement(db, keyId, repeat, { now, ...made }) }),
    },
  );
  const withoutProof = authenticate === "stepping-up" && { fresh: null, isProven: sql`false` };
  return { ...grant, ...withoutProof };
}

type Proof<G> = { grant: G; row: AccessRow; stillFor: (asked: SessionAsked) => SQL };

/** Adds what a "stepping-up" verb decides by: whether the person has proved who they are and has confirmed the question. */
function withProof<G extends Grant<Authorization>>(call: Call, { grant, row, stillFor }: Proof<G>): G {
  const { services, authenticate, isConfirmed = false } = call;
  if (authenticate !== "stepping-up") return grant;
  const { now } = services;
  const isStill = stillFor({ sessionToken: grant.viewer?.sessionToken ?? "", now, provenSince: freshSince(now) });
  return {
    ...grant,
    fresh: isConfirmed && isProven(services, row) ? createFresh(grant, isStill) : null,
    isProven: isConfirmed ? isStill : sql`false`,
  };
}

function personalStorage({ storage }: Services, personId: string) {
  return within(storage, personFolder(personId));
}

function organizationStorage({ storage }: Services, organizationId: string) {
  return within(storage, organizationFolder(organizationId));
}

function personActor(id: string | SQL): Actor {
  return { kind: "person", id };
}

type Acts = { actor: Actor; via?: string | null; still: SQL };

function means(services: Services, { actor, via = null, still }: Acts) {
  const { after, sendMail, trace, db } = services;
  return {
    ...services.forScopes,
    ...services.forGrants,
    actor,
    via,
    after: (work: (db: Database, sendMail: () => void) => Promise<unknown>) => after((db) => work(db, sendMail)),
    stream: (pieces: AsyncGenerator<string | Uint8Array>) =>
      textStream(pieces, { requestId: trace.requestId, checkAccess: () => requireStill(db, still) }),
  };
}

async function requireStill(db: Database, still: SQL) {
  const [row] = await db.all(sql`select 1 where ${still}`);
  if (row === undefined) throw new RightLost();
}

function insideOf({ services, unchanged }: Pick<Call, "services" | "unchanged">) {
  const { db, sealEntries, sendMail, sendEvents } = services;
  const commit = async (statements: readonly Statement[]) => {
    const rows = await runBatch(db, statements);
    sealEntries();
    return rows;
  };
  return { db, commit, sendMail, sendEvents, ...(unchanged && { unchanged }) };
}
