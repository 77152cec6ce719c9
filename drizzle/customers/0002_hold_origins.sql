ALTER TABLE "account_holds" ADD COLUMN "origin" text DEFAULT 'STAFF' NOT NULL;
