ALTER TABLE "partner_clients" ADD COLUMN "allowed_networks" text[] DEFAULT '{}' NOT NULL;
