import { expect, test } from "vitest";
import { deletionOf, errorCodeOf, parseListedFiles } from "./s3-xml.ts";

test("a page of AWS is read, keys and cursor decoded", () => {
  const page = parseListedFiles(`<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>files</Name><Prefix>images%2F</Prefix>
<NextContinuationToken>1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=&amp;</NextContinuationToken><KeyCount>2</KeyCount>
<MaxKeys>2</MaxKeys><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
<Contents><Key>images/a+b%2B%26c</Key><LastModified>2026-10-12T17:50:30.000Z</LastModified><ETag>&quot;fba9&quot;</ETag><Size>434234</Size><StorageClass>STANDARD</StorageClass></Contents>
<Contents><Key>images/%C3%A9</Key><LastModified>2026-10-12T17:50:31.000Z</LastModified><ETag>&quot;fba8&quot;</ETag><Size>0</Size></Contents></ListBucketResult>`);
  expect(page).toEqual({
    files: [
      { key: "images/a b+&c", size: 434_234, uploadedAt: new Date("2026-10-12T17:50:30Z") },
      { key: "images/é", size: 0, uploadedAt: new Date("2026-10-12T17:50:31Z") },
    ],
    cursor: "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=&",
  });
});

test("a server that does not encode keys is understood", () => {
  const { files } = parseListedFiles(
    "<ListBucketResult><Contents><Key>50% &#43; a&amp;lt;&#x1F642;</Key><Size>1</Size></Contents></ListBucketResult>",
  );
  expect(files[0]?.key).toBe("50% + a&lt;🙂");
});

test("a response that is not a list is a fault, never an empty list", () => {
  expect(() => parseListedFiles("<html>A proxy's error page</html>")).toThrow();
});

test("keys cannot break out of a deletion, and its errors are noticed", () => {
  expect(deletionOf(["a</Key>&"])).toBe(
    "<Delete><Quiet>true</Quiet><Object><Key>a&#60;/Key&#62;&#38;</Key></Object></Delete>",
  );
  expect(errorCodeOf("<DeleteResult/>")).toBeNull();
  expect(errorCodeOf("<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error></DeleteResult>")).toBe(
    "AccessDenied",
  );
});
