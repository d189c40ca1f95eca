import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { galleryOf } from "../gallery/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { anAddress, fillSignIn, fromSomewhere, membersOf, open, requestsOf } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function anOwnerOnABadLine() {
  const workplace = await aWorkplace();
  const visit = await browser.visitSlowly(fromSomewhere());
  await signIn(visit.context, workplace.people.owner);
  return { ...workplace, ...visit };
}

type Owner = Awaited<ReturnType<typeof anOwnerOnABadLine>>;

type Filtered = {
  at: string;
  asked: RegExp;
  search: Locator;
  choice: Locator;
  choose: string;
  /** Shown once the response to the first search has arrived. */
  answered: Locator;
  apply: Locator;
  prepare?: () => Promise<void>;
};

const filtered: Record<string, (owner: Owner) => Filtered> = {
  "the log": ({ page, organization }) => ({
    at: `/organizations/${organization.slug}/audit`,
    asked: /audit.*search=first/,
    search: page.getByLabel(say("log_search"), { exact: true }),
    choice: page.getByLabel(say("audit_filter_action"), { exact: true }),
    choose: "member.role-changed",
    answered: page.getByRole("heading", { name: say("audit_none_title") }),
    apply: page.getByRole("main").getByRole("button", { name: say("common_filter_search") }),
  }),
  members: ({ page, organization }) => ({
    at: membersOf(organization),
    asked: /members.*search=first/,
    search: page.getByRole("searchbox"),
    choice: page.getByLabel(say("members_filter"), { exact: true }),
    choose: "admin",
    answered: page.getByText("0 members found"),
    apply: page.getByRole("search").getByRole("button"),
  }),
  "a gallery": ({ page, organization }) => ({
    at: galleryOf(organization),
    asked: /gallery.*search=first/,
    search: page.getByRole("searchbox"),
    choice: page.getByLabel(say("gallery_type")),
    // A choice in the gallery is sent immediately.
    choose: "",
    answered: page.getByRole("heading", { name: say("gallery_none_title") }),
    apply: page.getByRole("search").getByRole("button"),
    async prepare() {
      await page.getByLabel("Upload images").setInputFiles(await aSmallPicture("Lake"));
      await page.getByRole("heading", { name: "Lake" }).waitFor();
    },
  }),
};

for (const [where, filter] of Object.entries(filtered)) {
  test(`changes in the filter of ${where} made during a pending search are kept, and so is the focus`, async () => {
    await using owner = await anOwnerOnABadLine();
    const { page, hold } = owner;
    const { at, asked, search, choice, choose, answered, apply, prepare } = filter(owner);
    await open(page, at);
    await prepare?.();
    const letAnswer = hold(asked);
    await search.fill("first");
    await search.press("Enter");
    await search.pressSequentially(" light");
    if (choose !== "") await choice.selectOption(choose);
    await search.focus();
    letAnswer();
    await answered.waitFor();
    await page.waitForURL((url) => url.searchParams.get("search") === "first");
    expect([await search.inputValue(), await choice.inputValue()]).toEqual(["first light", choose]);
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
    await apply.click();
    await page.waitForURL((url) => url.searchParams.get("search") === "first light");
    await page.goBack();
    await expect.poll(() => search.inputValue()).toBe("first");
    await page.goBack();
    await expect.poll(() => search.inputValue()).toBe("");
    expect(await choice.inputValue()).toBe("");
  });
}

test("an address typed while the invitation before it is sent stays in its field", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization } = owner;
  await open(page, membersOf(organization));
  const field = page.getByLabel("Email addresses");
  const letSend = hold(/^POST .*invitations/);
  await field.fill(anAddress());
  await page.getByRole("button", { name: "Send invitation" }).click();
  const next = anAddress();
  await field.fill(next);
  letSend();
  await page.getByText("1 waiting for a reply").waitFor();
  expect(await field.inputValue()).toBe(next);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByText("2 waiting for a reply").waitFor();
  await expect.poll(() => field.inputValue()).toBe("");
});

test("a form that is sent again at the moment its button is free knows what was just saved", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, organization, hold } = owner;
  await open(page, `/organizations/${organization.slug}/settings`);
  const letSend = hold(/^POST /);
  const answers: number[] = [];
  page.on("response", (answer) => {
    if (answer.request().method() === "POST") answers.push(answer.status());
  });
  const field = page.getByLabel("Name").first();
  await field.fill("Northwind & Daughters");
  await field.evaluate((typed: HTMLInputElement) => {
    const button = typed.form?.querySelector("button");
    new MutationObserver((_changes, observer) => {
      if (button?.hasAttribute("aria-busy")) return;
      observer.disconnect();
      typed.value = "Northwind & Sons";
      button?.click();
    }).observe(button as HTMLElement, { attributeFilter: ["aria-busy"] });
    button?.click();
  });
  await page.locator("main button[aria-busy]").waitFor();
  letSend();
  await expect.poll(() => answers).toHaveLength(2);
  expect(answers).toEqual([202, 202]);
  await page.getByRole("link", { name: "Northwind & Sons" }).first().waitFor();
});

test("a password typed at the moment the refusal of the one before is shown stays in its field", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/login");
  const field = page.getByLabel("Password", { exact: true });
  await field.evaluate((typed: HTMLInputElement) => {
    new MutationObserver((_changes, observer) => {
      if (!typed.form?.querySelector("[role=alert]")?.textContent) return;
      observer.disconnect();
      typed.value = "seven quiet herons";
    }).observe(typed.form as HTMLElement, { childList: true, subtree: true });
  });
  await fillSignIn(page, { email: anAddress(), password: "seven loud herons" });
  await page.getByRole("main").getByRole("alert").filter({ hasText: /./ }).waitFor();
  await requestsOf(page).done();
  expect(await field.inputValue()).toBe("seven quiet herons");
});

const pictured: Record<string, { at: (owner: Owner) => string; label: string; save: string; remove: string }> = {
  "an organization": {
    at: ({ organization }) => `/organizations/${organization.slug}/settings`,
    label: "Logo",
    save: "Save logo",
    remove: "Remove logo",
  },
  "a person": {
    at: () => "/settings/account",
    label: say("profile_avatar_title"),
    save: say("profile_avatar_save"),
    remove: say("profile_avatar_remove"),
  },
};

for (const [whose, { at, label, save, remove }] of Object.entries(pictured)) {
  test(`a new picture of ${whose} chosen while the previous one is being sent stays in its field`, async () => {
    await using owner = await anOwnerOnABadLine();
    const { page, hold } = owner;
    await open(page, at(owner));
    const field = page.getByLabel(label, { exact: true });
    const name = () => field.evaluate((input: HTMLInputElement) => input.files?.[0]?.name);
    const letSend = hold(/^POST /);
    await field.setInputFiles(await aSmallPicture("first"));
    await page.getByRole("button", { name: save }).click();
    const second = await aSmallPicture("second");
    await field.setInputFiles(second);
    letSend();
    await page.getByRole("button", { name: remove }).waitFor();
    expect(await name()).toBe(second.name);
    await page.getByRole("button", { name: save }).click();
    await expect.poll(name).toBeUndefined();
  });
}
