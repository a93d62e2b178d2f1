-- What the role that acts may not say of itself: by which rules, by whom, about which records, on which days.

-- Versions and appointments are the owner's to write. The app role reads them.
REVOKE INSERT ON procedures_procedureversion, procedures_appointment, procedures_mandate, procedures_withdrawal
    FROM goodstanding_app;

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_reach', 'procedures_keeper', 'procedures_toldday'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event()', target || '_event', target);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()', target || '_append_only', target);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', target);
        EXECUTE format('GRANT SELECT ON %I TO goodstanding_app, goodstanding_reader', target);
    END LOOP;
END $$;

-- A case about a record is before the authority that answers for it, under a procedure that is about such records.
CREATE FUNCTION procedures_admit_authority() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v procedures_procedureversion; r procedures_reach; made procedures_case; about text; kept_in text;
BEGIN
    IF NEW.record_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO v FROM procedures_procedureversion WHERE id = NEW.procedure_id;
    SELECT * INTO r FROM procedures_reach WHERE procedure_id = NEW.procedure_id;
    SELECT i.path, s.path INTO about, kept_in FROM ledger_content c JOIN ledger_item i ON i.id = c.item_id
        JOIN ledger_record e ON e.id = c.record_id JOIN ledger_source s ON s.id = e.source_id
        WHERE c.record_id = NEW.record_id;
    IF r.id IS NULL OR about IS NULL OR split_part(about, '/', 1) <> split_part(v.path, '/', 1)
       OR (r.items <> '[]'::jsonb AND NOT r.items ? about) OR left(NEW.division, length(r.division)) <> r.division THEN
        PERFORM procedures_refuse('GS-CASE-081', 'the procedure is not about such records, or not of this place');
    END IF;
    SELECT k.* INTO made FROM procedures_step s JOIN procedures_case k ON k.id = s.case_id
        WHERE s.record_id = NEW.record_id AND s.act = 'serve_decision' AND s.effective_to IS NOT NULL LIMIT 1;
    IF made.id IS NOT NULL THEN
        IF NEW.authority <> made.authority
           OR (NEW.subject_id = made.subject_id AND NEW.division <> made.division) THEN
            PERFORM procedures_refuse('GS-CASE-077', 'a case about an entry of ours is before the office that made it');
        END IF;
    ELSIF NEW.authority <> v.authority AND NOT EXISTS (
        SELECT FROM procedures_keeper p WHERE p.source = kept_in AND p.authority = NEW.authority) THEN
        PERFORM procedures_refuse('GS-CASE-077', 'the authority does not answer for this record');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_case_reach BEFORE INSERT ON procedures_case
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_authority();

-- The events of a case follow each other too, and are of the day that it is; of told days (--today) the owner says so.
CREATE FUNCTION procedures_admit_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE written date;
BEGIN
    SELECT day INTO written FROM ledger_event WHERE id = NEW.event_id;
    IF written < (SELECT max(e.day) FROM procedures_step s JOIN ledger_event e ON e.id = s.event_id
                  WHERE s.case_id = NEW.case_id) THEN
        PERFORM procedures_refuse('GS-CASE-078', 'a step is not written down before the step that it follows');
    END IF;
    IF abs(written - (now() AT TIME ZONE 'UTC')::date) > 1 AND NOT EXISTS (SELECT FROM procedures_toldday) THEN
        PERFORM procedures_refuse('GS-CASE-079', 'a step is written down in an event of the day that it is');
    END IF;
    IF NEW.number = 1 AND NEW."on" <> (SELECT k.opened_on FROM procedures_case k WHERE k.id = NEW.case_id) THEN
        PERFORM procedures_refuse('GS-CASE-078', 'a case is opened with its first step');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_day BEFORE INSERT ON procedures_step
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_day();

-- A term runs from a step of its case and is no shorter than its days on any calendar.
CREATE FUNCTION procedures_admit_deadline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.amount < 0 OR NOT EXISTS (SELECT FROM procedures_step s
                                     WHERE s.case_id = NEW.case_id AND coalesce(s.served_on, s."on") = NEW.starts)
       OR NEW.last < (CASE WHEN NEW.unit IN ('days', 'working_days') THEN NEW.starts + NEW.amount
           ELSE (NEW.starts + make_interval(months => NEW.amount))::date - 31 END) THEN
        PERFORM procedures_refuse('GS-CASE-080', 'a term runs from a step of its case, for all its days');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_deadline_admitted BEFORE INSERT ON procedures_deadline
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_deadline();

-- What cases wrote is covered by the chain of positions: of steps, what stays when their texts go. New tables stand
-- last: an older event keeps its root.
CREATE OR REPLACE FUNCTION procedures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message', 'procedures_forgotten', 'procedures_reach', 'procedures_keeper',
        'procedures_toldday'] LOOP
        EXECUTE format('SELECT sha256(string_agg(%s, ''''::bytea ORDER BY t.id)) FROM %I t WHERE t.event_id = $1',
            CASE target WHEN 'procedures_step' THEN 'procedures_step_digest(t)'
                ELSE 'sha256(convert_to(t::text, ''UTF8''))' END, target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;
