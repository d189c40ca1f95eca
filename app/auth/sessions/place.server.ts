/** Where a request roughly comes from, according to the platform alone. */
export type RoughPlace = { country: string | null; city: string | null };

/** The codes for unknown and for Tor (developers.cloudflare.com/fundamentals/reference/http-headers, "CF-IPCountry"). */
const NO_COUNTRY = new Set(["XX", "T1"]);
const CITY_MAXIMUM = 80;

/** Read from what the edge adds, like the client's IP address. `country` has two letters (ISO 3166-1), or is null if unknown. */
export function roughPlaceOf(request: Request): RoughPlace {
  const told = (request as Request<unknown, IncomingRequestCfProperties>).cf;
  const code = told?.country ?? request.headers.get("cf-ipcountry") ?? "";
  const country = /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.has(code) ? code : null;
  const city = country === null ? null : (told?.city?.slice(0, CITY_MAXIMUM) ?? null);
  return { country, city };
}
