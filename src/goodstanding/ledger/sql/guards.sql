-- What holds in the database whatever a program says. All checks look at whole statements
-- (transition tables), so that COPY of a million rows costs one check, not a million.

-- An event belongs to the transaction that wrote it.
ALTER TABLE ledger_event ADD COLUMN transaction xid8 NOT NULL DEFAULT pg_current_xact_id();

CREATE FUNCTION ledger_event_of_this_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction := pg_current_xact_id();
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_event_stamp BEFORE INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_of_this_transaction();

CREATE FUNCTION ledger_refuse_unless_open(ids bigint[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE stray bigint;
BEGIN
    SELECT id INTO stray FROM unnest(ids) AS wanted(id)
    WHERE NOT EXISTS (
        SELECT FROM ledger_event e
        WHERE e.id = wanted.id AND e.transaction = pg_current_xact_id_if_assigned()
          AND NOT EXISTS (SELECT FROM ledger_position p WHERE p.event_id = e.id))
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'GS-LEDGER-001: event % is not open in this transaction: the past cannot be added to', stray
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

-- Tables with a column event_id.
CREATE FUNCTION ledger_rows_join_open_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY(SELECT DISTINCT event_id FROM fresh));
    RETURN NULL;
END $$;

-- Tables whose id is event × 2^32 + row.
CREATE FUNCTION ledger_ids_join_open_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY(SELECT DISTINCT id >> 32 FROM fresh));
    RETURN NULL;
END $$;

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['ledger_node', 'ledger_packversion', 'ledger_item', 'ledger_source',
        'ledger_subject', 'ledger_subjectname', 'ledger_subjectidentifier', 'ledger_merge',
        'ledger_delivery', 'ledger_ending', 'ledger_erasure', 'ledger_purge'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event()',
            target || '_event', target);
    END LOOP;
    FOREACH target IN ARRAY ARRAY['ledger_record', 'ledger_role', 'ledger_tie'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_ids_join_open_event()',
            target || '_event', target);
    END LOOP;
END $$;

-- A part is written by the open event; the event whose rows it holds may be older.
CREATE FUNCTION ledger_part_written_by_open_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY(SELECT DISTINCT written_by_id FROM fresh));
    IF EXISTS (SELECT FROM fresh f WHERE f.event_id <> f.written_by_id
               AND NOT EXISTS (SELECT FROM ledger_part earlier WHERE earlier.id = f.replaces_id
                               AND earlier.event_id = f.event_id AND earlier.kind = f.kind)) THEN
        RAISE EXCEPTION 'GS-LEDGER-002: a part for an older event must replace a part of that event'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_part_event AFTER INSERT ON ledger_part REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_part_written_by_open_event();

-- Content: of a record of the open event, of a known subject, and what the leaf says.
CREATE FUNCTION ledger_content_is_what_its_leaf_says() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY(SELECT DISTINCT record_id >> 32 FROM fresh));
    IF EXISTS (SELECT FROM fresh c LEFT JOIN ledger_record r ON r.id = c.record_id
               WHERE r.leaf IS DISTINCT FROM sha256(c.salt || convert_to(c.body, 'UTF8'))) THEN
        RAISE EXCEPTION 'GS-LEDGER-003: the content is not what the leaf of its record says'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM fresh c WHERE strpos(c.body, '"instrument":{"') = 0) THEN
        RAISE EXCEPTION 'GS-LEDGER-010: a record needs the instrument that it rests on'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM (SELECT DISTINCT subject_id FROM fresh) c
               WHERE NOT EXISTS (SELECT FROM ledger_subject s WHERE s.id = c.subject_id))
       OR EXISTS (SELECT FROM (SELECT DISTINCT item_id FROM fresh) c
               WHERE NOT EXISTS (SELECT FROM ledger_item i WHERE i.id = c.item_id)) THEN
        RAISE EXCEPTION 'GS-LEDGER-004: the content names a subject or an item that the ledger does not have'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_content_leaf AFTER INSERT ON ledger_content REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_content_is_what_its_leaf_says();

CREATE FUNCTION ledger_roleholder_is_what_its_leaf_says() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY(SELECT DISTINCT role_id >> 32 FROM fresh));
    IF EXISTS (SELECT FROM fresh c LEFT JOIN ledger_role r ON r.id = c.role_id
               WHERE r.leaf IS DISTINCT FROM sha256(c.salt || convert_to(c.name, 'UTF8'))) THEN
        RAISE EXCEPTION 'GS-LEDGER-003: the holder is not what the leaf of its role says'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_roleholder_leaf AFTER INSERT ON ledger_roleholder REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_roleholder_is_what_its_leaf_says();

-- An erased row stays out, whatever a program says.
CREATE FUNCTION ledger_erased_stays_out() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_erasure) AND EXISTS (
        SELECT FROM ledger_erasure e JOIN ledger_record gone ON gone.id = e.record_id
        JOIN fresh f ON f.source_key = gone.source_key AND f.source_id = gone.source_id) THEN
        RAISE EXCEPTION 'GS-LEDGER-011: a row that was erased stays out'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_record_erased AFTER INSERT ON ledger_record REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_erased_stays_out();

-- Endings and erasures are of records that exist; roles, ties and names of subjects that exist.
CREATE FUNCTION ledger_record_exists() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh f WHERE NOT EXISTS (SELECT FROM ledger_record r WHERE r.id = f.record_id)) THEN
        RAISE EXCEPTION 'GS-LEDGER-005: the ledger has no such record' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_ending_record AFTER INSERT ON ledger_ending REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_record_exists();
CREATE TRIGGER ledger_erasure_record AFTER INSERT ON ledger_erasure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_record_exists();

CREATE FUNCTION ledger_subject_exists() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh f WHERE NOT EXISTS (SELECT FROM ledger_subject s WHERE s.id = f.subject_id)) THEN
        RAISE EXCEPTION 'GS-LEDGER-006: the ledger has no such subject' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION ledger_other_subject_exists() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh f WHERE NOT EXISTS (SELECT FROM ledger_subject s WHERE s.id = f.other_id)) THEN
        RAISE EXCEPTION 'GS-LEDGER-006: the ledger has no such subject' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_tie_other AFTER INSERT ON ledger_tie REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_other_subject_exists();
CREATE TRIGGER ledger_subjectname_subject AFTER INSERT ON ledger_subjectname REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_subject_exists();
CREATE TRIGGER ledger_subjectidentifier_subject AFTER INSERT ON ledger_subjectidentifier
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_subject_exists();
CREATE TRIGGER ledger_role_subject AFTER INSERT ON ledger_role REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_subject_exists();
CREATE TRIGGER ledger_tie_subject AFTER INSERT ON ledger_tie REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_subject_exists();

-- The root of an event: a digest over all that it wrote, in an order that does not depend on storage.
CREATE FUNCTION ledger_event_root(wanted bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
    SELECT sha256(convert_to(concat_ws('|', e.public_id, e.kind, e.at, e.day, e.actor, e.digest), 'UTF8')
        -- In blocks of 2^20 rows: one string of all leaves would meet the limit of 1 GB.
        || coalesce((SELECT sha256(string_agg(block.digest, ''::bytea ORDER BY block.number))
                     FROM (SELECT id >> 20 AS number, sha256(string_agg(
                               leaf || uuid_send(source_key) || uuid_send(public_id)
                               || int4send(source_id) || int2send(revision), ''::bytea ORDER BY id)) AS digest
                           FROM ledger_record WHERE id BETWEEN wanted << 32 AND (wanted << 32) + 4294967295
                           GROUP BY id >> 20) AS block), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY id))
                     FROM ledger_role t
                     WHERE id BETWEEN wanted << 32 AND (wanted << 32) + 4294967295), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY id))
                     FROM ledger_tie t
                     WHERE id BETWEEN wanted << 32 AND (wanted << 32) + 4294967295), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_subject t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_subjectname t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_subjectidentifier t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_ending t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_merge t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_erasure t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_delivery t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_packversion t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_item t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_source t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_node t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_purge t WHERE t.event_id = wanted), ''::bytea)
        || coalesce((SELECT sha256(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_part t WHERE t.written_by_id = wanted), ''::bytea))
    FROM ledger_event e WHERE e.id = wanted
$$;

-- The position: gapless, in the order of commits, taken last. The lock is held until the end of the
-- transaction, so nobody can take a later number and commit before.
CREATE FUNCTION ledger_take_position() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE previous ledger_position;
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY[NEW.event_id]);
    NEW.root := ledger_event_root(NEW.event_id);
    PERFORM pg_advisory_xact_lock(7106418833001);
    SELECT * INTO previous FROM ledger_position ORDER BY number DESC LIMIT 1;
    NEW.number := coalesce(previous.number, 0) + 1;
    NEW.chain := sha256(coalesce(previous.chain, ''::bytea) || NEW.root || int8send(NEW.number));
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_taken BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION ledger_take_position();

-- No event without a position: otherwise its rows would be in no "as known at".
CREATE FUNCTION ledger_event_has_position() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_position p WHERE p.event_id = NEW.id) THEN
        RAISE EXCEPTION 'GS-LEDGER-007: event % took no position', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_event_positioned AFTER INSERT ON ledger_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_event_has_position();

-- Nothing is changed and nothing is removed, the owner's own programs included; the one way is erase.
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('goodstanding.erasing', true) = 'on'
       AND TG_TABLE_NAME ~ '^ledger_(content(_[0-9]+)?|roleholder)$' AND current_user = pg_get_userbyid(
           (SELECT relowner FROM pg_class WHERE oid = TG_RELID)) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'GS-LEDGER-008: the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
DO $$
DECLARE target text;
BEGIN
    FOR target IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'ledger\_%' LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()', target || '_append_only', target);
    END LOOP;
END $$;

-- The only way out: content of a record, on a ground, at a position. All revisions under the same key go,
-- for each holds nearly the same; the skeletons stay and keep an erased row from coming back.
CREATE FUNCTION ledger_erase(wanted_event bigint, wanted_record bigint, wanted_ground text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint[];
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY[wanted_event]);
    IF coalesce(wanted_ground, '') = '' THEN
        RAISE EXCEPTION 'GS-LEDGER-009: an erasure needs a ground';
    END IF;
    SELECT array_agg(r.id ORDER BY r.id) INTO gone FROM ledger_record r
    JOIN ledger_record one ON one.id = wanted_record
        AND one.source_key = r.source_key AND one.source_id = r.source_id
    WHERE NOT EXISTS (SELECT FROM ledger_erasure e WHERE e.record_id = r.id);
    IF gone IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO ledger_erasure (record_id, ground, event_id)
        SELECT id, wanted_ground, wanted_event FROM unnest(gone) AS g(id);
    PERFORM set_config('goodstanding.erasing', 'on', true);
    DELETE FROM ledger_content WHERE record_id = ANY (gone);
    PERFORM set_config('goodstanding.erasing', 'off', true);
    RETURN QUERY SELECT unnest(gone);
END $$;
