ALTER TABLE "subscription_copies" ADD COLUMN "extended_until" date;
