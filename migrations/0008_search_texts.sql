CREATE TABLE `search_text` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`form` text,
	PRIMARY KEY(`kind`, `id`),
	CONSTRAINT "search_text_kind" CHECK("search_text"."kind" in ('person', 'image', 'organization'))
);
--> statement-breakpoint
CREATE INDEX `search_text_unmade` ON `search_text` (`kind`) WHERE "search_text"."form" is null;--> statement-breakpoint
CREATE TRIGGER `user_searched` AFTER INSERT ON `user` BEGIN
  INSERT OR REPLACE INTO `search_text` (`kind`, `id`) VALUES ('person', new.`id`);
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
INSERT INTO `search_text` (`kind`, `id`) SELECT 'person', `id` FROM `user`;
--> statement-breakpoint
CREATE TRIGGER `image_searched` AFTER INSERT ON `image` BEGIN
  INSERT OR REPLACE INTO `search_text` (`kind`, `id`) VALUES ('image', new.`id`);
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
INSERT INTO `search_text` (`kind`, `id`) SELECT 'image', `id` FROM `image`;
--> statement-breakpoint
CREATE TRIGGER `organization_searched` AFTER INSERT ON `organization` BEGIN
  INSERT OR REPLACE INTO `search_text` (`kind`, `id`) VALUES ('organization', new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `organization_search_changed` AFTER UPDATE OF `name` ON `organization` WHEN new.`name` <> old.`name` BEGIN
  UPDATE `search_text` SET `form` = NULL WHERE `kind` = 'organization' AND `id` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `organization_search_ended` AFTER DELETE ON `organization` BEGIN
  DELETE FROM `search_text` WHERE `kind` = 'organization' AND `id` = old.`id`;
END;
--> statement-breakpoint
INSERT INTO `search_text` (`kind`, `id`) SELECT 'organization', `id` FROM `organization`;
