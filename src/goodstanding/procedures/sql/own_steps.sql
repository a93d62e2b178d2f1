-- The organisation takes its own steps and no others: it holds no hearing, publishes nothing, and does not say of its
-- own promise that it was kept. Who says so is an official, with reasons and the law.
CREATE FUNCTION procedures_each_takes_its_own_steps() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.party = 'subject' AND NEW.act NOT IN ('apply', 'state', 'ask_hearing', 'train') THEN
        PERFORM procedures_refuse('GS-CASE-085', 'this is no act of the organisation');
    END IF;
    IF NEW.act = 'keep' AND (NEW.party NOT IN ('official', 'head', 'superior') OR NEW.outcome NOT IN ('kept', 'broken')
                             OR trim(NEW.reasons) = '' OR NEW.basis = '[]'::jsonb) THEN
        PERFORM procedures_refuse('GS-CASE-086',
            'an official says whether a promise was kept, with reasons and the law');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_of_its_party BEFORE INSERT ON procedures_step
    FOR EACH ROW EXECUTE FUNCTION procedures_each_takes_its_own_steps();
