import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Provider } from "oidc-provider";

const client = { id: "the-product", secret: randomUUID() };

/** The Worker's variables for the provider on this port. */
export function openIdVariables(port: number): Record<string, string> {
  return {
    OPENID_NAME: "Acme ID",
    OPENID_DISCOVERY_URL: `http://localhost:${port}/.well-known/openid-configuration`,
    OPENID_CLIENT_ID: client.id,
    OPENID_CLIENT_SECRET: client.secret,
  };
}

/**
 * Starts an OpenID Connect provider on loopback. Every email address that is typed as a login has an account; the provider says
 * that the address is verified unless it begins with "unverified". Resolves with a function that closes the provider.
 */
export async function startOpenIdProvider(port: number, appUrl: string): Promise<() => Promise<void>> {
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${appUrl}/login/openid/callback`],
      },
    ],
    claims: { email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: [randomUUID()] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: "Ada Elsewhere", email: id, email_verified: !id.startsWith("unverified") }),
    }),
  });
  const server = provider.listen(port, "localhost");
  // On a busy machine, the Worker can use a connection again in the moment in which an idle one would be closed here.
  server.keepAliveTimeout = 0;
  await once(server, "listening");
  return async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
}
