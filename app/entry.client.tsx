import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { HydratedRouter } from "react-router/dom";
import { CatalogPlacesContext } from "#app/i18n/catalog-places.ts";
import { loadMessages, placesInDocument } from "#app/i18n/load-messages.ts";
import { bringLetters } from "#app/text/shown-address.ts";
import { watchDocuments } from "#app/ui/line/documents.ts";
import { dropEmptyFields } from "#app/ui/line/empty-fields.ts";
import { announcePerson } from "#app/ui/line/person.ts";
import { ignoreBrokenOff, instrumentations, watchHistory, watchIntent } from "#app/ui/line/router.ts";
import { sendOnce } from "#app/ui/line/send-once.ts";
import { watchTyping } from "#app/ui/line/typed.ts";
import { tellTimeZone } from "#app/ui/zone-news.ts";

announcePerson();
dropEmptyFields();
watchTyping();
watchHistory();
ignoreBrokenOff();
watchIntent();
watchDocuments();
sendOnce();
tellTimeZone();
if (document.documentElement.textContent.includes("xn--")) await bringLetters();
await loadMessages("everybody");
const catalogPlaces = placesInDocument();
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <CatalogPlacesContext value={catalogPlaces}>
        <HydratedRouter instrumentations={instrumentations} />
      </CatalogPlacesContext>
    </StrictMode>,
  );
});
