import { createMemoryStorage } from "./memory.server.ts";
import { storageContract } from "./storage.contract.ts";

const storage = createMemoryStorage();

storageContract(() => storage);
