CREATE TABLE "trial_facts" (
	"account_id" uuid NOT NULL,
	"trial_id" uuid NOT NULL,
	"started_on" date NOT NULL,
	"converted_on" date,
	CONSTRAINT "trial_facts_account_id_trial_id_pk" PRIMARY KEY("account_id","trial_id")
);

CREATE INDEX "trial_facts_started_on_index" ON "trial_facts" USING btree ("started_on");
