CREATE TABLE `activity` (
	`organization_id` text NOT NULL,
	`quarter` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `quarter`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `activity_quarter` ON `activity` (`quarter`);--> statement-breakpoint
ALTER TABLE `user` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `user` ADD `browser_time_zone` text;
--> statement-breakpoint
CREATE TRIGGER `audit_entry_counted` AFTER INSERT ON `audit_entry` WHEN new.`organization_id` IS NOT NULL BEGIN
  INSERT INTO `activity` (`organization_id`, `quarter`, `count`) VALUES (new.`organization_id`, new.`created_at` / 900000, 1)
  ON CONFLICT (`organization_id`, `quarter`) DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
INSERT INTO `activity` (`organization_id`, `quarter`, `count`)
  SELECT `organization_id`, `created_at` / 900000, count(*) FROM `audit_entry` WHERE `organization_id` IS NOT NULL GROUP BY 1, 2;
