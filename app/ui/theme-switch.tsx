import { use } from "react";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "./appearance.ts";
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
      <fieldset className="choices">
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
          >
            <Icon name={icon} />
          </button>
        ))}
      </fieldset>
    </PreferenceForm>
  );
}
