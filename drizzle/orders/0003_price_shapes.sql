ALTER TABLE "price_book_entries" ADD COLUMN "tiers" jsonb;
ALTER TABLE "rate_plan_charges" ADD COLUMN "package_size" integer;
