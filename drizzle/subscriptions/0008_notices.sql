CREATE TABLE "renewal_notices" (
	"account_id" uuid NOT NULL,
	"term_id" uuid NOT NULL,
	"noticed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "renewal_notices_account_id_term_id_pk" PRIMARY KEY("account_id","term_id")
);

ALTER TABLE "account_copies" ADD COLUMN "sold_to" jsonb;
ALTER TABLE "trials" ADD COLUMN "noticed_at" timestamp (3) with time zone;
