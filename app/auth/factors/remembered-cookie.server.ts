import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { authenticator, rememberedDevice } from "#app/db/schema/factors.ts";
import { digest, TOKEN } from "#app/tokens.server.ts";
import type { Device } from "../sessions/devices.server.ts";
import { ownCookie } from "../sessions/own-cookies.server.ts";

type Browser = { requestHeaders: Headers; appUrl: string; device: Device; now: Date };

export const rememberedCookie = (appUrl: string) => ownCookie("remembered", { appUrl, value: TOKEN });

export function rememberedHash(token: string): string {
  return digest(`remembered-device:${token}`);
}

/** SQL that is true if this browser was remembered for this person, under the authenticator app that they still have. */
export function isRemembered({ requestHeaders, appUrl, device, now }: Browser, person: string | SQLWrapper): SQL {
  const token = rememberedCookie(appUrl).read(requestHeaders);
  if (token === null) return sql`0`;
  return sql`exists (
    select 1 from ${rememberedDevice} join ${authenticator} on ${authenticator.id} = ${rememberedDevice.authenticatorId}
      and ${authenticator.userId} = ${rememberedDevice.userId}
    where ${rememberedDevice.tokenHash} = ${rememberedHash(token)} and ${rememberedDevice.userId} = ${person}
      and ${rememberedDevice.deviceHash} = ${device.hash} and ${rememberedDevice.expiresAt} > ${now.getTime()})`;
}
