DROP TRIGGER `user_searched`;--> statement-breakpoint
DROP TRIGGER `user_search_changed`;--> statement-breakpoint
DROP TRIGGER `user_search_ended`;--> statement-breakpoint
DROP TRIGGER `image_searched`;--> statement-breakpoint
DROP TRIGGER `image_search_changed`;--> statement-breakpoint
DROP TRIGGER `image_search_ended`;--> statement-breakpoint
DROP TRIGGER `organization_searched`;--> statement-breakpoint
DROP TRIGGER `organization_search_changed`;--> statement-breakpoint
DROP TRIGGER `organization_search_ended`;--> statement-breakpoint
CREATE TABLE `__new_search_text` (
	`number` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`organization_id` text,
	`form` text
);
--> statement-breakpoint
-- In the order in which they were made, since a search takes the newest first.
INSERT INTO `__new_search_text` (`kind`, `id`, `form`)
  SELECT 'person', `id`, (SELECT `form` FROM `search_text` WHERE `kind` = 'person' AND `id` = `user`.`id`) FROM `user` ORDER BY `created_at`, `id`;
--> statement-breakpoint
INSERT INTO `__new_search_text` (`kind`, `id`, `organization_id`, `form`)
  SELECT 'member', `id`, `organization_id`, (SELECT `form` FROM `search_text` WHERE `kind` = 'person' AND `id` = `member`.`user_id`) FROM `member` ORDER BY `created_at`, `id`;
--> statement-breakpoint
INSERT INTO `__new_search_text` (`kind`, `id`, `organization_id`, `form`)
  SELECT 'organization', `id`, `id`, (SELECT `form` FROM `search_text` WHERE `kind` = 'organization' AND `id` = `organization`.`id`) FROM `organization` ORDER BY `created_at`, `id`;
--> statement-breakpoint
INSERT INTO `__new_search_text` (`kind`, `id`, `organization_id`, `form`)
  SELECT 'image', `id`, `organization_id`, (SELECT `form` FROM `search_text` WHERE `kind` = 'image' AND `id` = `image`.`id`) FROM `image` ORDER BY `created_at`, `id`;
--> statement-breakpoint
DROP TABLE `search_text`;--> statement-breakpoint
ALTER TABLE `__new_search_text` RENAME TO `search_text`;--> statement-breakpoint
CREATE UNIQUE INDEX `search_text_of` ON `search_text` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `search_text_unmade` ON `search_text` (`kind`,`organization_id`) WHERE "search_text"."form" is null;--> statement-breakpoint
-- Each row of it is text of one organization. A word is a piece of one, two or three characters, in hex: one form of every script, and
-- nothing for a tokenizer to decide. The organization stands before it, so a search reads what is in its own organization alone.
CREATE VIRTUAL TABLE `search_index` USING `fts5`(`pieces`, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '-'");
--> statement-breakpoint
CREATE VIEW `search_pieces` AS SELECT `number`, (
  WITH RECURSIVE `place`(`start`) AS (SELECT 1 UNION ALL SELECT `start` + 1 FROM `place` WHERE `start` < length(`form`))
  SELECT group_concat(`kind` || '-' || `organization_id` || '-' || hex(substr(`form`, `start`, `size`)), ' ')
  FROM `place`, (SELECT 1 AS `size` UNION ALL SELECT 2 UNION ALL SELECT 3)
  WHERE `start` + `size` <= length(`form`) + 1
) AS `pieces` FROM `search_text` WHERE `form` IS NOT NULL AND `organization_id` IS NOT NULL;
--> statement-breakpoint
INSERT INTO `search_index` (`rowid`, `pieces`) SELECT `number`, `pieces` FROM `search_pieces`;
--> statement-breakpoint
CREATE TRIGGER `search_text_added` AFTER INSERT ON `search_text` WHEN new.`form` IS NOT NULL BEGIN
  INSERT INTO `search_index` (`rowid`, `pieces`) SELECT `number`, `pieces` FROM `search_pieces` WHERE `number` = new.`number`;
END;
--> statement-breakpoint
CREATE TRIGGER `search_text_changes` BEFORE UPDATE OF `form` ON `search_text` WHEN new.`form` IS NOT old.`form` BEGIN
  INSERT INTO `search_index` (`search_index`, `rowid`, `pieces`) SELECT 'delete', `number`, `pieces` FROM `search_pieces` WHERE `number` = old.`number`;
END;
--> statement-breakpoint
CREATE TRIGGER `search_text_changed` AFTER UPDATE OF `form` ON `search_text` WHEN new.`form` IS NOT old.`form` BEGIN
  INSERT INTO `search_index` (`rowid`, `pieces`) SELECT `number`, `pieces` FROM `search_pieces` WHERE `number` = new.`number`;
END;
--> statement-breakpoint
-- By itself: a trigger that is at work is not set off again by what it changes, and the two above have to be.
CREATE TRIGGER `search_text_of_person` AFTER UPDATE OF `form` ON `search_text` WHEN new.`kind` = 'person' AND new.`form` IS NOT old.`form` BEGIN
  UPDATE `search_text` SET `form` = new.`form`
    WHERE `kind` = 'member' AND `id` IN (SELECT `id` FROM `member` WHERE `user_id` = new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `search_text_ends` BEFORE DELETE ON `search_text` WHEN old.`form` IS NOT NULL BEGIN
  INSERT INTO `search_index` (`search_index`, `rowid`, `pieces`) SELECT 'delete', `number`, `pieces` FROM `search_pieces` WHERE `number` = old.`number`;
END;
--> statement-breakpoint
CREATE TRIGGER `user_searched` AFTER INSERT ON `user` BEGIN
  INSERT INTO `search_text` (`kind`, `id`) VALUES ('person', new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `user_search_changed` AFTER UPDATE OF `name`, `email` ON `user` WHEN new.`name` <> old.`name` OR new.`email` <> old.`email` BEGIN
  UPDATE `search_text` SET `form` = NULL WHERE `kind` = 'person' AND `id` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `user_search_ended` AFTER DELETE ON `user` BEGIN
  DELETE FROM `search_text` WHERE `kind` = 'person' AND `id` = old.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `member_searched` AFTER INSERT ON `member` BEGIN
  INSERT INTO `search_text` (`kind`, `id`, `organization_id`, `form`)
    VALUES ('member', new.`id`, new.`organization_id`, (SELECT `form` FROM `search_text` WHERE `kind` = 'person' AND `id` = new.`user_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `member_search_ended` AFTER DELETE ON `member` BEGIN
  DELETE FROM `search_text` WHERE `kind` = 'member' AND `id` = old.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `image_searched` AFTER INSERT ON `image` BEGIN
  INSERT INTO `search_text` (`kind`, `id`, `organization_id`) VALUES ('image', new.`id`, new.`organization_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `image_search_changed` AFTER UPDATE OF `name` ON `image` WHEN new.`name` <> old.`name` BEGIN
  UPDATE `search_text` SET `form` = NULL WHERE `kind` = 'image' AND `id` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `image_search_ended` AFTER DELETE ON `image` BEGIN
  DELETE FROM `search_text` WHERE `kind` = 'image' AND `id` = old.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `organization_searched` AFTER INSERT ON `organization` BEGIN
  INSERT INTO `search_text` (`kind`, `id`, `organization_id`) VALUES ('organization', new.`id`, new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `organization_search_changed` AFTER UPDATE OF `name` ON `organization` WHEN new.`name` <> old.`name` BEGIN
  UPDATE `search_text` SET `form` = NULL WHERE `kind` = 'organization' AND `id` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `organization_search_ended` AFTER DELETE ON `organization` BEGIN
  DELETE FROM `search_text` WHERE `kind` = 'organization' AND `id` = old.`id`;
END;
