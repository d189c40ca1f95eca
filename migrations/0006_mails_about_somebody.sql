ALTER TABLE `mail` ADD `user_id` text REFERENCES user(id) ON DELETE cascade;--> statement-breakpoint
CREATE INDEX `mail_user` ON `mail` (`user_id`);