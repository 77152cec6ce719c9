ALTER TABLE "order_facts" ADD COLUMN "deal_type" text;
ALTER TABLE "order_facts" ADD COLUMN "order_type" text;
ALTER TABLE "order_facts" ADD COLUMN "net_arr_minor" bigint;
ALTER TABLE "order_facts" ADD COLUMN "currency" text;
