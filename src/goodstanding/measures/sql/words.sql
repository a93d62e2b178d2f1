-- Laws, purposes and reasons say something, whatever blanks they are typed with, and nobody is named beside a measure.

CREATE OR REPLACE FUNCTION measures_names_law(law jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT ledger_names_law(law)
$$;

-- What was done, or why not: of a report, and of the use that was made of an answer.
CREATE FUNCTION measures_report_says() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT ledger_says_something(CASE WHEN NEW.done THEN NEW.what ELSE NEW.why END) THEN
        PERFORM measures_refuse('GS-ORDER-079', 'a report says what was done, or why it was not');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_report_says BEFORE INSERT ON measures_report
    FOR EACH ROW EXECUTE FUNCTION measures_report_says();
CREATE FUNCTION measures_use_says() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (NEW.applied AND NEW.order_id IS NOT NULL) AND NOT ledger_says_something(NEW.why) THEN
        PERFORM measures_refuse('GS-COUNTER-073', 'what was not applied has its reason');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_use_says BEFORE INSERT ON measures_use
    FOR EACH ROW EXECUTE FUNCTION measures_use_says();

DO $$
DECLARE said record; wanted text;
BEGIN
    FOR said IN SELECT * FROM (VALUES
        ('measures_pause', ARRAY['reference', 'evidence'], ARRAY['reference', 'evidence', 'basis']),
        ('measures_shield', ARRAY['reference', 'evidence'], ARRAY['reference', 'evidence', 'basis']),
        ('measures_resumption', ARRAY['evidence'], ARRAY['evidence']),
        ('measures_report', ARRAY[]::text[], ARRAY['what', 'why']),
        ('measures_question', ARRAY['purpose'], ARRAY['purpose']),
        ('measures_use', ARRAY[]::text[], ARRAY['why'])) AS t(target, needed, open) LOOP
        SELECT string_agg(quote_literal(one), ', ') INTO wanted FROM unnest(said.needed) one;
        IF wanted IS NOT NULL THEN
            EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
                ' EXECUTE FUNCTION ledger_require_words(%s)', said.target || '_in_words', said.target, wanted);
        END IF;
        SELECT string_agg(quote_literal(one), ', ') INTO wanted FROM unnest(said.open) one;
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
            ' EXECUTE FUNCTION ledger_name_nobody(%s)', said.target || '_names_nobody', said.target, wanted);
    END LOOP;
END $$;
