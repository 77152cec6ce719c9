CREATE TABLE "license_successors" (
	"license_id" uuid PRIMARY KEY NOT NULL,
	"successor_id" uuid NOT NULL
);

CREATE INDEX "license_successors_of" ON "license_successors" USING btree ("successor_id");
