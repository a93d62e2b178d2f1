-- When measures rest, and that they apply again. A suit by itself stops nothing (行政诉讼法 56, 行政复议法 42): a measure
-- rests whose own law says so, or every restriction of an entry whose decision was stayed.

CREATE OR REPLACE FUNCTION measures_admit_pause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE k procedures_case; s procedures_step; today date;
BEGIN
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    SELECT * INTO k FROM procedures_case WHERE id = measures_case_of_entry(NEW.record_id);
    IF NOT measures_names_law(NEW.basis) THEN
        PERFORM measures_refuse('GS-ORDER-065', 'a pause names the law that it rests on');
    END IF;
    IF k.id IS NULL OR NOT coalesce(measures_keeps(NEW.appointment_id, k, today), false) THEN
        PERFORM measures_refuse('GS-ORDER-066', 'an official of the authority that listed pauses its measures');
    END IF;
    SELECT * INTO s FROM procedures_step WHERE record_id = NEW.record_id AND act = 'serve_decision';
    IF NEW.from_on > today OR NEW.from_on < s.effective_from OR NEW.to_on > s.effective_to
       OR EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = NEW.record_id) THEN
        PERFORM measures_refuse('GS-ORDER-067', 'a pause is of an entry that stands, within its days, and does not begin on a day to come');
    END IF;
    IF NOT EXISTS (SELECT FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
                   WHERE o.record_id = NEW.record_id AND m.effect = 'restriction' AND (NEW.stayed OR m.pauses_in_suit)) THEN
        PERFORM measures_refuse('GS-ORDER-068', 'the law of no restriction of this entry lets it rest during a suit');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION measures_admit_shield() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE today date;
BEGIN
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    IF NOT measures_names_law(NEW.basis) THEN
        PERFORM measures_refuse('GS-ORDER-065', 'a shield names the law that it rests on');
    END IF;
    IF NOT EXISTS (SELECT FROM procedures_case k WHERE k.subject_id = NEW.subject_id
                   AND k.kind = 'listing' AND measures_keeps(NEW.appointment_id, k, today)
                   AND EXISTS (SELECT FROM procedures_step s WHERE s.case_id = k.id AND s.act = 'serve_decision')) THEN
        PERFORM measures_refuse('GS-ORDER-066', 'an official of an authority that listed the organisation shields it');
    END IF;
    IF NEW.from_on > today THEN
        PERFORM measures_refuse('GS-ORDER-067', 'a shield does not begin on a day to come');
    END IF;
    IF NOT EXISTS (SELECT FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
                   WHERE o.subject_id = NEW.subject_id AND m.effect = 'restriction' AND m.shielded_by_plan
                   AND NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = o.id)) THEN
        PERFORM measures_refuse('GS-ORDER-068', 'the law of no restriction on this organisation lets a plan shield from it');
    END IF;
    RETURN NEW;
END $$;

-- By the authority that keeps the list, on a day within the rest and not to come, once.
CREATE FUNCTION measures_admit_resumption() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE begun date; until date; today date; keeps boolean;
BEGIN
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    IF NEW.pause_id IS NOT NULL THEN
        SELECT p.from_on, p.to_on, measures_keeps(NEW.appointment_id, k, today) INTO begun, until, keeps
            FROM measures_pause p JOIN procedures_case k ON k.id = measures_case_of_entry(p.record_id)
            WHERE p.id = NEW.pause_id;
    ELSE
        SELECT h.from_on, h.to_on, bool_or(measures_keeps(NEW.appointment_id, k, today)) INTO begun, until, keeps
            FROM measures_shield h JOIN procedures_case k ON k.subject_id = h.subject_id AND k.kind = 'listing'
            WHERE h.id = NEW.shield_id GROUP BY h.id;
    END IF;
    IF NOT coalesce(keeps, false) THEN
        PERFORM measures_refuse('GS-ORDER-066', 'an official of the authority that listed lets its measures apply again');
    END IF;
    IF NEW."on" < begun OR NEW."on" >= until OR NEW."on" > today THEN
        PERFORM measures_refuse('GS-ORDER-069', 'a rest ends within its days, and not on a day to come');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_resumption_admitted BEFORE INSERT ON measures_resumption
    FOR EACH ROW EXECUTE FUNCTION measures_admit_resumption();

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['measures_resumption'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event()', target || '_event', target);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()', target || '_append_only', target);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', target);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO goodstanding_app', target);
        EXECUTE format('GRANT SELECT ON %I TO goodstanding_reader', target);
        EXECUTE format('GRANT USAGE ON SEQUENCE %I TO goodstanding_app', target || '_id_seq');
    END LOOP;
END $$;

-- A table that comes later stands last: an event that wrote nothing there keeps its root.
CREATE OR REPLACE FUNCTION measures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['measures_measureversion', 'measures_memorandumversion', 'measures_body',
        'measures_order', 'measures_subscription', 'measures_lifting', 'measures_report', 'measures_pause',
        'measures_shield', 'measures_business', 'measures_forgetting', 'measures_resumption'] LOOP
        EXECUTE format('SELECT sha256(string_agg(sha256(convert_to(t::text, ''UTF8'')), ''''::bytea ORDER BY t.id))'
            ' FROM %I t WHERE t.event_id = $1', target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;
