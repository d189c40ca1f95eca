import { loadMessages } from "../load-messages.ts";

if (!import.meta.env.SSR) await loadMessages("account-more");
