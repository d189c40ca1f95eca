import { use } from "react";
import { languageTag, localeNames } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "./appearance.ts";
import { buttonClasses } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Link } from "./link.tsx";
import { Menu, MenuButton } from "./menu.tsx";
import { PreferenceForm } from "./preference-form.tsx";
import { useIsHydrated } from "./use-is-hydrated.ts";

const look = `${buttonClasses({ variant: "ghost", size: "small" })} -ms-3`;

/** `page`: where the language is chosen without scripts, so that a document need not contain the menu. */
export function LanguageSwitch({ page }: { page?: string }) {
  const { locale, languages } = use(AppearanceContext);
  const isHydrated = useIsHydrated();
  if (languages.length < 2) return null;
  const label = `${m.common_language()} ${localeNames[locale]}`;
  const words = (
    <>
      <Icon name="languages" />
      {localeNames[locale]}
    </>
  );
  if (page !== undefined && !isHydrated) {
    return (
      <Link to={page} aria-label={label} className={look}>
        {words}
      </Link>
    );
  }
  return (
    <Menu side="end" label={label} triggerClassName={look} trigger={words}>
      <PreferenceForm>
        {languages.map((each) => (
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
