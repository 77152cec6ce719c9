CREATE TABLE "card_copies" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	CONSTRAINT "card_copies_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "term_counts" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"term_starts_on" date NOT NULL,
	"users_max" integer NOT NULL,
	"is_reconciled" boolean NOT NULL,
	CONSTRAINT "term_counts_account_id_subscription_id_term_starts_on_pk" PRIMARY KEY("account_id","subscription_id","term_starts_on")
);

ALTER TABLE "account_copies" ADD COLUMN "is_auto_pay" boolean;
ALTER TABLE "orders" ADD COLUMN "reconciliation_id" uuid;
CREATE UNIQUE INDEX "orders_of_reconciliation" ON "orders" USING btree ("account_id","reconciliation_id") WHERE reconciliation_id is not null;

-- Cards that paid an order before are known by that; billing tells of those that are added from now on.
insert into card_copies (account_id, id) select distinct account_id, payment_method_id from orders where payment_method_id is not null;
