import { env } from "cloudflare:workers";
import { createR2Storage } from "./r2.server.ts";
import { storageContract } from "./storage.contract.ts";

storageContract(() => createR2Storage(env.FILES));
