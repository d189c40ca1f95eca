/// <reference types="@cloudflare/workers-types" />
/// <reference types="@cloudflare/vitest-plugin/types" />

declare namespace Cloudflare {
  interface Env {
    APP_ENV: "development" | "production";
    APP_URL: string;
    AUTH_SECRET: string;
    DATABASE_URL: string;
    DATABASE_AUTH_TOKEN?: string;
    FILES: R2Bucket;
    IMAGES: ImagesBinding;
  }
}
