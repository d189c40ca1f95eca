import { use } from "react";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "./appearance.ts";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";
import { PreferenceForm, usePendingPreference } from "./preference-form.tsx";

export function ThemeSwitch() {
  const { theme } = use(AppearanceContext);
  const chosen = usePendingPreference("theme") ?? theme;
  const choices = [
    { value: "light", icon: "sun", label: m.common_theme_light() },
    { value: "dark", icon: "moon", label: m.common_theme_dark() },
    { value: "system", icon: "monitor", label: m.common_theme_system() },
  ] as const;
  return (
    <PreferenceForm>
      <fieldset className="inline-flex gap-0.5 rounded-md border bg-sunken p-0.5">
        <legend className="sr-only">{m.common_theme()}</legend>
        {choices.map(({ value, icon, label }) => (
          <button
            key={value}
            type="submit"
            name="theme"
            value={value}
            aria-label={label}
            title={label}
            aria-pressed={value === chosen}
            className={classes(
              "grid h-7 w-8 place-items-center rounded-sm text-muted transition-colors hover:text-text",
              value === chosen && "bg-raised text-text shadow-card inset-ring inset-ring-border",
            )}
          >
            <Icon name={icon} />
          </button>
        ))}
      </fieldset>
    </PreferenceForm>
  );
}
