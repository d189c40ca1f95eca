import path from "node:path";
import type { Plugin } from "vite";
import { knownProviders } from "../app/auth/providers/providers.ts";

/** Modules of libraries that would be in the Worker, although it never calls them. */
const LEFT_OUT = [
  // A passkey is made without attestation, so no device sends a certificate.
  /@simplewebauthn\/server\/esm\/(helpers\/(getCert|validate|convertX509)|metadata|services\/(metadata|defaultRootCerts))/,
  /@simplewebauthn\/server\/esm\/registration\/verifications\/(tpm\/)?verifyAttestation(?!Packed)/,
  // The database is asked over HTTP and in JSON.
  /@libsql\/(isomorphic-ws|hrana-client\/lib-esm\/(ws\/|.*protobuf))/,
  // `renderToString` and `renderToStaticMarkup`. Documents and mails are rendered by the other half of React.
  /react-dom\/cjs\/react-dom-server-legacy/,
  // Providers that nobody can sign in with here.
  new RegExp(`@better-auth/core/dist/social-providers/(?!index|${Object.keys(knownProviders).join("|")})`),
  // The dashboard's scales are of numbers, and `Intl` formats them.
  /node_modules\/d3-(color|format)\//,
  // Checks what clients of the tools fill into forms, and no tool shows one.
  /@modelcontextprotocol\/server\/dist\/cfWorkerProvider/,
];

/** What these do when they are imported is only for the modules above. */
const ONLY_FOR_THOSE = /node_modules\/(@peculiar|@simplewebauthn|asn1js|pvtsutils|reflect-metadata|tsyringe)\//;

/** Makes the Worker a tenth smaller. A call of a module that is left out throws an error with its name. */
export function leftOut(): Plugin {
  const unused = new Set(LEFT_OUT);
  return {
    name: "left-out",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "ssr",
    transform: {
      filter: { id: [...LEFT_OUT, ONLY_FOR_THOSE] },
      handler(code, id) {
        const pattern = LEFT_OUT.find((each) => each.test(id));
        if (pattern === undefined) return { code, map: null, moduleSideEffects: false };
        unused.delete(pattern);
        return { code: emptied(code, path.basename(id)), map: null, moduleSideEffects: false };
      },
    },
    buildEnd() {
      if (unused.size > 0) this.error(`No module to leave out has this name any more: ${[...unused].join(", ")}`);
    },
  };
}

/** A module with the same exports. If one is missed, the build names it. */
function emptied(code: string, file: string): string {
  const declared = Array.from(code.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm), ([, name]) => name);
  const listed = Array.from(code.matchAll(/^export \{ (.+) \};$/gm), ([, names = ""]) => names.split(", "));
  const names = [...declared, ...listed.flat().map((name) => name.split(" as ").at(-1))];
  return `function leftOut() {
  // Libraries create some objects that they use only later.
  if (!new.target) throw new Error("${file} is left out of the Worker.");
}
export { ${names.map((name) => `leftOut as ${name}`).join(", ")} };
`;
}
