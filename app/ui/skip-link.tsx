import { m } from "#app/i18n/messages.ts";

export function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed start-3 top-3 z-50 -translate-y-20 rounded-md bg-accent px-4 py-2 font-medium text-accent-contrast text-sm focus-visible:translate-y-0"
    >
      {m.common_skip_to_content()}
    </a>
  );
}
