-- Words that must be there, and numbers that must not. The code refuses both first and says so in words; here stands
-- what holds whatever a program says. Each function does as the one in `core` that it names, as far as SQL can.

-- Whether a text has a character that is no blank (core.words.says_something).
CREATE FUNCTION ledger_says_something(said text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(said ~ (
        '[^\u0001-\u0020\u007F-\u00A0\u00AD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890-\u0891\u08E2'
        '\u115F-\u1160\u1680\u17B4-\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F\u2800\u3000'
        '\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFC\U000110BD\U000110CD\U00013430-\U0001345F'
        '\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]'), false)
$$;

-- Each of a list of [instrument, article] names its instrument, and there is one at all.
CREATE FUNCTION ledger_names_law(law jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(law) = 'array' AND jsonb_array_length(law) > 0 AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(law) l WHERE NOT ledger_says_something(l->>0))
$$;

-- The sum of the products of digits and weights; X is ten.
CREATE FUNCTION ledger_weighted(digits text, weights integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT sum((CASE d WHEN 'X' THEN 10 ELSE d::integer END) * weights[at])::integer
    FROM unnest(string_to_array(digits, NULL)) WITH ORDINALITY AS c(d, at) WHERE at <= array_length(weights, 1)
$$;

-- A resident identity number (GB 11643-1999): its day of birth is a day, and its check character is right.
CREATE FUNCTION ledger_is_identity_number(written text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT ledger_weighted(written, ARRAY[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1]) % 11 = 1
       AND substr(written, 13, 2)::integer <= extract(day FROM make_date(substr(written, 7, 4)::integer,
           substr(written, 11, 2)::integer, 1) + interval '1 month' - interval '1 day')
$$;

-- A CPF: 11 digits with two check digits, not all nought.
CREATE FUNCTION ledger_is_cpf(written text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT written <> '00000000000'
       AND (11 - ledger_weighted(written, ARRAY[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 = substr(written, 10, 1)::integer
       AND (11 - ledger_weighted(written, ARRAY[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10
           = substr(written, 11, 1)::integer
$$;

-- Whether a whole text is a USCI by its check characters, which some in a hundred thousand identity numbers have too.
CREATE FUNCTION ledger_is_organisation(written text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT written ~ '^[0-9]{17}[0-9X]$' AND (
        (31 - ledger_weighted(left(written, 17), ARRAY[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]) % 31)
            % 31 = CASE substr(written, 18) WHEN 'X' THEN 29 ELSE substr(written, 18)::integer END
        AND (11 - ledger_weighted(substr(written, 9, 8), ARRAY[3, 7, 9, 10, 5, 8, 4, 2]) % 11) % 11
            = substr(written, 17, 1)::integer)
$$;

-- Whether a text holds a person's number as it is written (core.identifiers.persons): in ASCII or full-width digits, cut
-- at its own parts or not at all. What is cut or spelt otherwise the code alone finds.
CREATE FUNCTION ledger_names_person(said text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE folded text; parts text[];
BEGIN
    IF NOT coalesce(said ~ '(?:[0-9\uFF10-\uFF19][^0-9\uFF10-\uFF19]{0,8}){10}[0-9\uFF10-\uFF19Xx\uFF38\uFF58]', false) THEN
        RETURN false;
    END IF;
    folded := translate(said, U&'\FF10\FF11\FF12\FF13\FF14\FF15\FF16\FF17\FF18\FF19x\FF38\FF58\2010\2011\2012\2013\2014'
        '\2212\FF0D\00A0\3000\2002\2003\2009\202F\FF0E\3002\FF0F\FF3F\FF0C\3001\200B\200C\200D\2060\FEFF\00AD',
        '0123456789XXX-------      ../_,,');
    FOR parts IN SELECT regexp_matches(folded, '(?<![0-9])0*([1-9][0-9]{5})[ ./_,-]{0,3}((?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])'
        '(?:0[1-9]|[12][0-9]|3[01]))[ ./_,-]{0,3}([0-9]{3})[ ./_,-]{0,3}([0-9X])(?![0-9X])', 'g') LOOP
        IF ledger_is_identity_number(array_to_string(parts, '')) AND NOT ledger_is_organisation(upper(trim(folded))) THEN
            RETURN true;
        END IF;
    END LOOP;
    FOR parts IN SELECT regexp_matches(folded,
        '(?<![0-9])([0-9]{3})[ .-]?([0-9]{3})[ .-]?([0-9]{3})[ ./-]?([0-9]{2})(?![0-9])', 'g') LOOP
        IF ledger_is_cpf(array_to_string(parts, '')) THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

-- Columns of a table in which something must be said, and in which nobody may be named: arguments of the trigger.
CREATE FUNCTION ledger_require_words() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE empty boolean;
BEGIN
    FOR at IN 0..TG_NARGS - 1 LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM fresh WHERE NOT ledger_says_something(%I))', TG_ARGV[at]) INTO empty;
        IF empty THEN
            RAISE EXCEPTION 'GS-LEDGER-104: nothing is said where it must be: % of %', TG_ARGV[at], TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION ledger_name_nobody() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE named boolean;
BEGIN
    FOR at IN 0..TG_NARGS - 1 LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM fresh WHERE ledger_names_person(%I::text))', TG_ARGV[at]) INTO named;
        IF named THEN
            RAISE EXCEPTION 'GS-LEDGER-105: the text holds a personal number: % of %', TG_ARGV[at], TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

DO $$
DECLARE said record;
BEGIN
    FOR said IN SELECT * FROM (VALUES ('ledger_ending', 'reason'), ('ledger_merge', 'reason'), ('ledger_demand', 'ground'),
                                      ('ledger_erasure', 'ground')) AS t(target, wanted) LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
            ' EXECUTE FUNCTION ledger_require_words(%L)', said.target || '_says', said.target, said.wanted);
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
            ' EXECUTE FUNCTION ledger_name_nobody(%L)', said.target || '_names_nobody', said.target, said.wanted);
    END LOOP;
END $$;
