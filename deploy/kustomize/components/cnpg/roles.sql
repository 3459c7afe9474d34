-- Per service: an owner, who migrates, and an application role, which changes rows and no tables. They can log in once the
-- cluster (or compose) gives them their passwords.
DO $$
DECLARE
    service text;
BEGIN
    FOREACH service IN ARRAY ARRAY['intake', 'ticketing', 'survey', 'analytics', 'notifications'] LOOP
        EXECUTE format('CREATE ROLE %I NOLOGIN', service || '_owner');
        EXECUTE format('CREATE ROLE %I NOLOGIN', service || '_app');
    END LOOP;
END
$$;

-- Analytics makes partitions and shadow tables while it runs: its application acts as the owner.
GRANT analytics_owner TO analytics_app;
ALTER ROLE analytics_app SET role = 'analytics_owner';
