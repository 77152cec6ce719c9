ALTER TABLE "accounts" ADD COLUMN "organization_name" text;
ALTER TABLE "accounts" ADD COLUMN "vat_id" text;
ALTER TABLE "accounts" ADD COLUMN "is_tax_exempt" boolean;
ALTER TABLE "invoices" ADD COLUMN "seller" jsonb;
ALTER TABLE "invoices" ADD COLUMN "buyer" jsonb;
