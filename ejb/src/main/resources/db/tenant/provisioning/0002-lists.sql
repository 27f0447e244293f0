--liquibase formatted sql

--changeset service:0002
create index service_organization_name_ix on service (organization_id, lower(name), id);
create index service_name_ix on service (lower(name), id);
create index rated_period_month_ix on rated_period (month_ends_at, service_id);
comment on index rated_period_month_ix is 'what a month costs, service by service; neither column changes when an hour is charged, so an hour stays an update in place';
--rollback drop index rated_period_month_ix; drop index service_name_ix; drop index service_organization_name_ix;
