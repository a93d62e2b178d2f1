-- What follows by law from an authority's silence, and nothing else: what the version says that the owner registered, at
-- the act that it names, after the term that it names, where nobody acted before. It is taken in no one's name.

DO $$
BEGIN
    CREATE TRIGGER procedures_silence_event AFTER INSERT ON procedures_silence REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event();
    CREATE TRIGGER procedures_silence_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedures_silence
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
    REVOKE ALL ON procedures_silence FROM PUBLIC;
    GRANT SELECT ON procedures_silence TO goodstanding_app, goodstanding_reader;
END $$;

-- The last day of the term after which something follows by law; null where nothing does. A deadline that is shorter
-- than the registered term, or counts from another act, is none.
CREATE FUNCTION procedures_silent_until(q procedures_silence, wanted bigint) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT d.last FROM procedures_deadline d
    WHERE d.case_id = wanted AND d.act = q.act AND d.amount = q.amount AND d.unit = q.unit AND EXISTS (
        SELECT FROM procedures_step s
        WHERE s.case_id = wanted AND s.act = q.starts AND coalesce(s.served_on, s."on") = d.starts)
    ORDER BY d.id DESC LIMIT 1
$$;

CREATE FUNCTION procedures_admit_law(s procedures_step, k procedures_case, v procedures_procedureversion)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE q procedures_silence; until date;
BEGIN
    IF s.appointment_id IS NOT NULL OR s.second_id IS NOT NULL OR s.mandate_id IS NOT NULL THEN
        PERFORM procedures_refuse('GS-CASE-087', 'what follows by law is nobody''s act');
    END IF;
    IF s.act = 'lift' THEN
        IF NOT EXISTS (
            SELECT FROM procedures_step d JOIN procedures_case o ON o.id = d.case_id
            WHERE d.event_id = s.event_id AND d.act = 'decide' AND d.party = 'law' AND d.outcome = 'granted'
              AND o.record_id = s.record_id AND (o.id = k.id OR EXISTS (
                SELECT FROM procedures_step m WHERE m.case_id = k.id AND m.act = 'serve_decision'
                  AND m.effective_to IS NOT NULL AND m.record_id = s.record_id))) THEN
            PERFORM procedures_refuse('GS-CASE-087', 'the law lifts what it granted, in the same event');
        END IF;
        RETURN;
    END IF;
    SELECT * INTO q FROM procedures_silence WHERE procedure_id = v.id AND act = s.act;
    until := procedures_silent_until(q, k.id);
    IF q.id IS NULL OR until IS NULL OR s.outcome <> q.follows OR s.basis <> q.law OR trim(s.reasons) = ''
       OR (q.follows = 'lapsed') <> s.closes
       OR (q.follows = 'granted') <> (k.kind IN ('objection', 'repair', 'delisting')) THEN
        PERFORM procedures_refuse('GS-CASE-087', 'the procedure says of no such consequence of silence');
    END IF;
    IF s."on" <= until THEN
        PERFORM procedures_refuse('GS-CASE-088', 'the authority still has time');
    END IF;
    IF EXISTS (SELECT FROM procedures_step o WHERE o.case_id = k.id AND o.act = 'serve_decision') THEN
        PERFORM procedures_refuse('GS-CASE-087', 'the authority has decided');
    END IF;
END $$;

-- Where something follows from silence, the authority's own act comes too late after the term.
ALTER FUNCTION procedures_admit_actor(procedures_step, procedures_case, procedures_procedureversion)
    RENAME TO procedures_admit_someone;
CREATE FUNCTION procedures_admit_actor(s procedures_step, k procedures_case, v procedures_procedureversion)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF s.party = 'law' THEN
        PERFORM procedures_admit_law(s, k, v);
        RETURN;
    END IF;
    IF s.outcome = 'lapsed' THEN
        PERFORM procedures_refuse('GS-CASE-087', 'a case lapses by law alone');
    END IF;
    IF EXISTS (SELECT FROM procedures_silence q WHERE q.procedure_id = v.id AND q.act = s.act
               AND procedures_silent_until(q, k.id) < s."on") THEN
        PERFORM procedures_refuse('GS-CASE-089', 'the term is over, and the law says what follows');
    END IF;
    PERFORM procedures_admit_someone(s, k, v);
END $$;

-- What a decision needs of officials, the law does not.
ALTER FUNCTION procedures_admit_decision(procedures_step, procedures_case, procedures_procedureversion)
    RENAME TO procedures_admit_decision_of_officials;
CREATE FUNCTION procedures_admit_decision(s procedures_step, k procedures_case, v procedures_procedureversion)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF s.party <> 'law' THEN
        PERFORM procedures_admit_decision_of_officials(s, k, v);
    END IF;
END $$;

-- What the law grants takes effect in the same event: the case is lifted, and the record has ended.
CREATE FUNCTION procedures_law_takes_effect() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM procedures_step d JOIN procedures_case k ON k.id = d.case_id
        WHERE d.event_id = NEW.event_id AND d.party = 'law' AND d.outcome = 'granted' AND NOT (
            EXISTS (SELECT FROM procedures_step l WHERE l.case_id = k.id AND l.event_id = d.event_id AND l.act = 'lift'
                    AND l.record_id = k.record_id)
            AND EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = k.record_id))) THEN
        PERFORM procedures_refuse('GS-CASE-095', 'what the law grants takes effect at once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_after_the_law BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION procedures_law_takes_effect();

-- What cases wrote is covered by the chain of positions. The new table stands last: an older event keeps its root.
CREATE OR REPLACE FUNCTION procedures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message', 'procedures_forgotten', 'procedures_reach', 'procedures_keeper',
        'procedures_toldday', 'procedures_silence'] LOOP
        EXECUTE format('SELECT sha256(string_agg(%s, ''''::bytea ORDER BY t.id)) FROM %I t WHERE t.event_id = $1',
            CASE target WHEN 'procedures_step' THEN 'procedures_step_digest(t)'
                ELSE 'sha256(convert_to(t::text, ''UTF8''))' END, target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;
