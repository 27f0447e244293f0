--liquibase formatted sql

--changeset launch:baseline splitStatements:false

create table ssh_key (
    id uuid not null,
    organization_id uuid not null,
    name text not null,
    line text not null,
    fingerprint text not null,
    added_at timestamptz not null,
    added_by text not null,
    constraint ssh_key_pk primary key (id),
    constraint ssh_key_organization_fk foreign key (organization_id) references organization (id),
    constraint ssh_key_fingerprint_uq unique (organization_id, fingerprint),
    constraint ssh_key_name_ck check (length(name) between 1 and 80),
    constraint ssh_key_fingerprint_ck check (fingerprint like 'SHA256:%'),
    -- types of hardware keys (FIDO) contain an at sign and dots
    constraint ssh_key_line_ck check (line ~ '^[a-z0-9-]+(@openssh[.]com)? [A-Za-z0-9+/]+=*$')
);
comment on table ssh_key is 'public SSH keys of organizations, available when a server is ordered; line: type and key, without a comment';

create table startup_script (
    id uuid not null,
    organization_id uuid not null,
    name text not null,
    text text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    constraint startup_script_pk primary key (id),
    constraint startup_script_organization_fk foreign key (organization_id) references organization (id),
    constraint startup_script_name_ck check (length(name) between 1 and 80),
    constraint startup_script_text_ck check (length(text) between 1 and 16000)
);
create unique index startup_script_name_uq on startup_script (organization_id, lower(name));
comment on table startup_script is 'scripts that organizations run at the first start of a server; text: with {{fields}} to be filled in by each order';
