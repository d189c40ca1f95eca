import { tokenFor } from "../app/tokens.server.ts";
import { webhookSecret } from "../app/webhooks/secrets.server.ts";
import { keptSecret } from "./auth-secret.ts";
import { dataFolder } from "./data-folder.ts";
import { takesNothing } from "./flags.ts";
import { inWords } from "./mistake.ts";
import { portAsked } from "./port.ts";
import { DEMO_RECEIVER_PORT, DEMO_SECRET_NAME } from "./seed/webhook.ts";
import { startPrintingReceiver } from "./webhook-receive/receiver.ts";

if (process.argv[2] === "--help") {
  takesNothing(`npm run webhook:receive             receives events of the demo's webhook, checks their signatures and prints them
npm run webhook:receive -- whsec_…  the same for a webhook with this secret

PORT=4100 sets another port.`);
}
const given = process.argv.slice(2);
const port = await inWords(async () => portAsked(DEMO_RECEIVER_PORT));
const ofDemo = async () => {
  const secret = await keptSecret(dataFolder());
  return webhookSecret((name) => tokenFor(secret, name), DEMO_SECRET_NAME);
};
const secrets = given.length > 0 ? given : [await ofDemo()];
const { url } = await inWords(() => startPrintingReceiver({ port, secrets, print: console.log }));

console.log(`
  Receiver   ${url}
  Secret     ${given.length > 0 ? "as given" : "of the demo's webhook; for another: npm run webhook:receive -- whsec_…"}

  Press Ctrl+C to stop it. Events sent while it is stopped arrive when it runs again.
`);
