/** Where the platform thinks that a request comes from: roughly, and by its word alone. */
export type RoughPlace = { country: string | null; city: string | null };

/** Unknown, and Tor (developers.cloudflare.com/fundamentals/reference/http-headers, "CF-IPCountry"). */
const NO_COUNTRY = new Set(["XX", "T1"]);
const CITY_MAXIMUM = 80;

/** From what the edge adds, as with the address of who asks. `country`: two letters of ISO 3166-1; null: nothing is told. */
export function roughPlaceOf(request: Request): RoughPlace {
  const told = (request as Request<unknown, IncomingRequestCfProperties>).cf;
  const code = told?.country ?? request.headers.get("cf-ipcountry") ?? "";
  const country = /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.has(code) ? code : null;
  const city = country === null ? null : (told?.city?.slice(0, CITY_MAXIMUM) ?? null);
  return { country, city };
}
