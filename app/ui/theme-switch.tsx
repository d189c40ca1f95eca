import { Monitor, Moon, Sun } from "lucide-react";
import { use } from "react";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "./appearance.ts";
import { classes } from "./classes.ts";
import { PreferenceForm, usePendingPreference } from "./preference-form.tsx";

export function ThemeSwitch() {
  const { theme } = use(AppearanceContext);
  const chosen = usePendingPreference("theme") ?? theme;
  const choices = [
    { value: "light", icon: Sun, label: m.common_theme_light() },
    { value: "dark", icon: Moon, label: m.common_theme_dark() },
    { value: "system", icon: Monitor, label: m.common_theme_system() },
  ];
  return (
    <PreferenceForm>
      <fieldset className="inline-flex gap-0.5 rounded-md border bg-sunken p-0.5">
        <legend className="sr-only">{m.common_theme()}</legend>
        {choices.map(({ value, icon: Icon, label }) => (
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
            <Icon aria-hidden="true" className="size-4" />
          </button>
        ))}
      </fieldset>
    </PreferenceForm>
  );
}
