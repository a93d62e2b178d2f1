-- What became of an organisation is said by two officials of an office that registers organisations of its place, with
-- the law and the document. It moves no record, no entry and no measure: those stay with whom they were decided about.
-- Days of events are of UTC: where the office sits it may be the day before or after.

CREATE FUNCTION procedures_registers(appointed bigint, about bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM procedures_appointment a JOIN ledger_subject s ON s.id = about
        WHERE a.id = appointed AND left(s.division, length(a.division)) = a.division
          AND day >= a.from_on AND day < a.to_on
          AND EXISTS (SELECT FROM procedures_keeper k WHERE k.authority = a.authority
                      AND k.source = split_part(a.authority, '/', 1) || '/registration')
          AND NOT EXISTS (SELECT FROM procedures_withdrawal w WHERE w.appointment_id = a.id AND w."on" <= day)
          AND NOT EXISTS (SELECT FROM procedures_mandate m WHERE m.account = a.account AND m.subject_id = s.id))
$$;

CREATE FUNCTION procedures_admit_succession() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE today date;
BEGIN
    SELECT day INTO today FROM ledger_event WHERE id = NEW.event_id;
    IF NOT coalesce(procedures_registers(NEW.appointment_id, NEW.subject_id, today), false) THEN
        PERFORM procedures_refuse('GS-CASE-136', 'an official of the office that registers the organisation says what became of it');
    END IF;
    IF NEW."on" > today + 1 OR NOT ledger_names_law(NEW.law) THEN
        PERFORM procedures_refuse('GS-CASE-137', 'what became of an organisation has a day that has come, and a law');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_succession_admitted BEFORE INSERT ON procedures_succession
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_succession();

CREATE FUNCTION procedures_admit_successor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM procedures_succession s WHERE s.id = NEW.succession_id AND s.event_id = NEW.event_id
                   AND s.subject_id <> NEW.subject_id AND s.kind IN ('merged', 'succeeded', 'split')) THEN
        PERFORM procedures_refuse('GS-CASE-138', 'a successor is another organisation, named when the change is registered');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_successor_admitted BEFORE INSERT ON procedures_successor
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_successor();

CREATE FUNCTION procedures_admit_confirmation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s procedures_succession; today date;
BEGIN
    SELECT day INTO today FROM ledger_event WHERE id = NEW.event_id;
    SELECT * INTO s FROM procedures_succession WHERE id = NEW.succession_id;
    IF NOT coalesce(procedures_registers(NEW.appointment_id, s.subject_id, today), false) OR abs(NEW."on" - today) > 1
       OR (SELECT account FROM procedures_appointment WHERE id = NEW.appointment_id)
        = (SELECT account FROM procedures_appointment WHERE id = s.appointment_id) THEN
        PERFORM procedures_refuse('GS-CASE-136', 'another official of the office that registers the organisation confirms it');
    END IF;
    IF EXISTS (SELECT FROM procedures_confirmation c JOIN procedures_succession o ON o.id = c.succession_id
               WHERE o.subject_id = s.subject_id AND o.id > s.id) THEN
        PERFORM procedures_refuse('GS-CASE-139', 'something newer was confirmed about this organisation');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_confirmation_admitted BEFORE INSERT ON procedures_confirmation
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_confirmation();

-- One successor where it was merged or succeeded, two or more where it was split, none where it was dissolved.
CREATE FUNCTION procedures_successions_are_whole() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM procedures_succession s, LATERAL (
            SELECT count(*) AS many FROM procedures_successor p WHERE p.succession_id = s.id) n
        WHERE s.event_id = NEW.event_id AND NOT CASE s.kind WHEN 'split' THEN n.many >= 2
            WHEN 'merged' THEN n.many = 1 WHEN 'succeeded' THEN n.many = 1 ELSE n.many = 0 END) THEN
        PERFORM procedures_refuse('GS-CASE-138', 'it is said into whom an organisation was merged, by whom it is succeeded');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_after_successions BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION procedures_successions_are_whole();

-- Whether an organisation is there no more, as confirmed by now.
CREATE FUNCTION procedures_is_gone(asked bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT s.kind <> 'restored' AND s."on" <= day FROM procedures_succession s
        JOIN procedures_confirmation c ON c.succession_id = s.id WHERE s.subject_id = asked ORDER BY s.id DESC LIMIT 1), false)
$$;

-- Whoever is there no more is not listed, and nothing begins to be demanded of it.
CREATE FUNCTION procedures_list_nobody_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF ((NEW.act = 'decide' AND NEW.outcome = 'listed') OR NEW.effective_to IS NOT NULL
        OR (NEW.act = 'follow' AND NEW.outcome NOT IN ('spared', 'entered')))
       AND procedures_is_gone((SELECT k.subject_id FROM procedures_case k WHERE k.id = NEW.case_id), NEW."on") THEN
        PERFORM procedures_refuse('GS-CASE-140', 'an organisation that is there no more is not listed, nor anything begun against it');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_of_one_that_is BEFORE INSERT ON procedures_step
    FOR EACH ROW EXECUTE FUNCTION procedures_list_nobody_gone();

CREATE TRIGGER procedures_succession_says AFTER INSERT ON procedures_succession REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_require_words('evidence', 'reason');
CREATE TRIGGER procedures_succession_names_nobody AFTER INSERT ON procedures_succession REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_name_nobody('law', 'evidence', 'reason');
DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_succession', 'procedures_successor', 'procedures_confirmation'] LOOP
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

-- What cases wrote is covered by the chain of positions. New tables stand last: an older event keeps its root.
CREATE OR REPLACE FUNCTION procedures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message', 'procedures_forgotten', 'procedures_reach', 'procedures_keeper',
        'procedures_toldday', 'procedures_silence', 'procedures_promise', 'procedures_promisefound',
        'procedures_succession', 'procedures_successor', 'procedures_confirmation'] LOOP
        EXECUTE format('SELECT sha256(string_agg(%s, ''''::bytea ORDER BY t.id)) FROM %I t WHERE t.event_id = $1',
            CASE target WHEN 'procedures_step' THEN 'procedures_step_digest(t)'
                WHEN 'procedures_promise' THEN 'procedures_promise_digest(t)'
                ELSE 'sha256(convert_to(t::text, ''UTF8''))' END, target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;
