ALTER TABLE "invoices" DROP CONSTRAINT "invoices_order";
CREATE INDEX "invoices_by_order" ON "invoices" USING btree ("account_id","order_id");
