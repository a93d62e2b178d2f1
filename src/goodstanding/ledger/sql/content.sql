-- Salt and content of records. Partitioned by hash: erasing a record for good means to rewrite the
-- partition that held it, and a sixteenth is what that costs.
CREATE TABLE ledger_content (
    record_id      bigint   NOT NULL PRIMARY KEY,
    subject_id     bigint   NOT NULL,
    item_id        integer  NOT NULL,
    access         smallint NOT NULL CHECK (access BETWEEN 0 AND 2),
    occurred_on    date,
    decided_on     date,
    effective_from date,
    effective_to   date,
    amount         bigint,
    currency       varchar(3),
    seriousness    smallint CHECK (seriousness BETWEEN 1 AND 3),
    digest         uuid     NOT NULL,
    salt           bytea    NOT NULL CHECK (length(salt) = 16),
    body           text     NOT NULL,
    CHECK (effective_to > effective_from),
    CHECK ((amount IS NULL) = (currency IS NULL))
) PARTITION BY HASH (record_id);

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format(
            'CREATE TABLE ledger_content_%s PARTITION OF ledger_content '
            'FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
    END LOOP;
END $$;

CREATE INDEX ledger_content_subject ON ledger_content (subject_id);

-- The planner's statistics copy values of columns; content must be in one place only, to be erasable.
ALTER TABLE ledger_content ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE ledger_content ALTER COLUMN salt SET STATISTICS 0;
ALTER TABLE ledger_content ALTER COLUMN digest SET STATISTICS 0;
