--liquibase formatted sql

--changeset host-claim:0001
create table host_claim (
    host text not null,
    tenant text not null,
    token text not null,
    claimed_at timestamptz not null,
    checked_at timestamptz,
    constraint host_claim_pk primary key (host),
    constraint host_claim_tenant_fk foreign key (tenant) references tenant (slug) on delete cascade,
    constraint host_claim_lower_ck check (host = lower(host))
);
create index host_claim_tenant_ix on host_claim (tenant);
comment on table host_claim is 'hosts that will lead to a reseller once a DNS record shows that it controls them; a row belongs to the platform';
comment on column host_claim.token is 'what the DNS record has to say; no secret, it is published there';
--rollback drop table host_claim;
