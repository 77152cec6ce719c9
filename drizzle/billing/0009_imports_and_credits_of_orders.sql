ALTER TABLE "invoice_lines" ALTER COLUMN "action_id" DROP NOT NULL;
ALTER TABLE "credit_memos" ADD COLUMN "order_id" uuid;
ALTER TABLE "credit_memos" ADD CONSTRAINT "credit_memos_order" UNIQUE("account_id","order_id","invoice_id");
