import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const USER_PRESENT_AND_VERIFIED = 0x05;
const WITH_CREDENTIAL = 0x40;

type Asked = { challenge: string; origin: string; counter?: number };

/** A device with one passkey (ES256), without an attestation. Its answers are JSON, as a browser sends them (WebAuthn, 5.1). */
export function aPasskeyDevice() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  const credential = { id: encoded(id), rawId: encoded(id), type: "public-key", clientExtensionResults: {} };
  return {
    creates({ counter = 0, ...asked }: Asked): string {
      const key = [
        ...[Buffer.from("a5010203262001215820", "hex"), Buffer.from(x, "base64url")],
        ...[Buffer.from("225820", "hex"), Buffer.from(y, "base64url")],
      ];
      const added = [Buffer.alloc(16), Buffer.from([0, id.length]), id, ...key];
      const flags = USER_PRESENT_AND_VERIFIED | WITH_CREDENTIAL;
      const authData = Buffer.concat([authenticatorData(asked, { flags, counter }), ...added]);
      const attestation = Buffer.concat([
        ...[Buffer.from([0xa3]), cborText("fmt"), cborText("none"), cborText("attStmt"), Buffer.from([0xa0])],
        ...[cborText("authData"), Buffer.from([0x58, authData.length]), authData],
      ]);
      const clientDataJSON = encoded(clientData("webauthn.create", asked));
      return JSON.stringify({ ...credential, response: { clientDataJSON, attestationObject: encoded(attestation) } });
    },
    answers({ counter = 0, ...asked }: Asked): string {
      const data = authenticatorData(asked, { flags: USER_PRESENT_AND_VERIFIED, counter });
      const client = clientData("webauthn.get", asked);
      const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
      const signature = encoded(sign("sha256", signed, privateKey));
      const response = { clientDataJSON: encoded(client), authenticatorData: encoded(data), signature };
      return JSON.stringify({ ...credential, response });
    },
  };
}

function clientData(type: string, { challenge, origin }: Asked): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function authenticatorData({ origin }: Asked, { flags, counter }: { flags: number; counter: number }): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash("sha256").update(new URL(origin).hostname).digest(), Buffer.from([flags]), count]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
