ALTER TABLE "account_copies" ADD COLUMN "organization_id" uuid;
ALTER TABLE "subscriptions" ADD COLUMN "resale_partner_id" uuid;
CREATE INDEX "account_copies_organization_id_index" ON "account_copies" USING btree ("organization_id");
