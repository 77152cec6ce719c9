ALTER TABLE "subscription_copies" ADD COLUMN "plan_at_renewal" jsonb;
ALTER TABLE "order_actions" ADD COLUMN "amendment" jsonb;
ALTER TABLE "order_lines" ADD COLUMN "credited_invoice_id" uuid;
ALTER TABLE "order_lines" ADD COLUMN "credited_line_id" uuid;
CREATE INDEX "order_lines_subscription_id_index" ON "order_lines" USING btree ("subscription_id");
