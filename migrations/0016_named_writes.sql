CREATE TABLE `named_write` (
	`key_id` text NOT NULL,
	`name` text NOT NULL,
	`fingerprint` text NOT NULL,
	`claim` text NOT NULL,
	`claimed_at` integer NOT NULL,
	`made_at` integer,
	`target_id` text,
	`status` integer,
	`body` text,
	PRIMARY KEY(`key_id`, `name`),
	FOREIGN KEY (`key_id`) REFERENCES `api_key`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `named_write_claimed` ON `named_write` (`claimed_at`);