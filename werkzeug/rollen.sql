-- Was nur die Verwaltung der Datenbank kann, einmal und beliebig oft wiederholbar: der Eigentümer der
-- Tabellen, der migriert, und die Rolle des Programms. Keiner von beiden ist Superuser. Läuft in der
-- Datenbank von Fallwerk; was dort schon ist, geht an den Eigentümer über.
DO $$
DECLARE
    eigen CONSTANT TEXT := 'fallwerk_eigentuemer';
    rolle TEXT;
    befehl TEXT;
BEGIN
    FOREACH rolle IN ARRAY ARRAY[eigen, 'fallwerk_app'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = rolle) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', rolle);
        END IF;
        EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS', rolle);
    END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), eigen);
    EXECUTE format('ALTER SCHEMA public OWNER TO %I', eigen);
    FOR befehl IN
        SELECT format('ALTER %s public.%I OWNER TO %I',
                      CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                                     WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname, eigen)
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
          AND c.relowner <> eigen::regrole
          -- Was zu einer Erweiterung oder Spalte gehört, folgt ihr.
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid
                          AND d.deptype IN ('e', 'a', 'i') AND d.classid = 'pg_class'::regclass
                          AND (d.deptype = 'e' OR c.relkind = 'S'))
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO %I', p.oid::regprocedure, eigen)
        FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> eigen::regrole
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'
                          AND d.classid = 'pg_proc'::regclass)
        UNION ALL
        SELECT format('ALTER COLLATION public.%I OWNER TO %I', l.collname, eigen)
        FROM pg_collation l
        WHERE l.collnamespace = 'public'::regnamespace AND l.collowner <> eigen::regrole
        UNION ALL
        SELECT format('ALTER TEXT SEARCH CONFIGURATION public.%I OWNER TO %I', t.cfgname, eigen)
        FROM pg_ts_config t
        WHERE t.cfgnamespace = 'public'::regnamespace AND t.cfgowner <> eigen::regrole
    LOOP
        EXECUTE befehl;
    END LOOP;
END $$;
