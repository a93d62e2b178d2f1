-- Classes of the names and numbers that a ledger holds already: what is known only from closed records closes.
-- A name or number has the class of the most open record that its delivery brought of its subject; without one
-- (a row that registers, or a record that was erased) that of the most closed record of its source. A subject is as
-- open as the most open of all that is said of it. What a more open row repeated was not kept, and opens again when
-- that row is next sent. Nothing is done, and nothing is read twice, where all is public.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_content WHERE access > 0) THEN
        RETURN;
    END IF;
    ALTER TABLE ledger_subject DISABLE TRIGGER ledger_subject_append_only;
    ALTER TABLE ledger_subjectname DISABLE TRIGGER ledger_subjectname_append_only;
    ALTER TABLE ledger_subjectidentifier DISABLE TRIGGER ledger_subjectidentifier_append_only;

    CREATE TEMPORARY TABLE before_said ON COMMIT DROP AS
        SELECT record_id >> 32 AS event_id, subject_id, min(access)::smallint AS access,
               CASE WHEN min(access) = 2 THEN min(item_id) END AS item_id
        FROM ledger_content GROUP BY 1, 2;
    CREATE TEMPORARY TABLE before_source ON COMMIT DROP AS
        SELECT d.event_id, s.access,
               CASE WHEN s.access = 2 AND s.first_item = s.last_item THEN s.first_item END AS item_id
        FROM ledger_delivery d JOIN (
            SELECT r.source_id, max(c.access)::smallint AS access,
                   min(c.item_id) FILTER (WHERE c.access = 2) AS first_item,
                   max(c.item_id) FILTER (WHERE c.access = 2) AS last_item
            FROM ledger_content c JOIN ledger_record r ON r.id = c.record_id GROUP BY 1) s USING (source_id);
    CREATE TEMPORARY TABLE before_class ON COMMIT DROP AS
        SELECT n.subject_id, n.event_id, coalesce(s.access, d.access) AS access,
               CASE WHEN s.access IS NULL THEN d.item_id ELSE s.item_id END AS item_id
        FROM (SELECT subject_id, event_id FROM ledger_subjectname
              UNION SELECT subject_id, event_id FROM ledger_subjectidentifier
              UNION SELECT id, event_id FROM ledger_subject
              UNION SELECT subject_id, event_id FROM before_said) n
        LEFT JOIN before_said s USING (subject_id, event_id) LEFT JOIN before_source d USING (event_id);

    UPDATE ledger_subjectname t SET access = c.access, item_id = c.item_id FROM before_class c
        WHERE c.subject_id = t.subject_id AND c.event_id = t.event_id AND c.access > 0;
    UPDATE ledger_subjectidentifier t SET access = c.access, item_id = c.item_id FROM before_class c
        WHERE c.subject_id = t.subject_id AND c.event_id = t.event_id AND c.access > 0;
    UPDATE ledger_subject t SET access = c.access, item_id = c.item_id
        FROM (SELECT DISTINCT ON (subject_id) subject_id, coalesce(access, 0) AS access, item_id
              FROM before_class ORDER BY subject_id, coalesce(access, 0), item_id NULLS LAST) c
        WHERE c.subject_id = t.id AND c.access > 0;

    ALTER TABLE ledger_subject ENABLE TRIGGER ledger_subject_append_only;
    ALTER TABLE ledger_subjectname ENABLE TRIGGER ledger_subjectname_append_only;
    ALTER TABLE ledger_subjectidentifier ENABLE TRIGGER ledger_subjectidentifier_append_only;
END $$;
