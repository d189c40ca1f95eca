import { foldedPassword, isInFilter, type PasswordFilter, unpackedFilter } from "./common-password-filter.server.ts";

const COMMON_STEMS =
  /^(password|passw0rd|p@ssw0rd|qwerty|qwertyuiop|letmein|welcome|iloveyou|administrator|admin|changeme|football|baseball|sunshine|princess|dragon|monkey|master|superman|batman|trustno|abc|test|secret)+[\d\W_]*$/;

let filter: PasswordFilter | undefined;

export async function isCommonPassword(password: string): Promise<boolean> {
  const folded = foldedPassword(password);
  if (COMMON_STEMS.test(folded) || /^(.)\1*$/u.test(folded) || /^(?:0?1234567890?)+\d*$/.test(folded)) return true;
  const { default: packed } = await import("virtual:common-passwords");
  // Assigned after the `await`: otherwise parallel calls would each unpack the filter.
  filter ??= unpackedFilter(packed);
  return isInFilter(filter, folded);
}
