import type { FormEvent } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";
import type { ImageSort } from "./gallery-place.ts";
import type { ImagesPage } from "./images.server.ts";
import { typeNames } from "./type-names.ts";

const sortNames: Record<ImageSort, () => string> = {
  newest: () => m.gallery_sort_newest(),
  name: () => m.gallery_sort_name(),
  largest: () => m.gallery_sort_largest(),
};

type GalleryFilterProps = { organization: string; found: ImagesPage; isFiltered: boolean };

/** The filter is part of the URL. A choice submits the form immediately; without scripts, the button does. */
export function GalleryFilter({ organization, found, isFiltered }: GalleryFilterProps) {
  const { filter, people, viewerId, total } = found;
  const address = href("/organizations/:organization/gallery", { organization });
  const { search, sort, by = "", type = "" } = filter;
  const others = people.filter(({ id }) => id !== viewerId).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FilterForm
      filter={{ search, sort, by, type }}
      role="search"
      action={address}
      preventScrollReset
      className="filters mb-5"
    >
      <input
        type="search"
        name="search"
        defaultValue={search}
        aria-label={m.gallery_search_label()}
        placeholder={m.gallery_search_label()}
        className="control px-3"
      />
      <Choice
        name="by"
        label={m.gallery_uploaded_by()}
        value={by}
        options={[
          { value: "", label: m.common_filter_anyone() },
          ...(viewerId === null ? [] : [{ value: viewerId, label: m.gallery_me() }]),
          ...others,
        ]}
      />
      <Choice
        name="type"
        label={m.gallery_type()}
        value={type}
        options={[{ value: "", label: m.gallery_any_type() }, ...typeNames]}
      />
      <Choice
        name="sort"
        label={m.gallery_sort_label()}
        value={sort}
        options={Object.entries(sortNames).map(([value, label]) => ({ value, label: label() }))}
      />
      <button type="submit" className={buttonClasses({ variant: "secondary" })}>
        {m.common_filter_search()}
      </button>
      {isFiltered && total > 0 && (
        <LinkButton to={address} variant="ghost">
          {m.common_filter_clear()}
        </LinkButton>
      )}
    </FilterForm>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
};

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <select
      name={name}
      defaultValue={value}
      aria-label={label}
      onChange={(event: FormEvent<HTMLSelectElement>) => event.currentTarget.form?.requestSubmit()}
      className="control select"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
