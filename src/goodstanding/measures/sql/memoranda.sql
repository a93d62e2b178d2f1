-- A memorandum comes into force, is replaced or is repealed while entries stand: what is ordered then, and what is lifted.

-- The versions that the packs say and that had begun by a day, each with the law by which it reaches standing entries.
CREATE FUNCTION measures_said_by(day date) RETURNS TABLE (id bigint, path text, effect text, procedures jsonb, agreed jsonb,
    valid_from date, valid_to date, standing jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.id, f.path, f.effect, f.procedures, f.agreed, f.valid_from, f.valid_to, a.standing
    FROM measures_memorandumversion f CROSS JOIN LATERAL (
        SELECT * FROM measures_adoption x WHERE x.memorandum_id = f.id ORDER BY x.id DESC LIMIT 1) a
    WHERE a.said AND f.valid_from <= day
$$;

-- Orders that nothing supports on a day any more, whether lifted or not; the version that ended each, how and since when.
-- A memorandum that the packs lost without a word ends nothing; one that is to be replaced stands until the next begins.
CREATE FUNCTION measures_unsupported(day date)
RETURNS TABLE (order_id bigint, memorandum_id bigint, how text, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH said AS MATERIALIZED (SELECT * FROM measures_said_by(day)),
    doubtful AS MATERIALIZED (
        SELECT f.id, f.path FROM measures_memorandumversion f
        WHERE EXISTS (SELECT FROM said s WHERE s.path = f.path)
          AND NOT EXISTS (SELECT FROM said s WHERE s.id = f.id AND (s.valid_to IS NULL OR s.valid_to > day)))
    SELECT o.id, n.id, CASE WHEN n.valid_to <= day THEN 'repealed' ELSE 'replaced' END,
        CASE WHEN n.valid_to <= day THEN n.valid_to WHEN n.valid_from > o.from_on THEN n.valid_from ELSE day END
    FROM doubtful d JOIN measures_order o ON o.memorandum_id = d.id
    JOIN measures_measureversion m ON m.id = o.measure_id JOIN measures_body b ON b.id = o.authority_id
    JOIN procedures_step s ON s.record_id = o.record_id AND s.act = 'serve_decision' AND s.effective_to IS NOT NULL
    JOIN procedures_case k ON k.id = s.case_id JOIN procedures_procedureversion v ON v.id = k.procedure_id
    CROSS JOIN LATERAL (
        SELECT * FROM said x WHERE x.path = d.path ORDER BY x.valid_from DESC, x.id DESC LIMIT 1) n
    WHERE NOT EXISTS (
        SELECT FROM said g WHERE (g.valid_to IS NULL OR g.valid_to > day) AND o.to_on > day
            AND g.effect = m.effect AND g.procedures ? v.path
            AND g.agreed @> jsonb_build_array(jsonb_build_array(m.path, b.path, 'ordered'))
            AND (g.path = d.path OR g.valid_from <= o.from_on OR g.standing <> '[]'))
$$;

-- An order is written with its entry, by a memorandum that the packs say; or later, if the memorandum's law reaches what
-- stands: from its day on, and not beside an order that says the same.
CREATE FUNCTION measures_admit_by_memorandum() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE adopted measures_adoption; today date;
BEGIN
    SELECT * INTO adopted FROM measures_adoption a WHERE a.memorandum_id = NEW.memorandum_id ORDER BY a.id DESC LIMIT 1;
    IF adopted.id IS NULL OR NOT adopted.said THEN
        PERFORM measures_refuse('GS-ORDER-099', 'an order rests on a memorandum as the packs say it now');
    END IF;
    IF NEW.event_id = NEW.record_id >> 32 THEN
        RETURN NEW;
    END IF;
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    IF NOT measures_names_law(adopted.standing) OR NEW.from_on < today THEN
        PERFORM measures_refuse('GS-ORDER-058', 'an order is written with its entry; later only by a memorandum whose law reaches entries that stand, and from that day on');
    END IF;
    IF EXISTS (SELECT FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
               JOIN measures_body b ON b.id = o.authority_id WHERE o.record_id = NEW.record_id
               AND m.path = (SELECT x.path FROM measures_measureversion x WHERE x.id = NEW.measure_id)
               AND b.path = (SELECT x.path FROM measures_body x WHERE x.id = NEW.authority_id)
               AND NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = o.id)) THEN
        PERFORM measures_refuse('GS-ORDER-100', 'this was ordered already for the entry');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS measures_order_written ON measures_order;
CREATE TRIGGER measures_order_written BEFORE INSERT ON measures_order
    FOR EACH ROW EXECUTE FUNCTION measures_admit_by_memorandum();

-- What is said of a repeal is what follows from the versions on that day, and nothing else.
CREATE FUNCTION measures_admit_repeal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT f.order_id, f.memorandum_id, f.how, f.since FROM fresh f
               EXCEPT SELECT u.* FROM measures_unsupported(
                   (SELECT max(e.day) FROM ledger_event e WHERE e.id IN (SELECT event_id FROM fresh))) u) THEN
        PERFORM measures_refuse('GS-ORDER-101', 'the memorandum of this order stands, or another agreed on the same');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER measures_repeal_admitted AFTER INSERT ON measures_repeal REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION measures_admit_repeal();

-- An order is lifted in the event in which its entry ends or is erased, or in which it is said that its memorandum is over,
-- and on the day of that event: days of events are of UTC, from which the day where an authority sits differs by one at most.
CREATE OR REPLACE FUNCTION measures_admit_lifting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh f JOIN measures_order o ON o.id = f.order_id
        WHERE NOT EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = o.record_id AND e.event_id = f.event_id)
          AND NOT EXISTS (SELECT FROM ledger_erasure x WHERE x.record_id = o.record_id AND x.event_id = f.event_id)
          AND NOT EXISTS (SELECT FROM measures_repeal r WHERE r.order_id = o.id AND r.event_id = f.event_id)) THEN
        PERFORM measures_refuse('GS-ORDER-060', 'an order is lifted when its entry ends, or its memorandum');
    END IF;
    IF EXISTS (SELECT FROM fresh f JOIN ledger_event e ON e.id = f.event_id WHERE abs(f."on" - e.day) > 1) THEN
        PERFORM measures_refuse('GS-ORDER-105', 'an order is lifted on the day on which that is written');
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS measures_lifting_admitted ON measures_lifting;
CREATE TRIGGER measures_lifting_admitted AFTER INSERT ON measures_lifting REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION measures_admit_lifting();

CREATE FUNCTION measures_repeals_lift() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM measures_repeal r WHERE r.event_id = NEW.event_id
               AND NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = r.order_id)) THEN
        PERFORM measures_refuse('GS-ORDER-061', 'the end of what an order rests on lifts it');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_after_repeals BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION measures_repeals_lift();
