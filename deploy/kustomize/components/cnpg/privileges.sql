-- Run in template1, so that every database made from it has these: what an owner makes, the application role of the same service may use.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

DO $$
DECLARE
    service text;
BEGIN
    FOREACH service IN ARRAY ARRAY['intake', 'ticketing', 'survey', 'notifications'] LOOP
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT USAGE ON SCHEMAS TO %I', service || '_owner', service || '_app');
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', service || '_owner', service || '_app');
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT USAGE, SELECT ON SEQUENCES TO %I', service || '_owner', service || '_app');
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', service || '_app');
    END LOOP;
END
$$;
