-- How long an act has is what its version says, by the calendar that the owner registered: neither shorter, so that the
-- organisation has its time, nor longer, so that an authority which is late is late.

DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_termversion', 'procedures_calendarversion'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event()', target || '_event', target);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()', target || '_append_only', target);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', target);
        EXECUTE format('GRANT SELECT ON %I TO goodstanding_app, goodstanding_reader', target);
    END LOOP;
END $$;
CREATE INDEX procedures_calendar_newest ON procedures_calendarversion (pack, id DESC);

-- The last day of a term by a calendar (procedures.terms.due_of). The day on which it starts is not counted.
CREATE FUNCTION procedures_last_day(c procedures_calendarversion, starts date, amount integer, unit text, on_day integer)
RETURNS date LANGUAGE plpgsql STABLE AS $$
DECLARE day date := starts; remaining integer := 0; off date[]; worked date[]; horizon date;
BEGIN
    horizon := starts + CASE unit WHEN 'months' THEN 31 * amount + 60 ELSE 2 * amount + 120 END;
    off := ARRAY(SELECT d FROM unnest(c.off) d WHERE d BETWEEN starts AND horizon);
    worked := ARRAY(SELECT d FROM unnest(c.worked) d WHERE d BETWEEN starts AND horizon);
    IF unit = 'working_days' THEN
        remaining := amount;
    ELSE
        day := CASE unit WHEN 'days' THEN starts + amount ELSE (starts + make_interval(months => amount))::date END;
        IF unit = 'months' AND on_day IS NOT NULL THEN
            day := make_date(extract(year FROM day)::integer, extract(month FROM day)::integer, on_day);
        END IF;
        -- Where such a term ends on a day off, it moves to the next working day.
        day := day - 1;
        remaining := 1;
    END IF;
    WHILE remaining > 0 LOOP
        day := day + 1;
        IF NOT day = ANY (off) AND (extract(isodow FROM day) < 6 OR day = ANY (worked)) THEN
            remaining := remaining - 1;
        END IF;
    END LOOP;
    RETURN day;
END $$;

-- A term runs from the step that its version names, or that of a check from the last day of what was promised, for as long as that says, by the calendar that holds.
CREATE OR REPLACE FUNCTION procedures_admit_deadline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v procedures_procedureversion; t procedures_termversion; c procedures_calendarversion;
BEGIN
    SELECT p.* INTO v FROM procedures_case k JOIN procedures_procedureversion p ON p.id = k.procedure_id
        WHERE k.id = NEW.case_id;
    SELECT * INTO t FROM procedures_termversion WHERE procedure_id = v.id AND act = NEW.act;
    SELECT * INTO c FROM procedures_calendarversion WHERE pack = split_part(v.path, '/', 1) ORDER BY id DESC LIMIT 1;
    IF t.id IS NULL OR NEW.amount <> t.amount OR NEW.unit <> t.unit OR NEW.on_day IS DISTINCT FROM t.on_day
       OR NOT (CASE t.starts
           WHEN 'promised' THEN coalesce(NEW.starts = (
               SELECT max(p.due_on) FROM procedures_promise p WHERE p.case_id = NEW.case_id), false)
           ELSE EXISTS (SELECT FROM procedures_step s WHERE s.case_id = NEW.case_id AND s.act = t.starts
                        AND coalesce(s.served_on, s."on") = NEW.starts) END) THEN
        PERFORM procedures_refuse('GS-CASE-080', 'a term runs from the step that its procedure names, for all its days');
    END IF;
    IF c.id IS NULL OR NEW.calendar <> c.name OR NEW.calendar_version <> c.version THEN
        PERFORM procedures_refuse('GS-CASE-111', 'a term is counted by the calendar that is registered');
    END IF;
    IF NEW.last <> procedures_last_day(c, NEW.starts, NEW.amount, NEW.unit, NEW.on_day) THEN
        PERFORM procedures_refuse('GS-CASE-080', 'a term ends on its last day by the calendar, and on no other');
    END IF;
    RETURN NEW;
END $$;

-- A notice leaves the organisation the term of its procedure, in working days where the law counts these.
CREATE FUNCTION procedures_notice_leaves_time() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE t procedures_termversion; c procedures_calendarversion;
BEGIN
    SELECT n.* INTO t FROM procedures_case k JOIN procedures_termversion n ON n.procedure_id = k.procedure_id
        WHERE k.id = NEW.case_id AND n.act = 'state' AND n.starts = 'serve_notice';
    IF t.id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT y.* INTO c FROM procedures_case k JOIN procedures_procedureversion v ON v.id = k.procedure_id
        JOIN procedures_calendarversion y ON y.pack = split_part(v.path, '/', 1)
        WHERE k.id = NEW.case_id ORDER BY y.id DESC LIMIT 1;
    IF c.id IS NULL OR coalesce(NEW.open_until < procedures_last_day(c, NEW.served_on, t.amount, t.unit, t.on_day), true) THEN
        PERFORM procedures_refuse('GS-CASE-065', 'the notice leaves less time than the procedure');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_leaves_time BEFORE INSERT ON procedures_step
    FOR EACH ROW WHEN (NEW.act = 'serve_notice') EXECUTE FUNCTION procedures_notice_leaves_time();

-- What cases wrote is covered by the chain of positions. New tables stand last: an older event keeps its root.
CREATE OR REPLACE FUNCTION procedures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['procedures_procedureversion', 'procedures_appointment', 'procedures_mandate',
        'procedures_withdrawal', 'procedures_case', 'procedures_ground', 'procedures_step', 'procedures_deadline',
        'procedures_message', 'procedures_forgotten', 'procedures_reach', 'procedures_keeper',
        'procedures_toldday', 'procedures_silence', 'procedures_promise', 'procedures_promisefound',
        'procedures_succession', 'procedures_successor', 'procedures_confirmation',
        'procedures_termversion', 'procedures_calendarversion'] LOOP
        EXECUTE format('SELECT sha256(string_agg(%s, ''''::bytea ORDER BY t.id)) FROM %I t WHERE t.event_id = $1',
            CASE target WHEN 'procedures_step' THEN 'procedures_step_digest(t)'
                WHEN 'procedures_promise' THEN 'procedures_promise_digest(t)'
                ELSE 'sha256(convert_to(t::text, ''UTF8''))' END, target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;
