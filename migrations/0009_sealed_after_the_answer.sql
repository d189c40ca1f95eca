DROP INDEX `audit_entry_organization_sequence`;--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entry_place` ON `audit_entry` (cast(case when "organization_id" is null then "actor_id" else "organization_id" end as text),`sequence`);--> statement-breakpoint
CREATE INDEX `audit_entry_unsealed` ON `audit_entry` (`created_at`) WHERE "hash" is null;--> statement-breakpoint
ALTER TABLE `audit_chain` ADD `sealed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `audit_chain` ADD `copied` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Where a trigger has linked the entries so far, all of them are sealed. Their links stay, and new ones follow them.
UPDATE `audit_chain` SET `sealed` = `entries` WHERE `hash` <> '';
--> statement-breakpoint
-- From here on an entry gets its place here, and the Worker seals it after the answer.
DROP TRIGGER `audit_entry_chained`;
--> statement-breakpoint
CREATE TRIGGER `audit_entry_chained` AFTER INSERT ON `audit_entry` BEGIN
  INSERT INTO `audit_chain` (`id`, `organization_id`, `entries`, `hash`)
    VALUES (coalesce(new.`organization_id`, new.`actor_id`), new.`organization_id`, 1, '')
    ON CONFLICT (`id`) DO UPDATE SET `entries` = `entries` + 1;
  UPDATE `audit_entry` SET
    `sequence` = (SELECT `entries` FROM `audit_chain` WHERE `id` = coalesce(new.`organization_id`, new.`actor_id`)),
    `ip_salt` = lower(hex(randomblob(16))),
    `target_salt` = lower(hex(randomblob(16)))
    WHERE `id` = new.`id`;
END;
