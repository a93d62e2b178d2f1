-- What the role that acts may not bring about of itself: that a record goes, and that two subjects are one.

CREATE TRIGGER ledger_demand_event AFTER INSERT ON ledger_demand REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event();
CREATE TRIGGER ledger_demand_record AFTER INSERT ON ledger_demand REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_record_exists();
CREATE TRIGGER ledger_demand_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_demand
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
REVOKE ALL ON ledger_demand FROM PUBLIC;
GRANT SELECT ON ledger_demand TO goodstanding_app, goodstanding_reader;

-- The only way out, of what the owner of the database demanded on that ground: of a record or of another revision under
-- the same key.
CREATE OR REPLACE FUNCTION ledger_erase(wanted_event bigint, wanted_record bigint, wanted_ground text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint[];
BEGIN
    PERFORM ledger_refuse_unless_open(ARRAY[wanted_event]);
    IF coalesce(wanted_ground, '') = '' THEN
        RAISE EXCEPTION 'GS-LEDGER-009: an erasure needs a ground';
    END IF;
    IF NOT EXISTS (SELECT FROM ledger_demand d JOIN ledger_record r ON r.id = d.record_id
                   JOIN ledger_record one ON one.source_key = r.source_key AND one.source_id = r.source_id
                   WHERE one.id = wanted_record AND d.ground = wanted_ground) THEN
        RAISE EXCEPTION 'GS-LEDGER-101: the operator has not demanded this erasure on this ground'
            USING ERRCODE = 'insufficient_privilege';
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

-- Who is whom, the owner says. A subject is merged once and not in a circle, and “different” lasts until it is undone.
REVOKE INSERT ON ledger_merge FROM goodstanding_app;

-- The subject into which one was merged at last, as judged up to a position.
CREATE FUNCTION ledger_head(wanted bigint, up_to bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head bigint := wanted; judged ledger_merge;
BEGIN
    FOR step IN 1..1000 LOOP
        SELECT m.* INTO judged FROM ledger_merge m JOIN ledger_position p ON p.event_id = m.event_id
            WHERE m.from_subject_id = head AND p.number <= up_to ORDER BY p.number DESC, m.id DESC LIMIT 1;
        EXIT WHEN NOT FOUND OR judged.kind <> 'same' OR judged.into_subject_id = wanted;
        head := judged.into_subject_id;
    END LOOP;
    RETURN head;
END $$;

CREATE FUNCTION ledger_admit_merge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE newest text; until bigint;
BEGIN
    IF NEW.kind <> 'same' THEN
        RETURN NEW;
    END IF;
    SELECT m.kind INTO newest FROM ledger_merge m
        WHERE m.from_subject_id IN (NEW.from_subject_id, NEW.into_subject_id)
          AND m.into_subject_id IN (NEW.from_subject_id, NEW.into_subject_id) ORDER BY m.id DESC LIMIT 1;
    SELECT max(number) INTO until FROM ledger_position;
    IF newest = 'different' THEN
        RAISE EXCEPTION 'GS-LEDGER-102: these two were judged to be different organisations'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF ledger_head(NEW.from_subject_id, until) <> NEW.from_subject_id
       OR ledger_head(NEW.into_subject_id, until) = NEW.from_subject_id THEN
        RAISE EXCEPTION 'GS-LEDGER-103: one of these is merged already, or the merges would go in a circle'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_merge_admitted BEFORE INSERT ON ledger_merge
    FOR EACH ROW EXECUTE FUNCTION ledger_admit_merge();

-- What an event demanded is part of its root; an event from before, which demanded nothing, keeps the root it has.
ALTER FUNCTION ledger_event_root(bigint) RENAME TO ledger_event_root_without_demands;
CREATE FUNCTION ledger_event_root(wanted bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
    SELECT coalesce((SELECT sha256(ledger_event_root_without_demands(wanted)
                         || string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.id))
                     FROM ledger_demand t WHERE t.event_id = wanted HAVING count(*) > 0),
                    ledger_event_root_without_demands(wanted))
$$;
