import { use } from "react";
import { languageTag, localeNames, locales } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "./appearance.ts";
import { buttonClasses } from "./button.tsx";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";
import { Menu, MenuButton } from "./menu.tsx";
import { PreferenceForm } from "./preference-form.tsx";

export function LanguageSwitch() {
  const { locale } = use(AppearanceContext);
  return (
    <Menu
      side="end"
      triggerClassName={classes(buttonClasses({ variant: "ghost", size: "small" }), "-ms-3")}
      trigger={
        <>
          <Icon name="languages" />
          <span className="sr-only">{m.common_language()}</span>
          {localeNames[locale]}
        </>
      }
    >
      {/* The texts of a language come with the document, so changing it loads a new one. */}
      <PreferenceForm isReloading>
        {locales.map((each) => (
          <MenuButton
            key={each}
            name="locale"
            value={each}
            lang={languageTag(each)}
            aria-current={each === locale || undefined}
          >
            <span dir="auto" className="flex-1">
              {localeNames[each]}
            </span>
            {each === locale && <Icon name="check" />}
          </MenuButton>
        ))}
      </PreferenceForm>
    </Menu>
  );
}
