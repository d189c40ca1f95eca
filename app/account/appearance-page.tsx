import { use } from "react";
import { useRouteLoaderData } from "react-router";
import { languageTag, localeNames } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { PRODUCT_NAME, PRODUCT_SLUG } from "#app/product.ts";
import { AppearanceContext } from "#app/ui/appearance.ts";
import { Button } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { ChoiceForm } from "#app/ui/choice-form.tsx";
import { SelectField } from "#app/ui/field.tsx";
import { inlineForm } from "#app/ui/inline-form.tsx";
import { PreferenceForm } from "#app/ui/preference-form.tsx";
import { AUTOMATIC_ZONE, colors, fonts, themes } from "./preferences.ts";
import type { TimeZoneChoice } from "./time-zones.server.ts";

const themeNames = {
  light: () => m.common_theme_light(),
  dark: () => m.common_theme_dark(),
  system: () => m.common_theme_system(),
};

const colorNames = {
  [PRODUCT_SLUG]: PRODUCT_NAME,
  nova: "Nova",
  vega: "Vega",
  maia: "Maia",
  lyra: "Lyra",
  mira: "Mira",
  luma: "Luma",
};

const fontNames = {
  figtree: () => "Figtree",
  inter: () => "Inter",
  "source-serif": () => "Source Serif",
  atkinson: () => "Atkinson",
  automatic: () => m.common_theme_system(),
};

export function AppearancePage({ loaderData }: { loaderData: TimeZoneChoice }) {
  const chosen = use(AppearanceContext);
  const root = useRouteLoaderData<{ shortcuts: "on" | "off" }>("root");
  return (
    <div className="grid gap-5">
      <Section title={m.common_theme()}>
        <ChoiceForm
          name="theme"
          label={m.common_theme()}
          chosen={chosen.theme}
          choices={themes.map((value) => ({
            value,
            label: themeNames[value](),
            picture: <ThemeSample theme={value} />,
          }))}
        />
      </Section>
      <Section title={m.appearance_color_title()}>
        <ChoiceForm
          name="color"
          label={m.appearance_color_title()}
          chosen={chosen.color}
          choices={colors.map((value) => ({
            value,
            label: colorNames[value],
            picture: (
              <span data-color={value} className="flex gap-1">
                <span className="size-6 rounded-full bg-accent" />
                <span className="size-6 rounded-full bg-brand" />
                <span className="size-6 rounded-full border bg-accent-soft" />
              </span>
            ),
          }))}
        />
      </Section>
      <Section title={m.appearance_font_title()}>
        <ChoiceForm
          name="font"
          label={m.appearance_font_title()}
          chosen={chosen.font}
          choices={fonts.map((value) => ({
            value,
            label: fontNames[value](),
            picture: (
              <span aria-hidden="true" data-font={value} className="text-2xl">
                Aa
              </span>
            ),
          }))}
        />
      </Section>
      {chosen.languages.length > 1 && (
        <Section title={m.appearance_language_title()} description={m.appearance_language_description()}>
          <ChoiceForm
            name="locale"
            label={m.appearance_language_title()}
            chosen={chosen.locale}
            choices={chosen.languages.map((value) => ({ value, label: localeNames[value], lang: languageTag(value) }))}
          />
        </Section>
      )}
      <Section title={m.appearance_zone_title()} description={m.appearance_zone_description()}>
        <TimeZoneForm {...loaderData} />
      </Section>
      <Section title={m.appearance_shortcuts_title()} description={m.appearance_shortcuts_description()}>
        <ChoiceForm
          name="shortcuts"
          label={m.appearance_shortcuts_title()}
          chosen={root?.shortcuts ?? "on"}
          choices={[
            { value: "on", label: m.appearance_shortcuts_on() },
            { value: "off", label: m.appearance_shortcuts_off() },
          ]}
        />
      </Section>
    </div>
  );
}

function TimeZoneForm({ chosen, told, regions }: TimeZoneChoice) {
  const automatic = told === null ? m.appearance_zone_automatic() : m.appearance_zone_automatic_now({ zone: told });
  const options = regions.map(({ region, zones }) => ({
    label: (regionNames[region] ?? m.appearance_zone_region_other)(),
    options: zones.map((zone) => ({ value: zone, label: placeOf(zone) })),
  }));
  return (
    <PreferenceForm className={inlineForm}>
      <SelectField
        id="time-zone"
        errorId="time-zone-error"
        label={m.appearance_zone_title()}
        isLabelHidden
        selectProps={{ name: "timeZone", defaultValue: chosen ?? AUTOMATIC_ZONE }}
        options={[{ value: AUTOMATIC_ZONE, label: automatic }, ...options]}
      />
      <Button variant="secondary">{m.appearance_zone_save()}</Button>
    </PreferenceForm>
  );
}

const regionNames: Partial<Record<string, () => string>> = {
  Africa: () => m.appearance_zone_region_africa(),
  America: () => m.appearance_zone_region_america(),
  Antarctica: () => m.appearance_zone_region_antarctica(),
  Arctic: () => m.appearance_zone_region_arctic(),
  Asia: () => m.appearance_zone_region_asia(),
  Atlantic: () => m.appearance_zone_region_atlantic(),
  Australia: () => m.appearance_zone_region_australia(),
  Europe: () => m.appearance_zone_region_europe(),
  Indian: () => m.appearance_zone_region_indian(),
  Pacific: () => m.appearance_zone_region_pacific(),
};

/** The name without its region: "Argentina/Buenos Aires" for "America/Argentina/Buenos_Aires". */
function placeOf(zone: string): string {
  return zone.slice(zone.indexOf("/") + 1).replaceAll("_", " ");
}

function ThemeSample({ theme }: { theme: (typeof themes)[number] }) {
  const halves = theme === "system" ? (["light", "dark"] as const) : [theme];
  return (
    <span aria-hidden="true" className="flex h-16 overflow-hidden rounded-sm border">
      {halves.map((half) => (
        <span key={half} data-theme={half} className="grid flex-1 content-center gap-1.5 bg-background px-3">
          <span className="h-1.5 w-2/3 rounded-full bg-text" />
          <span className="h-1.5 w-full rounded-full bg-border-strong" />
          <span className="h-2.5 w-1/3 rounded-full bg-accent" />
        </span>
      ))}
    </span>
  );
}
