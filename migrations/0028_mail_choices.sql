CREATE TABLE `mail_opt_out` (
	`user_id` text NOT NULL,
	`template` text NOT NULL,
	PRIMARY KEY(`user_id`, `template`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `mailbox_message` ADD `headers` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `member` ADD `muted_at` integer;