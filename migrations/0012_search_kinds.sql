-- A kind is what a domain has declared, so no list of kinds stands here. Without a rename, which would ask every trigger for the table.
CREATE TABLE `kept_search_text` AS SELECT `kind`, `id`, `form` FROM `search_text`;--> statement-breakpoint
DROP TABLE `search_text`;--> statement-breakpoint
CREATE TABLE `search_text` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`form` text,
	PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
INSERT INTO `search_text`(`kind`, `id`, `form`) SELECT `kind`, `id`, `form` FROM `kept_search_text`;--> statement-breakpoint
DROP TABLE `kept_search_text`;--> statement-breakpoint
CREATE INDEX `search_text_unmade` ON `search_text` (`kind`) WHERE "search_text"."form" is null;
