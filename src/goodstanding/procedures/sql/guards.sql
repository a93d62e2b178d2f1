-- What holds of every case whatever a program says. The course of a procedure is held in code as well; here stands
-- the floor that no procedure may go below. Days are compared as stored: no clock of the database is asked.

CREATE FUNCTION procedures_refuse(code text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', code, why USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Whether an account acts for an office on a day: appointed, not withdrawn, competent by authority, level and place.
CREATE FUNCTION procedures_competent(appointed bigint, wanted_authority text, wanted_levels jsonb, place text, day date)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM procedures_appointment a
        WHERE a.id = appointed AND a.authority = wanted_authority AND wanted_levels ? a.level
          AND left(place, length(a.division)) = a.division AND day >= a.from_on AND day < a.to_on
          AND NOT EXISTS (SELECT FROM procedures_withdrawal w WHERE w.appointment_id = a.id AND w."on" <= day))
$$;

-- A level and those above it.
CREATE FUNCTION procedures_levels_from(lowest text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(level), '[]'::jsonb) FROM unnest(ARRAY['county', 'municipal', 'provincial', 'national'])
        WITH ORDINALITY AS l(level, place)
    WHERE place >= array_position(ARRAY['county', 'municipal', 'provincial', 'national'], lowest)
$$;

-- Whether a record of one subject is of another's file: the same, or merged into it by the judgement that holds.
CREATE FUNCTION procedures_is(received bigint, asked bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT received = asked OR coalesce((
        SELECT m.kind = 'same' AND m.from_subject_id = received FROM ledger_merge m
        WHERE (m.from_subject_id = received AND m.into_subject_id = asked)
           OR (m.from_subject_id = asked AND m.into_subject_id = received)
        ORDER BY m.id DESC LIMIT 1), false)
$$;

CREATE FUNCTION procedures_admit_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v procedures_procedureversion;
BEGIN
    SELECT * INTO v FROM procedures_procedureversion WHERE id = NEW.procedure_id;
    IF v.kind <> NEW.kind OR (NEW.kind = 'listing' AND v.authority <> NEW.authority) THEN
        PERFORM procedures_refuse('GS-CASE-050', 'the case is not of its procedure: kind or authority differ');
    END IF;
    IF EXISTS (SELECT FROM ledger_subject s WHERE s.id = NEW.subject_id AND s.division <> ''
               AND s.division <> NEW.division) THEN
        PERFORM procedures_refuse('GS-CASE-050', 'the case is not where the organisation is');
    END IF;
    IF NEW.record_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM ledger_content c WHERE c.record_id = NEW.record_id AND procedures_is(c.subject_id, NEW.subject_id)) THEN
        PERFORM procedures_refuse('GS-CASE-051', 'the record is not of this organisation, or was erased');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_case_admitted BEFORE INSERT ON procedures_case
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_case();

CREATE FUNCTION procedures_admit_ground() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM procedures_case k JOIN ledger_content c ON c.record_id = NEW.record_id
                   WHERE k.id = NEW.case_id AND procedures_is(c.subject_id, k.subject_id)) THEN
        PERFORM procedures_refuse('GS-CASE-051', 'the record is not of this organisation, or was erased');
    END IF;
    PERFORM FROM procedures_case WHERE id = NEW.case_id FOR UPDATE;
    IF EXISTS (SELECT FROM procedures_step s WHERE s.case_id = NEW.case_id AND s.act = 'serve_notice') THEN
        PERFORM procedures_refuse('GS-CASE-052', 'evidence cannot be added after the notice that must name it');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_ground_admitted BEFORE INSERT ON procedures_ground
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_ground();

CREATE FUNCTION procedures_admit_actor(s procedures_step, k procedures_case, v procedures_procedureversion)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE acting procedures_appointment; other procedures_appointment;
BEGIN
    IF s.party IN ('official', 'head', 'superior') THEN
        IF s.mandate_id IS NOT NULL OR NOT coalesce(procedures_competent(s.appointment_id, k.authority,
            CASE WHEN s.party = 'superior' THEN procedures_levels_from(v.reviewed_by) ELSE v.levels END,
            k.division, s."on"), false) THEN
            PERFORM procedures_refuse('GS-CASE-053', 'the step is not by an official of a competent authority');
        END IF;
        SELECT * INTO acting FROM procedures_appointment WHERE id = s.appointment_id;
        IF s.party = 'head' AND NOT acting.head THEN
            PERFORM procedures_refuse('GS-CASE-053', 'the step is not by the head of the authority');
        END IF;
        IF s.party = 'superior' AND EXISTS (
            SELECT FROM procedures_step d JOIN procedures_appointment a ON a.id IN (d.appointment_id, d.second_id)
            WHERE d.case_id = k.id AND d.act = 'decide' AND a.account = acting.account) THEN
            PERFORM procedures_refuse('GS-CASE-053', 'who decided does not confirm');
        END IF;
        IF s.second_id IS NOT NULL THEN
            SELECT * INTO other FROM procedures_appointment WHERE id = s.second_id;
        END IF;
        IF EXISTS (SELECT FROM procedures_mandate m WHERE m.subject_id = k.subject_id
                   AND m.account IN (acting.account, other.account)) THEN
            PERFORM procedures_refuse('GS-CASE-054', 'who acts for the organisation cannot act for the authority');
        END IF;
    ELSIF s.party = 'subject' THEN
        IF s.appointment_id IS NOT NULL OR NOT EXISTS (
            SELECT FROM procedures_mandate m WHERE m.id = s.mandate_id AND m.subject_id = k.subject_id
            AND s."on" >= m.from_on AND s."on" < m.to_on AND NOT EXISTS (
                SELECT FROM procedures_withdrawal w WHERE w.mandate_id = m.id AND w."on" <= s."on")) THEN
            PERFORM procedures_refuse('GS-CASE-055', 'the step is not by a representative of the organisation');
        END IF;
    ELSIF s.party NOT IN ('machine', 'clock') OR s.act NOT IN ('propose', 'mark', 'publish', 'lift')
          OR s.appointment_id IS NOT NULL OR s.mandate_id IS NOT NULL THEN
        PERFORM procedures_refuse('GS-CASE-056', 'neither a machine nor the clock decides anything');
    END IF;
    IF s.act = 'confirm' AND s.party <> 'superior' THEN
        PERFORM procedures_refuse('GS-CASE-056', 'only an official of the authority above confirms');
    END IF;
    IF s.act = 'lift' AND s.party IN ('machine', 'subject') THEN
        PERFORM procedures_refuse('GS-CASE-056', 'neither a machine nor the organisation lifts');
    END IF;
    IF s.act IN ('review', 'accept', 'decide', 'confirm', 'serve_notice', 'serve_decision')
       AND s.party NOT IN ('official', 'head', 'superior') THEN
        PERFORM procedures_refuse('GS-CASE-056', 'this is an act of an official');
    END IF;
END $$;

CREATE FUNCTION procedures_admit_grounds(wanted bigint, day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM procedures_ground g WHERE g.case_id = wanted) OR EXISTS (
        SELECT FROM procedures_ground g LEFT JOIN ledger_content c ON c.record_id = g.record_id
        WHERE g.case_id = wanted
          AND (c.record_id IS NULL OR coalesce(trim(c.body::jsonb->'instrument'->>'number'), '') = '')) THEN
        PERFORM procedures_refuse('GS-CASE-061', 'a listing rests on records whose legal basis is stated');
    END IF;
    IF EXISTS (SELECT FROM procedures_ground g JOIN ledger_ending e ON e.record_id = g.record_id
               WHERE g.case_id = wanted AND e.counts_until <= day) THEN
        PERFORM procedures_refuse('GS-CASE-061', 'a record that the listing rests on has ended');
    END IF;
END $$;

CREATE FUNCTION procedures_admit_decision(s procedures_step, k procedures_case, v procedures_procedureversion)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE other text; acting text;
BEGIN
    IF EXISTS (SELECT FROM jsonb_array_elements(s.basis) b WHERE coalesce(trim(b->>0), '') = '') THEN
        PERFORM procedures_refuse('GS-CASE-057', 'a decision names the law that it rests on');
    END IF;
    IF v.officials = 2 THEN
        SELECT account INTO acting FROM procedures_appointment WHERE id = s.appointment_id;
        SELECT account INTO other FROM procedures_appointment WHERE id = s.second_id;
        IF other IS NULL OR other = acting
           OR NOT procedures_competent(s.second_id, k.authority, v.levels, k.division, s."on") THEN
            PERFORM procedures_refuse('GS-CASE-058', 'two officials decide this');
        END IF;
    END IF;
    IF k.kind <> 'listing' OR s.outcome <> 'listed' THEN
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM procedures_step n WHERE n.case_id = k.id AND n.act = 'serve_notice'
                   AND n.open_until < s."on")
       OR EXISTS (SELECT FROM procedures_deadline d WHERE d.case_id = k.id AND d.act = 'state' AND d.last >= s."on") THEN
        PERFORM procedures_refuse('GS-CASE-059',
            'nothing is decided before a notice was served and the time for objections is over');
    END IF;
    IF EXISTS (SELECT FROM procedures_step h WHERE h.case_id = k.id AND h.act = 'ask_hearing')
       AND NOT EXISTS (SELECT FROM procedures_step h WHERE h.case_id = k.id AND h.act = 'hold_hearing') THEN
        PERFORM procedures_refuse('GS-CASE-060', 'the hearing that was asked for was not held');
    END IF;
    PERFORM procedures_admit_grounds(k.id, s."on");
END $$;

CREATE FUNCTION procedures_admit_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE k procedures_case; v procedures_procedureversion; last procedures_step; decision procedures_step;
    written date;
BEGIN
    SELECT * INTO k FROM procedures_case WHERE id = NEW.case_id FOR UPDATE;
    SELECT * INTO v FROM procedures_procedureversion WHERE id = k.procedure_id;
    SELECT * INTO last FROM procedures_step WHERE case_id = NEW.case_id ORDER BY number DESC LIMIT 1;
    SELECT * INTO decision FROM procedures_step WHERE case_id = NEW.case_id AND act = 'decide' ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW."on" < coalesce(last."on", k.opened_on) THEN
        PERFORM procedures_refuse('GS-CASE-062', 'steps follow each other, none is left out and none goes back');
    END IF;
    IF NEW.act <> 'state' AND EXISTS (
        SELECT FROM procedures_step s WHERE s.case_id = NEW.case_id AND s.act = NEW.act) THEN
        PERFORM procedures_refuse('GS-CASE-062', 'no step but a statement is taken twice');
    END IF;
    -- A step is written down when it is taken, or soon after; time zones make a day.
    SELECT day INTO written FROM ledger_event WHERE id = NEW.event_id;
    IF NEW."on" > written + 1 OR (NEW.party <> 'clock' AND NEW."on" < written - 31) THEN
        PERFORM procedures_refuse('GS-CASE-074', 'a step is written down on its day or in the month after it');
    END IF;
    IF NEW.served_on < coalesce(last."on", k.opened_on) THEN
        PERFORM procedures_refuse('GS-CASE-075', 'a document is served after it was made');
    END IF;
    IF last.closes OR last.outcome IN ('dismissed', 'rejected', 'returned') OR last.act = 'lift'
       OR (last.act = 'serve_decision' AND decision.outcome IN ('not_listed', 'refused')) THEN
        PERFORM procedures_refuse('GS-CASE-063', 'the case is closed');
    END IF;
    IF decision.id IS NOT NULL AND NEW.act IN ('propose', 'apply', 'review', 'accept', 'notify', 'serve_notice',
                                                'state', 'ask_hearing', 'hold_hearing', 'decide') THEN
        PERFORM procedures_refuse('GS-CASE-064', 'after the decision no earlier step is taken');
    END IF;
    IF NEW.act = 'lift' OR NEW.outcome IN ('dismissed', 'rejected', 'returned') THEN
        NEW.closes := true;
    END IF;
    PERFORM procedures_admit_actor(NEW, k, v);
    IF NEW.act = 'serve_notice' AND (NEW.open_until IS NULL
        OR NEW.open_until < NEW.served_on + coalesce(v.statement_days, 1)) THEN
        PERFORM procedures_refuse('GS-CASE-065', 'the notice leaves less time than the procedure');
    END IF;
    IF NEW.act = 'decide' THEN
        PERFORM procedures_admit_decision(NEW, k, v);
    END IF;
    IF NEW.act IN ('confirm', 'serve_decision', 'publish') AND decision.id IS NULL AND k.kind <> 'commitment' THEN
        PERFORM procedures_refuse('GS-CASE-066', 'there is no decision to confirm, to serve or to publish');
    END IF;
    IF NEW.act = 'serve_decision' AND decision.outcome = 'listed' THEN
        IF v.reviewed_by <> '' AND NOT EXISTS (SELECT FROM procedures_step s WHERE s.case_id = k.id
                                               AND s.act = 'confirm' AND s.outcome = 'confirmed') THEN
            PERFORM procedures_refuse('GS-CASE-067', 'the authority above has not confirmed the decision');
        END IF;
        PERFORM procedures_admit_grounds(k.id, NEW."on");
        IF NEW.effective_from > NEW.served_on + 31 THEN
            PERFORM procedures_refuse('GS-CASE-068', 'an entry begins within a month of its service');
        END IF;
        IF NEW.record_id IS NULL OR NEW.effective_from IS NULL OR NEW.effective_to IS NULL
           OR NEW.effective_from < NEW.served_on OR NEW.effective_to <= NEW.effective_from
           OR NEW.effective_to > NEW.effective_from + make_interval(months => v.months) THEN
            PERFORM procedures_refuse('GS-CASE-068',
                'an entry begins with its service or later and ends within the longest term of its procedure');
        END IF;
    ELSIF NEW.effective_from IS NOT NULL OR NEW.effective_to IS NOT NULL THEN
        PERFORM procedures_refuse('GS-CASE-069', 'only the service of a decision to list makes an entry');
    END IF;
    IF NEW.act = 'publish' AND k.kind = 'listing' AND NOT EXISTS (
        SELECT FROM procedures_step s WHERE s.case_id = k.id AND s.act = 'serve_decision') THEN
        PERFORM procedures_refuse('GS-CASE-066', 'nothing is published before it is served');
    END IF;
    IF NEW.act = 'lift' AND NOT (CASE
        WHEN k.kind <> 'listing' THEN coalesce(decision.outcome = 'granted', false)
        WHEN NEW.party = 'clock' THEN EXISTS (
            SELECT FROM procedures_step s WHERE s.case_id = k.id AND s.effective_to <= NEW."on")
        ELSE EXISTS (SELECT FROM procedures_case o JOIN procedures_step d ON d.case_id = o.id
                     WHERE o.record_id = NEW.record_id AND d.act = 'decide' AND d.outcome = 'granted') END) THEN
        PERFORM procedures_refuse('GS-CASE-070', 'the term is not over, and nobody granted an earlier end');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_admitted BEFORE INSERT ON procedures_step
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_step();

-- An entry of ours: written by the service of a decision, in the same event, as the decision says. Items of ours are
-- told by their name, which a pack that breaks the rule does not get past.
CREATE FUNCTION procedures_entries_rest_on_decisions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh f JOIN ledger_item i ON i.id = f.item_id
        WHERE i.path ~ '/listing[.]' AND NOT EXISTS (
            SELECT FROM procedures_step s JOIN procedures_case k ON k.id = s.case_id
            JOIN procedures_procedureversion v ON v.id = k.procedure_id
            WHERE s.record_id = f.record_id AND s.event_id = f.record_id >> 32 AND s.act = 'serve_decision'
              AND k.subject_id = f.subject_id AND v.item = i.path
              AND s.effective_from = f.effective_from AND s.effective_to = f.effective_to)) THEN
        PERFORM procedures_refuse('GS-CASE-071', 'an entry of ours is written by the decision of a case alone');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_content_of_a_decision AFTER INSERT ON ledger_content REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION procedures_entries_rest_on_decisions();

-- And ends by a step of a case: lifted, repaired, annulled.
CREATE FUNCTION procedures_entries_end_by_a_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh f JOIN procedures_step made ON made.record_id = f.record_id AND made.act = 'serve_decision'
            AND made.effective_to IS NOT NULL
        WHERE NOT EXISTS (SELECT FROM procedures_step s WHERE s.record_id = f.record_id AND s.event_id = f.event_id
                          AND s.act = 'lift')) THEN
        PERFORM procedures_refuse('GS-CASE-072', 'an entry of ours ends by a step of its case');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_ending_of_a_case AFTER INSERT ON ledger_ending REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION procedures_entries_end_by_a_step();

-- No step says that it wrote an entry that is not there.
CREATE FUNCTION procedures_steps_wrote_their_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM procedures_step s WHERE s.event_id = NEW.event_id AND s.effective_to IS NOT NULL
               AND NOT EXISTS (SELECT FROM ledger_content c WHERE c.record_id = s.record_id)) THEN
        PERFORM procedures_refuse('GS-CASE-073', 'the step names an entry that was not written');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_after_entries BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION procedures_steps_wrote_their_entries();

CREATE INDEX procedures_step_record ON procedures_step (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX procedures_step_event ON procedures_step (event_id);

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message'] LOOP
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

-- What cases wrote is covered by the chain of positions.
CREATE FUNCTION procedures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message'] LOOP
        EXECUTE format('SELECT sha256(string_agg(sha256(convert_to(t::text, ''UTF8'')), ''''::bytea ORDER BY t.id))'
            ' FROM %I t WHERE t.event_id = $1', target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;

-- The rooms that write in the ledger's events, one function each. A room further up replaces this one with its own
-- function at the end: so an older event, in which that room wrote nothing, keeps its root.
CREATE OR REPLACE FUNCTION ledger_event_root_beyond(wanted bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT procedures_event_root(wanted)
$$;
