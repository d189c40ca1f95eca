import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { anAddress, anOwner, fromSomewhere, membersOf, open, openMail } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`an owner pastes several addresses with a message, and those that are refused stay in the field${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { person, organization } = await anOwner({ owns: ["Paste Works"] });
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    if (javaScriptEnabled) await open(page, membersOf(organization));
    else await page.goto(membersOf(organization));
    const [ada, bo] = [anAddress(), anAddress()];
    const field = page.getByLabel("Email addresses");
    await field.fill(`Ada Example <${ada}>; nobody\n${person.email}, ${bo}`);
    await page.getByText("Add a message").click();
    await page.getByLabel("Message", { exact: true }).fill("See you on Monday");
    await page.getByRole("button", { name: "Send invitation" }).click();
    await page.getByText("2 invitations sent").waitFor();
    await page.getByText(`${person.email}: This person is already a member.`).waitFor();
    expect(await field.inputValue()).toBe(`nobody\n${person.email}`);
    expect(await page.getByLabel("Message", { exact: true }).inputValue()).toBe("See you on Monday");

    if (javaScriptEnabled) await page.getByText("2 waiting for a reply").waitFor();

    const eve = anAddress();
    await field.fill(eve);
    await page.getByRole("button", { name: "Send invitation" }).click();
    await page.getByText("3 waiting for a reply").waitFor();
    expect(await field.inputValue()).toBe("");
    for (const email of [ada, bo, eve]) {
      const mail = await openMail(page, email, "invited to Paste Works");
      await mail.getByText("See you on Monday").waitFor();
    }
  });
}
