import type { Load } from "./load.ts";
import type { Product } from "./product.ts";

export const CONNECTIONS = 10;
export const WARM_UP_SECONDS = 3;

export const PAGES = [
  { name: "login", path: "/login", isPublic: true },
  { name: "dashboard", path: "/organizations/acme/dashboard", isPublic: false },
  { name: "gallery", path: "/organizations/acme/gallery", isPublic: false },
  { name: "members", path: "/organizations/acme/members", isPublic: false },
];

type LoadOptions = { product: Product; page: (typeof PAGES)[number]; cookie: string; seconds: number };

export function loadOf({ product, page, cookie, seconds }: LoadOptions): Load {
  const headers: Record<string, string> = page.isPublic ? {} : { cookie };
  return { url: product.url + page.path, headers, connections: CONNECTIONS, seconds };
}
