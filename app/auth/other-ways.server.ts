import { aliasedTable, ne, type SQL, sql } from "drizzle-orm";
import { passkey } from "#app/db/schema/factors.ts";
import { account } from "#app/db/schema/people.ts";
import type { Fresh, Grant } from "#app/operation/grant.server.ts";

const other = { account: aliasedTable(account, "other_account"), passkey: aliasedTable(passkey, "other_passkey") };

/**
 * SQL that is true if the person can still sign in once the account or passkey of this id is gone. A code by mail does not count:
 * it is for a person who has lost the others.
 */
export function hasOtherWay(grant: Fresh<Grant<"self">>, id: string): SQL {
  const accounts = grant.rows(other.account, ne(other.account.id, id));
  const passkeys = grant.rows(other.passkey, ne(other.passkey.id, id));
  return sql`(
    exists (select 1 from ${account} as other_account where ${accounts}
      and (${other.account.providerId} <> 'credential' or ${other.account.password} is not null))
    or exists (select 1 from ${passkey} as other_passkey where ${passkeys}))`;
}
