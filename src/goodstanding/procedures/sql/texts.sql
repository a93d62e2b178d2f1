-- What a step says in words can go, as the content of a record can: the chain covers a digest of it with a salt of
-- chance, and text and salt are beside that. Steps from before this have no digest apart: theirs is that of the row.

ALTER TABLE procedures_step ALTER COLUMN reasons SET STATISTICS 0;
ALTER TABLE procedures_step ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE procedures_step ALTER COLUMN salt SET STATISTICS 0;
CREATE INDEX procedures_step_kept ON procedures_step ("on") WHERE closes AND (salt IS NOT NULL OR leaf IS NULL);

CREATE FUNCTION procedures_step_leaf(t procedures_step) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(t.salt || sha256(convert_to(t.reasons, 'UTF8')) || sha256(convert_to(t.text, 'UTF8')))
$$;

-- Whatever a program sends for them, salt and digest are the database's.
CREATE FUNCTION procedures_seal_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.was := NULL;
    NEW.salt := substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);
    NEW.leaf := procedures_step_leaf(NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_sealed BEFORE INSERT ON procedures_step
    FOR EACH ROW EXECUTE FUNCTION procedures_seal_step();

-- A whole row as the chain covered it before texts were apart; and what stays of a step when its text goes.
CREATE FUNCTION procedures_step_whole(t procedures_step) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(ROW(t.id, t.public_id, t.number, t.act, t."on", t.party, t.outcome, t.reasons, t.basis,
        t.text, t.served_on, t.served_how, t.open_until, t.effective_from, t.effective_to, t.closes, t.appointment_id,
        t.case_id, t.event_id, t.mandate_id, t.record_id, t.second_id)::text, 'UTF8'))
$$;
CREATE FUNCTION procedures_step_skeleton(t procedures_step) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(ROW(t.id, t.public_id, t.number, t.act, t."on", t.party, t.outcome, t.basis,
        t.served_on, t.served_how, t.open_until, t.effective_from, t.effective_to, t.closes, t.appointment_id,
        t.case_id, t.event_id, t.mandate_id, t.record_id, t.second_id, encode(t.leaf, 'hex'))::text, 'UTF8'))
$$;
CREATE FUNCTION procedures_step_digest(t procedures_step) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN t.was IS NOT NULL THEN t.was WHEN t.leaf IS NULL THEN procedures_step_whole(t)
        ELSE procedures_step_skeleton(t) END
$$;
-- The steps of a case up to one, without their texts: kept with the erasure, so that no skeleton is changed after it.
CREATE FUNCTION procedures_case_skeleton(wanted bigint, up_to integer) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
    SELECT encode(sha256(string_agg(procedures_step_skeleton(s), ''::bytea ORDER BY s.number)), 'hex')
    FROM procedures_step s WHERE s.case_id = wanted AND s.number <= up_to
$$;

-- Steps are append-only; the one change that is let through takes text and salt away, and is made below alone.
CREATE FUNCTION procedures_refuse_change_of_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('goodstanding.erasing', true) = 'on' AND current_user = pg_get_userbyid(
        (SELECT relowner FROM pg_class WHERE oid = TG_RELID)) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'GS-LEDGER-008: the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER procedures_step_append_only ON procedures_step;
CREATE TRIGGER procedures_step_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedures_step
    FOR EACH STATEMENT EXECUTE FUNCTION procedures_refuse_change_of_step();

-- Take the texts of cases away, in an open event that says why. Nobody may call it but the two functions below it.
CREATE FUNCTION procedures_drop_texts(wanted_event bigint, cases bigint[], wanted_why text, wanted_ground text)
RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE gone bigint[];
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY[wanted_event]);
    SELECT array_agg(DISTINCT s.case_id) INTO gone FROM procedures_step s
        WHERE s.case_id = ANY (cases) AND (s.salt IS NOT NULL OR s.leaf IS NULL);
    PERFORM set_config('goodstanding.erasing', 'on', true);
    UPDATE procedures_step s SET was = CASE WHEN s.leaf IS NULL THEN procedures_step_whole(s) END,
        leaf = coalesce(s.leaf, procedures_step_whole(s)), salt = NULL, reasons = '', text = ''
        WHERE s.case_id = ANY (gone) AND (s.salt IS NOT NULL OR s.leaf IS NULL);
    PERFORM set_config('goodstanding.erasing', 'off', true);
    INSERT INTO procedures_forgotten (case_id, up_to, why, ground, skeleton, event_id)
        SELECT c.id, c.up_to, wanted_why, wanted_ground, procedures_case_skeleton(c.id, c.up_to), wanted_event
        FROM (SELECT s.case_id AS id, max(s.number) AS up_to FROM procedures_step s
              WHERE s.case_id = ANY (gone) GROUP BY s.case_id) AS c ORDER BY c.id;
    RETURN QUERY SELECT unnest(gone);
END $$;
REVOKE ALL ON FUNCTION procedures_drop_texts(bigint, bigint[], text, text) FROM PUBLIC;

-- With the records that an event erased: the cases about them, those that rest on them, those that wrote or ended them,
-- and the cases about an entry that such a case made. Whose they are follows from the erasure; no program chooses.
CREATE FUNCTION procedures_erase_texts(wanted_event bigint) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint[]; why text; cases bigint[];
BEGIN
    SELECT array_agg(record_id), min(ground) INTO gone, why FROM ledger_erasure WHERE event_id = wanted_event;
    WITH RECURSIVE reached(id) AS (
        (SELECT k.id FROM procedures_case k WHERE k.record_id = ANY (gone)
         UNION SELECT g.case_id FROM procedures_ground g WHERE g.record_id = ANY (gone)
         UNION SELECT s.case_id FROM procedures_step s WHERE s.record_id = ANY (gone))
        UNION
        SELECT k.id FROM reached r
        JOIN procedures_step s ON s.case_id = r.id AND s.act = 'serve_decision' AND s.record_id IS NOT NULL
        JOIN procedures_case k ON k.record_id = s.record_id
    ) SELECT array_agg(id) INTO cases FROM reached;
    RETURN QUERY SELECT procedures_drop_texts(wanted_event, cases, 'erasure', why);
END $$;
REVOKE ALL ON FUNCTION procedures_erase_texts(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION procedures_erase_texts(bigint) TO goodstanding_app;

-- When they have been kept long enough: of cases that are over, by the owner's nightly command alone, for whoever
-- writes an event names its day. Steps that end a case on `ended_by` or before.
CREATE FUNCTION procedures_expire_texts(wanted_event bigint, cases bigint[], ended_by date, law text)
RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(trim(law), '') = '' OR EXISTS (
        SELECT FROM unnest(cases) AS c(id) WHERE NOT EXISTS (
            SELECT FROM procedures_step s WHERE s.case_id = c.id AND s.closes AND s."on" <= ended_by)) THEN
        PERFORM procedures_refuse('GS-CASE-090', 'the texts of a case go by a law, when the case is long over');
    END IF;
    RETURN QUERY SELECT procedures_drop_texts(wanted_event, cases, 'retention', law);
END $$;
REVOKE ALL ON FUNCTION procedures_expire_texts(bigint, bigint[], date, text) FROM PUBLIC;

CREATE TRIGGER procedures_forgotten_event AFTER INSERT ON procedures_forgotten REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event();
CREATE TRIGGER procedures_forgotten_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedures_forgotten
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
REVOKE ALL ON procedures_forgotten FROM PUBLIC;
GRANT SELECT ON procedures_forgotten TO goodstanding_app, goodstanding_reader;

-- What cases wrote is covered by the chain of positions: of steps, what stays when their texts go.
CREATE OR REPLACE FUNCTION procedures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message', 'procedures_forgotten'] LOOP
        EXECUTE format('SELECT sha256(string_agg(%s, ''''::bytea ORDER BY t.id)) FROM %I t WHERE t.event_id = $1',
            CASE target WHEN 'procedures_step' THEN 'procedures_step_digest(t)'
                ELSE 'sha256(convert_to(t::text, ''UTF8''))' END, target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;
